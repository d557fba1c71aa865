t2_answer = "ch(x + y sin(4ty)) * (sin(4ty) + 4ty cos(ty))"
