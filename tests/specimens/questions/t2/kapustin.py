u = "(3x + yt)"
t2_answer = f"3 th{u} (1 - th{u}) / sqrt(1 - th^2{u})"
