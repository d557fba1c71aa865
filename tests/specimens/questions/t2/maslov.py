t2_answer = "-sin(x th(xyt)) * (th(xyt) + xyt (1 - (xyt)^2))"
