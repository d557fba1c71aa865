# Комаров В.
import numpy as np

t1 = {"valid": [[23, 29], [25, 28]], "framed": [[-10, 5, -9], [-3, -1, -8], [0, 0, -2]], "large": [[2, 6], [9, 3]]}
t2_answer = "(y*x/sqrt(1 - (y*x*t)**2)*(1/(y*t**2 + x)) + asin(y*x*t)*(y*2*t/(y*t**2 + x)**2))/(1/(y*t**2 + x))**2"
t2_steps = "d/dt (arcsin(y*x*t)/(1/(y*t^2 + x))) = (y*x/sqrt(1 - (y*x*t)^2)*(1/(y*t^2 + x)) + arcsin(y*x*t)*(y*2*t/(y*t^2 + x)^2))/(1/(y*t^2 + x))^2 = 2*t*y*asin(t*x*y) + x*y*(t^2*y + x)^2/(t^2*y*sqrt(-t^2*x^2*y^2 + 1) + x*sqrt(-t^2*x^2*y^2 + 1))"
q10 = {"formula_z": "x@W", "formula_dW": "x.T@dz", "formula_dx": "dz@W.T",
       "z": [[12, 5]], "dz": [[-3, 2]], "dW": [[-9, 6], [3, -2]], "dx": [[-5, 11]]}
q11 = {"formula_Z": "X@W", "formula_dW": "X.T@dZ",
       "Z": [[-9, -1], [-11, 5]], "dW": [[1, -3], [0, -3], [-5, -6]], "dW_with_q10": [[-5, 2], [-2, 3]]}
q13 = {"G": "V2*W4 + V3*W3 + V5*W2 + V6*W1", "error_dW": "dG1*V4 + dG2*V5 + dG3*V7 + dG4*V8", "dW_by_hand": [[2, 1], [6, 6]],
       "weights": 1568, "kernels": "A-2 B-3 C-1"}


def linear_forward(x, W):
    return x @ W


def linear_backward(x, W, dz):
    return x.T @ dz, dz @ W.T


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.sum(axis=0)


def conv2d(V, W, padding, stride):
    P = np.pad(V, padding)
    K = np.flip(W)
    rows = (P.shape[0] - K.shape[0]) // stride + 1
    cols = (P.shape[1] - K.shape[1]) // stride + 1
    return np.array([np.sum(P[i // cols * stride:i // cols * stride + K.shape[0],
                              i % cols * stride:i % cols * stride + K.shape[1]] * K)
                     for i in range(rows * cols)]).reshape(rows, cols)


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    K = np.flip(W)
    dP, dK = np.zeros_like(P), np.zeros_like(K)
    for k, g in enumerate(dG.flat):
        i, j = divmod(k, dG.shape[1])
        s = np.ix_(range(i * stride, i * stride + K.shape[0]), range(j * stride, j * stride + K.shape[1]))
        dP[s] += g * K
        dK += g * P[s]
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], np.flip(dK)


# проверка на своих данных
data = np.load("C:\\Users\\Vasya\\Desktop\\mnist.npz")
pictures = data["x_train"]
print(conv2d(pictures[0], np.ones((3, 3)), 1, 1))
