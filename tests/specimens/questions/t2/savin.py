u = "(arcsin(y/3) + x sqrt(xty + 4))"
t2_steps = [
    f"5 {u}^4 * {u}'",
    f"5 {u}^4 (1/(3 sqrt(1 - y^2/9)) + x * xt/sqrt(xty + 4))",
    f"5 {u}^4 (1/sqrt(9 - y^2) + x^2 t/sqrt(xty + 4))",
]
