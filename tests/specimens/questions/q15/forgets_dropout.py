# outputs 7, 1, 7, 1: mean 4, deviation 3
q15_by_hand = [3 * (x - 4) / 3 + 1 for x in (7, 1, 7, 1)]
q15_output = 12 * 0.8
q15_true = "2, 4"
