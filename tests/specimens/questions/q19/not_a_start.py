q19_when = "2 и 6"
q19_match = "1A 2C 3D 4B"
q19_rate = 3
q19_layers = "2 4 3 1"
q19_case = 5
