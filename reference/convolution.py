"""Convolution of pictures, as neural networks use it.

Source: document 004, question 13 (pictures V, filters W, results G), and the first problem at its end. A
frame of `padding` zeros is put around the picture; the filter then stands at every `stride`-th place:

    cross-correlation   G[i, j] = Σ_{a, b} P[i·stride + a, j·stride + b] · W[a, b]
    true convolution    G[i, j] = Σ_{a, b} P[i·stride + a, j·stride + b] · W[A - 1 - a, B - 1 - b]

where P is V with its frame and W has the shape (A, B). The document calls the first of them convolution, as
libraries do; the second one is the first one with the filter turned by 180°.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Array = np.ndarray[Any, np.dtype[Any]]

EDGES = ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1))
SHARPENING = ((0, -1, 0), (-1, 5, -1), (0, -1, 0))
BLUR = ((1, 1, 1), (1, 1, 1), (1, 1, 1))
"""Filters of the document; the blur is to be divided by 9."""


def turned(W: Any, axes: tuple[int, ...] = (0, 1)) -> Array:
    """The filter turned by 180°, that is, reversed along both axes; or along other `axes`."""
    return np.flip(np.asarray(W), axes)


def framed(V: Any, padding: int) -> Array:
    """The picture (H, W) with a frame of `padding` zeros: (H + 2·padding, W + 2·padding)."""
    return np.pad(V, padding) if padding else np.asarray(V)


def cross_correlation(V: Any, W: Any, padding: int = 0, stride: int = 1) -> Array:
    """G[i, j] = Σ P[i·stride + a, j·stride + b] · W[a, b]: the forward pass of the document.

    V is (H, W), the filter (A, B), the result (⌊(H + 2·padding - A)/stride⌋ + 1, likewise for the width):
    what does not fill a whole step is left out. Numbers of any kind, exact ones included. Raises `ValueError`
    where the filter is larger than the picture with its frame.
    """
    P, W = framed(V, padding), np.asarray(W)
    windows = sliding_window_view(P, W.shape)[::stride, ::stride]
    total: Array = (windows * W).sum(axis=(2, 3), dtype=np.result_type(P, W))
    return total


def convolution(V: Any, W: Any, padding: int = 0, stride: int = 1) -> Array:
    """True convolution: cross-correlation with the filter turned by 180°."""
    return cross_correlation(V, turned(W), padding, stride)


def window(P: Array, i: int, j: int, shape: tuple[int, ...], stride: int = 1) -> Array:
    """A view of the pixels of P under a filter of `shape` at the place (i, j) of the result."""
    return P[i * stride : i * stride + shape[0], j * stride : j * stride + shape[1]]


def cross_correlation_gradients(
    dG: Any, V: Any, W: Any, padding: int = 0, stride: int = 1
) -> tuple[Array, Array]:
    """(∂Error/∂V, ∂Error/∂W) from dG = ∂Error/∂G by the chain rule of the document, for cross-correlation.

    ∂Error/∂W[a, b] = Σ_{i, j} dG[i, j] · P[i·stride + a, j·stride + b], a cross-correlation of P with dG;
    ∂Error/∂P[i·stride + a, j·stride + b] sums dG[i, j] · W[a, b] over every window that holds the pixel: a
    full correlation of dG with the turned filter; the frame has no gradient and is cut off.
    """
    P, W, dG = framed(V, padding), np.asarray(W), np.asarray(dG)
    dP = np.zeros(P.shape, dtype=np.result_type(dG, W))
    dW = np.zeros(W.shape, dtype=np.result_type(dG, P))
    for i, j in np.ndindex(*dG.shape):
        window(dP, i, j, W.shape, stride)[...] += dG[i, j] * W
        dW += dG[i, j] * window(P, i, j, W.shape, stride)
    height, width = np.shape(V)
    return dP[padding : padding + height, padding : padding + width], dW


def convolution_gradients(dG: Any, V: Any, W: Any, padding: int = 0, stride: int = 1) -> tuple[Array, Array]:
    """(∂Error/∂V, ∂Error/∂W) for true convolution: the turned filter's gradient is turned back."""
    dV, dW = cross_correlation_gradients(dG, V, turned(W), padding, stride)
    return dV, turned(dW)


def forward_formula(V: Any, W: Any, i: int, j: int) -> str:
    """G[i, j] in symbols, where V and W hold names: `V1*W1 + V2*W2 + V4*W3 + V5*W4` (document: G₁ … G₄)."""
    W = np.asarray(W)
    return sum_of_products(window(np.asarray(V), i, j, W.shape), W)


def weight_gradient_formula(dG: Any, V: Any, a: int, b: int) -> str:
    """∂Error/∂W[a, b] in symbols: `dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5` for the first weight (document 004)."""
    dG = np.asarray(dG)
    return sum_of_products(dG, window(np.asarray(V), a, b, dG.shape))


def sum_of_products(left: Any, right: Any) -> str:
    """The sum of the products of two tables of names, place by place."""
    pairs = zip(np.ravel(left), np.ravel(right), strict=True)
    return " + ".join(f"{x}*{y}" for x, y in pairs)


def names(letter: str, shape: tuple[int, int]) -> Array:
    """A table of names, numbered row by row from 1 as in the document: V1, V2, V3 / V4, …"""
    return np.array([f"{letter}{number + 1}" for number in range(shape[0] * shape[1])]).reshape(shape)


def number_of_weights(height: int, width: int, inputs: int, outputs: int) -> int:
    """Weights of a layer without its biases: one filter for each pair of channels.

    The document's layer with 3 × 3 filters, 3 input and 6 output channels: 9 · 3 · 6 = 162.
    """
    return height * width * inputs * outputs
