"""True convolution by the theorem of convolution; gradients by the chain rule for its matrix."""

import numpy as np


def full(A, B):
    shape = [a + b - 1 for a, b in zip(A.shape, B.shape)]
    return np.rint(np.fft.irfft2(np.fft.rfft2(A, shape) * np.fft.rfft2(B, shape), shape))


def conv2d(V, W, padding, stride):
    P = np.pad(V, padding)
    whole = full(P, W)
    return whole[W.shape[0] - 1:P.shape[0], W.shape[1] - 1:P.shape[1]][::stride, ::stride]


def conv2d_backward(dG, V, W, padding, stride):
    def derivative(of, shape):
        # G is linear in each of its arguments: one unit picture after the other
        result = np.zeros(shape)
        for place in np.ndindex(shape):
            unit = np.zeros(shape)
            unit[place] = 1
            result[place] = np.sum(dG * of(unit))
        return result

    return (derivative(lambda v: conv2d(v, W, padding, stride), V.shape),
            derivative(lambda w: conv2d(V, w, padding, stride), W.shape))
