u, v = "arccos(txy)", "ln(5x + ty)"
t2_steps = [
    f"(({u})' {v} - {u} * ({v})') / {v}",
    f"(-ty/sqrt(1 - (txy)^2) * {v} - {u} * 5/(5x + ty)) / {v}",
]
