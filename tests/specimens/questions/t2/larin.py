t2_answer = "(2t + 1 + sh(yt^2) (t^2 + 2yt)) / (2 √(t^2 + x + ch(yt^2)))"
