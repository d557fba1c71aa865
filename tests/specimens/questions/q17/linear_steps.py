q17_steps = """
ds_3/dw = s_2 + w (s_1 + w s_0)
= s_2 + w s_1 + w^2 s_0
"""
