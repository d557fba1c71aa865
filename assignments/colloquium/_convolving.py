"""What the tasks about convolution share: how a filter may lie on a picture, and a layer with its usual slips."""

from __future__ import annotations

import numpy as np

from grader.author import Slip
from reference.convolution import cross_correlation, cross_correlation_gradients, turned, window

ORIENTATIONS = {
    "cross_correlation": "cross-correlation: the filter is laid on as it is",
    "convolution": "true convolution: the filter is turned by 180°",
}
OTHER = {"cross_correlation": "convolution", "convolution": "cross_correlation"}
TURNS = {"cross_correlation": (), "convolution": (0, 1), "rows": (0,), "columns": (1,)}

HALF_TURNED = {
    "kernel": {
        "agreed": None,
        "rows": Slip(
            "1/4",
            "The rows of the filter are reversed but its columns are not: either leave it as it is or turn it by "
            "180°, which reverses both.",
        ),
        "columns": Slip(
            "1/4",
            "The columns of the filter are reversed but its rows are not: either leave it as it is or turn it by "
            "180°, which reverses both.",
        ),
    }
}
KERNEL = {
    "kernel": {
        **HALF_TURNED["kernel"],
        "other": Slip(
            "1/2",
            "The filter is turned by 180° in one place only: here it lies the other way round than in your other "
            "answers, so that together they do not describe one layer.",
        ),
    }
}
LAYER = {
    **KERNEL,
    "frame": {
        "given": None,
        "forgotten": Slip("1/2", "The frame of zeros is forgotten: `padding` has no effect."),
        "always_one": Slip("1/2", "The frame is one pixel wide, whatever `padding` says."),
    },
    "stride_ignored": {
        False: None,
        True: Slip("1/2", "The stride is ignored: window `i, j` begins at `i*stride, j*stride`."),
    },
}
CROP = {
    "crop": {
        "frame": None,
        "negative_end": Slip(
            "3/4",
            "You cut the frame off with `[p:-p]`, which leaves nothing for padding 0; cut with `[p:p + height]`.",
        ),
        "forgotten": Slip(
            "1/2", "The gradient still has the frame around it; it must have the shape of the picture."
        ),
        "always_one": Slip("1/2", "You cut off a frame one pixel wide, whatever `padding` says."),
    }
}


def laid(W, orientation, kernel="agreed"):
    """The filter as it lies on the picture; the same again undoes it."""
    turn = {"agreed": orientation, "other": OTHER[orientation]}.get(kernel, kernel)
    return turned(W, TURNS[turn])


def width_of_frame(padding, frame):
    return {"given": padding, "forgotten": 0, "always_one": 1}[frame]


def forward(V, W, padding, stride, orientation, kernel="agreed", frame="given", stride_ignored=False):
    p, step = width_of_frame(padding, frame), 1 if stride_ignored else stride
    return cross_correlation(V, laid(W, orientation, kernel), p, step)


def backward(dG, V, W, padding, stride, orientation, kernel="agreed", frame="given", stride_ignored=False):
    """Gradients of the picture *with its frame* and of the filter, and the width of the frame."""
    p, step = width_of_frame(padding, frame), 1 if stride_ignored else stride
    dP, d_lying = cross_correlation_gradients(dG, np.pad(V, p), laid(W, orientation, kernel), 0, step)
    return dP, laid(d_lying, orientation, kernel), p


def cropped(dP, p, shape, crop="frame"):
    """The gradient of the picture of `shape`, cut out of the gradient of the picture with its frame."""
    match crop:
        case "negative_end":
            return dP[p:-p, p:-p]
        case "always_one":
            return dP[1:-1, 1:-1]
        case "forgotten":
            return dP
    return dP[p : p + shape[0], p : p + shape[1]]


def windows_summed(V, lying, padding, stride, rows, columns):
    """A result of a size that somebody has computed wrongly; it raises where a window does not fit."""
    P, G = np.pad(V, padding), np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        G[i, j] = np.sum(window(P, i, j, lying.shape, stride) * lying)
    return G
