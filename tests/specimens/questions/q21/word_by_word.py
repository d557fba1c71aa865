q21_match = "1-B 2-A 3-C 4-B 5-C 6-B"
q21_outputs = [29, 29, 8]
q21_handwriting = 3
q21_condition = 3
q21_steps = "2 4 1 3"
