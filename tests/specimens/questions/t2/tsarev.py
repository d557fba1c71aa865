t2_answer = "sh(ty + arctg(txy)) (t + tx / (1 - (txy)^2))"
