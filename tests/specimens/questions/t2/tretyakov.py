t2_steps = """
-cos(tx + y + sh(5tx)) * (tx + y + sh(5tx))'
= -cos(tx + y + sh(5tx)) * (t + 5t ch(5tx))
= -t cos(tx + y + sh(5tx)) (1 + 5 ch(5tx))
"""
