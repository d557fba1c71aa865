t2_answer = "-y / (ch^2(xy + t) sqrt(1 - th^2(xy + t)))"
t2_steps = "-y / (ch^2(xy + t) sqrt(1 - th^2(xy + t)))"
