import numpy as np

q21_match = [("1", "A"), ("2", "C"), ("3", "D"), ("4", "A"), ("5", "C"), ("6", "D")]
q21_outputs = np.array([9, 1, 8])
q21_handwriting = [1]
q21_condition = [2]
q21_steps = (1, 3, 4, 2)
q21_own = "Распознавание ДНК"
