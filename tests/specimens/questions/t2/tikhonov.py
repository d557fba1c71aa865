u = "(arcsin(yt) + x ctg(xyt))"
t2_steps = [f"-({u})'", "-y/sqrt(1 - y^2 t^2) + x * xy/sin(xyt)^2"]
