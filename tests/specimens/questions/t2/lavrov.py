# корень U - это U^(1/2), производная U^(1/2) / 2 * U'
t2_steps = """
sqrt(xt - y + sh(yt^2))/2 * (xt - y + sh(yt^2))'
= (x + 2yt ch(yt^2)) sqrt(xt - y + sh(yt^2)) / 2
"""
