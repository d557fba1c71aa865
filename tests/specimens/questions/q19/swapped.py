# everything from the last layer
q19_when = {2, 3, 4, 6}
q19_match = {1: "C", 2: "B", 3: "A", 4: "D"}
q19_rate = 3
q19_layers = [3, 2, 4, 1]
q19_case = ""
