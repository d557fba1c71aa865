"""Colloquium, John Smith.  I keep vectors as columns on paper."""
import numpy
from numpy.lib.stride_tricks import as_strided

t1_valid  = numpy.array([[20, 32], [18, 15]])
t1_framed = numpy.array([[0, 10, 20], [1, 10, 5], [-8, 2, 20]])
t1_large  = numpy.array([[16, 17], [6, 1]])

t2_answer = "2*(arctg(x*y^2) + t*sqrt(y^2 + t))*(x*2*y/(1 + (x*y^2)^2) + t*(2*y/sqrt(y^2 + t)))"

# z = W^T x, all vectors are columns
q10 = {
    "formula_z": "W^T x",
    "formula_dW": "x dz^T",
    "formula_dx": "W dz",
    "z": [[7], [0]],
    "dz": [[2], [-2]],
    "dW": [[-6, 6], [4, -4]],
    "dx": [[2], [10]],
}


def windows(picture, shape, stride):
    """All windows of the picture as a 4-d view, no copies."""
    h = (picture.shape[0] - shape[0]) // stride + 1
    w = (picture.shape[1] - shape[1]) // stride + 1
    s0, s1 = picture.strides
    return as_strided(picture, (h, w) + tuple(shape), (s0 * stride, s1 * stride, s0, s1))


def conv2d(V, W, padding, stride):
    padded = numpy.ascontiguousarray(numpy.pad(V, padding))
    return numpy.einsum("ijab,ab->ij", windows(padded, W.shape, stride), W)


def conv2d_backward(dG, V, W, padding, stride):
    padded = numpy.ascontiguousarray(numpy.pad(V, padding))
    dW = numpy.tensordot(dG, windows(padded, W.shape, stride), 2)
    dpadded = numpy.zeros_like(padded)
    numpy.add.at(
        dpadded,
        (
            (stride * numpy.arange(dG.shape[0]))[:, None, None, None] + numpy.arange(W.shape[0])[:, None],
            (stride * numpy.arange(dG.shape[1]))[:, None, None] + numpy.arange(W.shape[1]),
        ),
        numpy.multiply.outer(dG, W),
    )
    inside = tuple(slice(padding, padding + n) for n in V.shape)
    return dpadded[inside], dW


linear_forward = numpy.matmul
linear_backward = lambda x, W, dz: (numpy.outer(x, dz), (W @ dz.T).T)

q11 = dict(
    formula_Z="XW",
    formula_dW="X' dZ".replace("'", "^T"),
    Z=[[0, 2], [-13, 11]],
    dW=[[4, -8], [-6, 5], [-2, 5]],
    dW_with_q10=[[-21, 1], [16, 0]],
)
batch_forward = lambda X, W, b: numpy.c_[X, numpy.ones(len(X))] @ numpy.vstack([W, b])
batch_backward = lambda X, W, b, dZ: (numpy.einsum("ni,nj->ij", X, dZ), dZ.sum(0))

q13 = {
    "G": "V4 W1 + V5 W2 + V7 W3 + V8 W4",
    "error_dW": "dG1 V5 + dG2 V6 + dG3 V8 + dG4 V9",
    "dW_by_hand": [[14, 12], [11, 14]],
    "weights": 3136,
    "kernels": {"A": 2, "B": 3, "C": 1},
}
