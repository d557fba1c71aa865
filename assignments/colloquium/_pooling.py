"""What comes of mistakes with pooling and un-pooling, and the sentences of question 14."""

from __future__ import annotations

import numpy as np

from grader.author import Slip
from reference.pooling import nearest_unpooling, received, receptive_field, transposed_convolution

FIELD = {
    "wrong": {
        None: None,
        "strides": Slip(
            "1/2",
            "The strides are lost: behind a layer with stride $s$ each step of the next one is $s$ pixels of the "
            "input.",
        ),
        "own_stride": Slip(
            "1/2",
            "A layer's own stride does not widen its own window: multiply by the strides of the layers *before* it.",
        ),
        "sum": Slip(
            "1/4",
            "Kernels are not simply added: neighbouring windows overlap, a layer adds $k - 1$ steps and not $k$.",
        ),
        "last": Slip(
            "1/4", "That is the window of the last layer alone, on the output of the one before it."
        ),
    }
}
WAYS = {
    "layers": "add convolutional layers",
    "stride": "let an early convolution move with a larger stride",
    "pooling": "put a pooling layer in between",
    "channels": "give a layer more filters",
    "padding": "put a frame of zeros around the picture",
    "dropout": "switch neurons off at random in training",
}
RIGHT_WAYS = ("layers", "stride", "pooling")
CHOSEN = {
    "lost": {
        None: None,
        "layers": Slip(
            "2/3", "Further convolutional layers widen the field as well: each adds $k - 1$ steps."
        ),
        "stride": Slip("2/3", "A larger stride widens the field of all layers behind it."),
        "pooling": Slip(
            "2/3", "Pooling widens the field, too: it has a window, and a stride for the layers behind."
        ),
    },
    "added": {
        None: None,
        "channels": Slip("2/3", "More filters look at the same pixels: the field stays as it is."),
        "padding": Slip(
            "2/3", "A frame of zeros adds no pixels to what a neuron sees, only zeros at the border."
        ),
        "dropout": Slip("2/3", "Dropout takes neurons away; those that remain see no further than before."),
    },
}
FORWARD = {
    "wrong": {
        None: None,
        "average": Slip("1/4", "You took the mean of each window; max pooling takes the largest number."),
        "from_zero": Slip(
            "1/2", "The search for the maximum begins at 0: wrong where all numbers are negative."
        ),
        "stride_ignored": Slip("1/2", "The stride is ignored: window `i, j` begins at `i*stride, j*stride`."),
        "stride_is_size": Slip("1/2", "You moved the window by its own size; it moves by `stride`."),
        "sides_swapped": Slip("1/2", "Height and width of the window are mixed up."),
        "size_ignored": Slip(
            "1/2",
            "The size of the result ignores the window: there are $\\lfloor (H - h)/s \\rfloor + 1$ rows.",
        ),
    }
}
BACKWARD = {
    "target": {
        None: None,
        "every_cell": Slip("1/4", "The gradient goes to the maximum of the window only, not to every cell."),
        "average": Slip(
            "1/4",
            "You shared the gradient out over the window, as for average pooling: the maximum gets all of it.",
        ),
        "divisor": Slip(
            "1/2",
            "Row and column of the maximum are recovered with the wrong divisor: divide its number by the *width*.",
        ),
        "wrong_window": Slip(
            "1/4", "The mask is that of another window: the one of `dY[i, j]` begins at `i*stride, j*stride`."
        ),
    },
    "meeting": {
        None: None,
        "cell_overwritten": Slip(
            "1/2", "Where windows overlap, a cell collects the gradients of all of them: `+=`, not `=`."
        ),
        "window_overwritten": Slip(
            "1/4",
            "You assign a whole window, zeros included, and so erase what overlapping windows had given.",
        ),
    },
}

BY_HAND = {
    **BACKWARD,
    "target": {
        code: slip for code, slip in BACKWARD["target"].items() if code in (None, "every_cell", "average")
    },
}


def side(layers, wrong):
    match wrong:
        case "strides":
            return receptive_field([(kernel, 1) for kernel, _ in layers])
        case "own_stride":
            field, jump = 1, 1
            for kernel, stride in layers:
                jump *= stride
                field += (kernel - 1) * jump
            return field
        case "sum":
            return sum(kernel for kernel, _ in layers)
        case "last":
            return layers[-1][0]
    return receptive_field(layers)


def cut(X, i, j, size, stride):
    """A window as slicing gives it, cut off at the border."""
    return X[i * stride : i * stride + size[0], j * stride : j * stride + size[1]]


def gone_wrong(dY, X, size, stride, *, ties, target, meeting):
    dX = np.zeros(X.shape)
    for i, j in np.ndindex(*dY.shape):
        if target == "divisor":  # which may well lead out of the window
            down, right = divmod(int(cut(X, i, j, size, stride).argmax()), size[0])
            dX[i * stride + down, j * stride + right] += dY[i, j]
            continue
        here = cut(dX, i, j, size, stride)
        share = mask(X, i, j, size, stride, ties, target)
        if meeting == "window_overwritten":
            here[...] = dY[i, j] * share
        elif meeting == "cell_overwritten":
            here[share > 0] = (dY[i, j] * share)[share > 0]
        else:
            here += dY[i, j] * share
    return dX


def mask(X, i, j, size, stride, ties, target):
    window = cut(X, i, j, size, stride)
    match target:
        case "every_cell":
            return np.ones(size)
        case "average":
            return np.full(size, 1 / np.prod(size))
        case "wrong_window":
            return received(cut(X, i, j, size, 1), ties)
    return received(window, ties)


def cornered(X, shape):
    """Each number in the first corner of its square."""
    Y, side = np.zeros(shape), shape[0] // X.shape[0]
    Y[: X.shape[0] * side : side, : X.shape[1] * side : side] = X
    return Y


def copied(X, shape):
    """Each number everywhere in its square."""
    Y, side = np.zeros(shape), shape[0] // X.shape[0]
    Y[: X.shape[0] * side, : X.shape[1] * side] = nearest_unpooling(X, side)
    return Y


def laid_down(X, W, stride, wrong):
    match wrong:
        case "flipped":
            return transposed_convolution(X, W[::-1, ::-1], stride)
        case "transposed":
            return transposed_convolution(X, W.T, stride)
        case "stride_ignored":
            return transposed_convolution(X, W, 1)
        case "dilated":
            spread = np.zeros([(k - 1) * stride + 1 for k in W.shape])
            spread[::stride, ::stride] = W
            return transposed_convolution(X, spread, 1)
        case "cropped":
            Y = transposed_convolution(X, W, stride)
            return Y[1:-1, 1:-1]
        case "unweighted":
            return transposed_convolution(np.ones_like(X), W, stride)
        case "overwritten":
            Y = np.zeros_like(transposed_convolution(X, W, stride))
            for i, j in np.ndindex(*X.shape):
                Y[i * stride : i * stride + W.shape[0], j * stride : j * stride + W.shape[1]] = X[i, j] * W
            return Y
    return transposed_convolution(X, W, stride)
