t2_answer = "(ch(xyt)/(yt - x) - xy sh(xyt) ln(yt - x)) / ch^2(xyt)"
