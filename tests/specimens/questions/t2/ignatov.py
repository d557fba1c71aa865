t2_steps = """
(t - 16t sin(tx)) / ((tx - y + 4cos(4tx)) ln 3)
= t (1 - 16sin(tx)) / ((tx - y + 4cos(4tx)) ln 3)
"""
