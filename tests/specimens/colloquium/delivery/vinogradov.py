# Виноградов Лев
import numpy as np

t1_valid = [[-19, -6], [-23, -11]]
t1_framed = [[9, 16, 4], [13, 30, 5], [8, 24, -3]]
t1_large = [[24, 19, 22], [14, 8, 15], [26, 14, 19]]
t2_answer = "-x**2/cosh(y*x**2 + t)**2/sqrt(1 - tanh(y*x**2 + t)**2)"

q10 = {}
q10['formula_z'] = 'x@W'
q10['formula_dW'] = 'x.T@dz'
q10['formula_dx'] = 'dz@W.T'
q10['z'] = [1, 3]
q10['dz'] = [2, -2]          # производная квадрата
q10['dW'] = [[-2, 2], [4, -4]]
q10['dx'] = [-8, -6]

q11 = {}
q11['formula_Z'] = 'X@W'
q11['formula_dW'] = 'X.T@dZ'
q11['Z'] = [[-8], [6]]
q11['dW'] = [[0, -5], [-7, -3], [5, 10]]
q11['dW_with_q10'] = [[3, -13], [0, 8]]


class Layer(object):
    def forward(self, *args):
        raise NotImplementedError


class Dense(Layer):
    def __init__(self, W, b=0):
        self.W, self.b = W, b

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, d):
        self.dW = self.X.T @ d
        self.db = d
        return d @ self.W.T


def linear_forward(x, W):
    return Dense(W).forward(x)


def linear_backward(x, W, dz):
    d = Dense(W)
    d.forward(x)
    dx = d.backward(dz)
    return d.dW, dx


def batch_forward(X, W, b):
    return Dense(W, b).forward(X)


def batch_backward(X, W, b, dZ):
    d = Dense(W, b)
    d.forward(X)
    dX = d.backward(dZ)
    return [d.dW, d.db, dX]


class Conv(Layer):
    def __init__(self, W, padding, stride):
        self.W, self.p, self.s = W, padding, stride

    def places(self):
        a, b = self.W.shape
        for i in range((self.P.shape[0] - a) // self.s + 1):
            for j in range((self.P.shape[1] - b) // self.s + 1):
                yield i, j, (slice(i * self.s, i * self.s + a), slice(j * self.s, j * self.s + b))

    def forward(self, V):
        self.P = np.pad(V, self.p)
        values = {(i, j): np.sum(self.P[s] * self.W) for i, j, s in self.places()}
        n, m = max(values)
        return np.array([[values[i, j] for j in range(m + 1)] for i in range(n + 1)])

    def backward(self, dG):
        dP, dW = np.zeros_like(self.P), np.zeros_like(self.W)
        for i, j, s in self.places():
            dP[s] += dG[i, j] * self.W
            dW += dG[i, j] * self.P[s]
        return dP, dW


def conv2d(V, W, padding, stride):
    return Conv(W, padding, stride).forward(V)


def conv2d_backward(dG, V, W, padding, stride):
    conv = Conv(W, padding, stride)
    conv.forward(V)
    return conv.backward(dG)


q13 = dict(
    G="V4*W1 + V5*W2 + V7*W3 + V8*W4",
    error_dW="V5 + V6 + V8 + V9",
    dW_by_hand=[[14, 15], [16, 13]],
    weights=490,
    kernels="A-1 B-2 C-3",
)
