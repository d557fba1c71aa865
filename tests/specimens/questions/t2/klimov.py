v = "(xyt + 3 + tg(3xy))"
t2_steps = [
    f"(3t ch(3ty) {v} - sh(3ty) * (xt + 3x/cos(3xy))) / {v}^2",
    f"3t ch(3ty)/{v} - x sh(3ty) (t + 3/cos(3xy))/{v}^2",
]
