# Зайцева
import numpy as np

# ядро переворачивала только по вертикали
t1_valid = [[-5, -17], [-3, -12]]
t1_framed = [[11]]
t1_large = [[5, 15, -2], [-3, 2, 2], [13, -8, 11]]

t2_answer = "4*(cot(y*t*x + 2) + t*sinh(t*x**2))**4*(-y*t/sin(y*t*x + 2)**2 + t*cosh(t*x**2)*t*2*x**2)"

q10_formula_z = "x W"
q10_formula_dW = "xᵀ dz"
q10_formula_dx = "dz Wᵀ"
q10_z = [-2, 7]
q10_dz = [-1, 2]
q10_dW = [[3, -6], [2, -4]]
q10_dx = [-8, 4]

def linear_forward(x, W):
    return x.dot(W)

def linear_backward(x, W, dz):
    dW = np.multiply.outer(x[0], dz[0])
    dx = (W @ dz[0])[np.newaxis]
    return dW, dx

q11_formula_Z = "X W"
q11_formula_dW = "X dZ"
q11_Z = [[11, 7], [1, -1]]
q11_dW = [[1, -2], [9, -12], [-2, 4]]
q11_dW_with_q10 = [[-2, -1], [6, -8]]

def batch_forward(X, W, b):
    Z = X.dot(W)
    for row in Z:
        row += b
    return Z

def batch_backward(X, W, b, dZ):
    return X.dot(dZ), dZ.sum(axis=0)

def conv2d(V, W, padding, stride):
    V = np.pad(V, padding)
    H, Wd = V.shape
    w, h = W.shape                      # ширина и высота ядра
    G = np.zeros(((H - h) // stride + 1, (Wd - w) // stride + 1))
    for i in range(G.shape[0]):
        for j in range(G.shape[1]):
            p = V[i * stride:i * stride + W.shape[0], j * stride:j * stride + W.shape[1]]
            G[i, j] = (p * W).sum()
    return G

def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    dP = np.zeros_like(P)
    dW = np.zeros_like(W)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            r, c = i * stride, j * stride
            dW += dG[i, j] * P[r:r + W.shape[0], c:c + W.shape[1]]
            dP[r:r + W.shape[0], c:c + W.shape[1]] = dG[i, j] * W
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW

q13_G = "V5*W1 + V6*W2 + V8*W3 + V9*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[18, 13], [19, 23]]
q13_weights = 80
q13_kernels = "A-2 B-1 C-3"
