# 2 и 4 порождаются из начала
q21_match = {1: "C", 2: "D", 3: "C", 4: "D", 5: "D", 6: "A"}
q21_outputs = (5, 1, 17)
q21_handwriting = 1
q21_condition = 2
q21_steps = "3 2 4 1"
q21_own = None
