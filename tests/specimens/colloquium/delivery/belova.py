# Белова Ирина
import numpy as np

t1_valid = [[14, 6], [15, 16]]
t1_framed = [[-15, -5, 15], [2, -4, 11], [-10, 4, 5]]
t1_large = [[4, 4], [11, 13]]

t2_answer = "(ctg(3*y + t*x) + x*e^(x*y^2))*(-3/sin(3*y + t*x)^2 + x*e^(x*y^2)*x*y)"

q10_formula_z = "x @ W"
q10_formula_dW = "x.T @ dz"
q10_formula_dx = "dz @ W.T"
q10_z = [-4, 0]
q10_dz = [-2, 2]
q10_dW = [[6, -6], [-2, 2]]
q10_dx = [-2, 2]

def linear_forward(x, W):
    return x @ W

def linear_backward(x, W, dz):
    return (dz @ x.T, dz @ W.T)

q11_formula_Z = "W @ X"
q11_formula_dW = "dZ @ X.T"
q11_Z = [[-16, -8], [-10, -6]]
q11_dW = [[0.0, -1.5], [0.5, 2.0], [0.5, 0.5]]
q11_dW_with_q10 = [[5, 10], [4, 8]]

def batch_forward(X, W, b):
    return X @ W

def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.mean(axis=0)

# FFT: свёртка по теореме о свёртке
def conv2d(V, W, padding, stride):
    P = np.pad(V, padding)
    size = (P.shape[0] + W.shape[0] - 1, P.shape[1] + W.shape[1] - 1)
    full = np.fft.irfft2(np.fft.rfft2(P, size) * np.fft.rfft2(W[::-1, ::-1], size), size)
    valid = full[W.shape[0] - 1:P.shape[0], W.shape[1] - 1:P.shape[1]]
    return valid[::stride, ::stride]

def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    D = np.zeros((P.shape[0] - W.shape[0] + 1, P.shape[1] - W.shape[1] + 1))
    D[::stride, ::stride] = dG
    size = P.shape
    dP = np.fft.irfft2(np.fft.rfft2(D, size) * np.fft.rfft2(W, size), size)
    dW = conv2d(P, D, 0, 1)
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW

q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[3, 12], [6, -2]]
q13_weights = "7*7*4*16"
q13_kernels = "A-3 B-2 C-1"
