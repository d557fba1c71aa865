q7_other = "-2(1 - y z)"
