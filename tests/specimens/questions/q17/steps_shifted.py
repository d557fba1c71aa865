q17_steps = """
f'(a_3) (s_1 + w f'(a_2) (s_1 + w f'(a_1) s_0))
= f'(a_3) s_1 + w f'(a_3) f'(a_2) s_1 + w^2 f'(a_3) f'(a_2) f'(a_1) s_0
"""
