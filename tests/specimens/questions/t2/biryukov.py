# по t: (uvw)' = u'vw + uv'w + uvw'
u = "t^3"
v = "sin(4t + xy)"
w = "3^(y t^2)"
dw = "y t^2 * 3^(y t^2 - 1)"
t2_steps = [
    f"3 t^2 * {v} * {w} + {u} * ({v})' * {w} + {u} * {v} * {dw}",
    f"3 t^2 * {v} * {w} + 4 {u} * cos(4t + xy) * {w} + {u} * {v} * {dw}",
]
