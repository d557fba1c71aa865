t2_steps = """
(ty - x + 4ctg(ty))' / (ty - x + 4ctg(ty))
= (t - 4t/sin(ty)^2) / (ty - x + 4ctg(ty))
"""
