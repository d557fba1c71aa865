t2_answer = "2^(t th(yt - x)) ln(2) (th(yt - x) + yt / ch^2(yt - x))"
t2_steps = """
f' = 2^(t th(yt - x)) ln 2 * (t th(yt - x))'
= 2^(t th(yt - x)) ln 2 * (th(yt - x) + t y / ch^2(yt - x))
= 2^(t th(yt - x)) ln 2 * th(yt - x) + t y / ch^2(yt - x)
= ln 2 th(yt - x) 2^(t th(yt - x)) + yt / ch^2(yt - x)
"""
