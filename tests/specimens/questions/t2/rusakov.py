# (a^u)' = a^u ln a * u'
t2_steps = [
    "(xt + y + sh(xt))^(xt) * ln(xt + y + sh(xt)) * (xt)'",
    "x (xt + y + sh(xt))^(xt) ln(xt + y + sh(xt))",
]
