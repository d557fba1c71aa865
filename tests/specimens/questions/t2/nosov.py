t2_answer = "sh(xt + th(xyt)) (x + xy (1 - th(xyt)))"
