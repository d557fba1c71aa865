t2 = {"answer": "1/(2x + e^y)"}
