t2_answer = "-(y + 2) t / (ch^2(y t^2 + x) * sqrt(1 - th^2(y t^2 + x)))"
