t2_answer = "(4 + 4xy cos(xyt + 4)) / ((4t + xy + 4 sin(xyt + 4)) ln 5)"
t2_steps = """
(log_5(4t + xy + 4 sin(xyt + 4)))'
= (4t + xy + 4 sin(xyt + 4))' / ((4t + xy + 4 sin(xyt + 4)) ln 5)
= (4 + 4 cos(xyt + 4) (xyt)') / ((4t + xy + 4 sin(xyt + 4)) ln 5)
= 4 (1 + xy cos(xyt + 4)) / ((4t + xy + 4 sin(xyt + 4)) ln 5)
"""
