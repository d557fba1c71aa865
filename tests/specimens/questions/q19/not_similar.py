q19_when = [3, 4]
q19_match = "1-C 2-B 3-D"
q19_rate = "все равно"
q19_layers = "3 4 2"
