t2_steps = """
e^(xy cos(xy - t)) * xy * (cos(xy - t))'
= -xy * y sin(xy - t) * e^(xy cos(xy - t))
"""
