# (ln)' = 1/y
t2_steps = ["1/y", "y^(-1)"]
