u = "(arctg(ty + x) + t/(ty - x))"
t2_steps = [f"{u}^4 * ({u})'", f"{u}^4 * (t/(1 + (ty + x)^2) - t^2/(ty - x)^2)"]
