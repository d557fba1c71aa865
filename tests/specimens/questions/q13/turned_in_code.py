import numpy as np

q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
q13_dW_by_hand = "[[-4, 2], [5, 6]]"


def conv2d(V, W, padding, stride):
    V = np.pad(V, padding)
    W = W[::-1, ::-1]  # как в scipy.signal.convolve2d
    h, w = W.shape
    return np.array([[(V[i:i + h, j:j + w] * W).sum() for j in range(0, V.shape[1] - w + 1, stride)]
                     for i in range(0, V.shape[0] - h + 1, stride)])
