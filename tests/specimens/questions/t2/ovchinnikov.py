t2_steps = """
(tg(tyx))' / (3^(tyx))'
= (ty / cos(tyx)^2) / (ty * 3^(tyx) * ln 3)
= 1 / (cos(tyx)^2 * 3^(tyx) * ln 3)
"""
