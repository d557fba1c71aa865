t2_answer = "1/2 * sqrt(xyt + 2 + sh(2tx)) * (yt + 2t ch(2tx))"
