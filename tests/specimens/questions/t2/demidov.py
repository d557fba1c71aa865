# (tg u)' = -u'/cos(u)^2
t2_steps = """
-4/cos(4x + yt)^2 * e^(xyt) + tg(4x + yt) * yt e^(xyt)
= e^(xyt) (yt tg(4x + yt) - 4/cos(4x + yt)^2)
"""
