# (u/v)' = (uv' - u'v)/v^2
t2_steps = """
(cos(yt + x) (ch(yt^2))' - (cos(yt + x))' ch(yt^2)) / ch(yt^2)^2
= (2yt cos(yt + x) sh(yt^2) + y sin(yt + x) ch(yt^2)) / ch(yt^2)^2
"""
