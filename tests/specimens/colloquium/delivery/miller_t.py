# Tom Miller.  No numpy loops, no mercy.
import math
import numpy as np

t1_valid = ((14, 15), (12, 21))
t1_framed = ((-2, 7, -2), (12, 11, 0), (16, 12, 0))
t1_large = ((-12, 4, -9), (-5, -9, -6), (-1, -5, 6))
t2_answer = "(y^3 - x*t + sin(3*t*y))^y*(ln(y^3 - x*t + sin(3*t*y)) + y*(3*y^2 + cos(3*t*y)*3*t)/(y^3 - x*t + sin(3*t*y)))"
t2_steps = """d((y^3 - x*t + sin(3*t*y))^y)/dy =
  = (y^3 - x*t + sin(3*t*y))^y*(ln(y^3 - x*t + sin(3*t*y)) + y*(3*y^2 + cos(3*t*y)*3*t)/(y^3 - x*t + sin(3*t*y))) =
  = 3*t*y*(-t*x + y^3 + sin(3*t*y))^(y - 1)*cos(3*t*y) + 3*y^3*(-t*x + y^3 + sin(3*t*y))^(y - 1) + (-t*x + y^3 + sin(3*t*y))^y*log(-t*x + y^3 + sin(3*t*y))"""

q10_formula_z = "xW"
q10_formula_dW = "x' dz".replace("'", ".T")
q10_formula_dx = "dz W.T"
q10_z = (-3, 4)
q10_dz = (-2, -1)
q10_dW = ((6, 3), (4, 2))
q10_dx = (-4, 5)
q11_formula_Z = "X W"
q11_formula_dW = "X.T dZ"
q11_Z = ((4, -4), (-9, 6))
q11_dW = ((1, -5), (0, 8), (1, 3))
q11_dW_with_q10 = ((10, 15), (-1, -13))


def dot(u, v):
    return u[0] * v[0] + dot(u[1:], v[1:]) if len(u) else 0


def linear_forward(x, W):
    return [[float(x[:, :].dot(W[:, [j]])) for j in range(W.shape[1])]]


def linear_backward(x, W, dz):
    return (
        [[math.fsum([a * d]) for d in dz[0]] for a in x[0]],
        [[float(dz @ W[i].reshape(-1, 1)) for i in range(len(W))]],
    )


def batch_forward(X, W, b):
    return [[dot(list(x), list(w)) + c for w, c in zip(W.T, b)] for x in X]


def batch_backward(X, W, b, dZ):
    return (
        [[dot(list(x), list(d)) for d in dZ.T] for x in X.T],
        [dot(list(d), [1] * len(d)) for d in dZ.T],
    )


def conv2d(V, W, padding, stride):
    def pixel(i, j):
        inside = 0 <= i < len(V) and 0 <= j < len(V[0])
        return V[i][j] if inside else 0

    rows = range(-padding, len(V) + padding - len(W) + 1, stride)
    columns = range(-padding, len(V[0]) + padding - len(W[0]) + 1, stride)
    return [[sum(pixel(i + a, j + b) * w for a, row in enumerate(W) for b, w in enumerate(row))
             for j in columns] for i in rows]


def conv2d_backward(dG, V, W, padding, stride):
    dV = [[0.0] * len(V[0]) for _ in V]
    dW = np.zeros((len(W), len(W[0])))
    for i, row in enumerate(dG):
        for j, g in enumerate(row):
            for a in range(len(W)):
                for b in range(len(W[0])):
                    y, x = i * stride + a - padding, j * stride + b - padding
                    if 0 <= y < len(V) and 0 <= x < len(V[0]):
                        dV[y][x] += g * W[a][b]
                        dW[a, b] += np.array([[g]]).dot(V[y:y + 1, x:x + 1])
    return dV, dW.tolist()


q13_G = "V2*W1 + V3*W2 + V5*W3 + V6*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = ((-7, -3), (6, 3))
q13_weights = 5 ** 2 * 4 * 10
q13_kernels = {"A": "sharpening", "B": "edges", "C": "blur"}
