t2_answer = "(3x^2 + 5xy * 4^(5xy - 1) * 5y) / (2 sqrt(x^3 - ty + 4^(5xy)))"
