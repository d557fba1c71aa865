"""Receptive fields, max pooling and ways back from a small picture to a large one.

Source: document 004 (colloquium), questions 14 and 20. Pictures are (H, W); a window of `size` = (a, b) stands at
every `stride`-th place where it fits wholly, so that the result has ⌊(H - a)/stride⌋ + 1 rows, likewise columns.

    max pooling            Y[i, j] = max_{p, q} X[i·stride + p, j·stride + q]
    transposed convolution Y[i·stride + p, j·stride + q] += X[i, j] · W[p, q]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Array = np.ndarray[Any, np.dtype[Any]]

TIES = ("first", "all", "shared")
"""Which of several equal maxima get the gradient: the first one by rows, each wholly, or each an equal share."""


def receptive_field(layers: Iterable[tuple[int, int]]) -> int:
    """r = 1 + Σ_l (k_l - 1) Π_{i<l} s_i: pixels of the input along one side that a neuron of the last layer sees.

    `layers` are pairs (kernel, stride), convolutions and poolings alike, the one next to the input first.
    """
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field


def windows(X: Any, size: tuple[int, int], stride: int) -> Array:
    """A view (rows, columns, a, b) of the windows of a picture. Raises `ValueError` where none fits."""
    view: Array = sliding_window_view(np.asarray(X), size)[::stride, ::stride]
    return view


def max_pooling(X: Any, size: tuple[int, int], stride: int) -> Array:
    """Y[i, j], the largest number in each window."""
    largest: Array = windows(X, size, stride).max(axis=(2, 3))
    return largest


def received(window: Array, ties: str = "first") -> Array:
    """Which share of the gradient of a window's maximum each of its numbers gets; the shape of the window."""
    largest = window == window.max()
    if ties == "first":
        largest = (np.arange(window.size) == largest.argmax()).reshape(window.shape)
    share: Array = largest / (largest.sum() if ties == "shared" else 1)
    return share


def max_pooling_gradient(dY: Any, X: Any, size: tuple[int, int], stride: int, ties: str = "first") -> Array:
    """∂L/∂X: the gradient of each result goes to the maximum of its window, and adds up where windows overlap.

    `dY` has the shape of the result, the gradient that of X. `ties` is one of `TIES`.
    """
    X, dY = np.asarray(X, dtype=float), np.asarray(dY, dtype=float)
    dX: Array = np.zeros_like(X)
    views = sliding_window_view(dX, size, writeable=True)[::stride, ::stride]
    for place in np.ndindex(dY.shape):
        views[place] += dY[place] * received(windows(X, size, stride)[place], ties)
    return dX


def max_pooling_indices(X: Any, size: tuple[int, int], stride: int) -> Array:
    """The place of the (first) maximum of each window, as an index into the picture read row by row."""
    pixels, numbers = (
        windows(X, size, stride),
        windows(np.arange(np.size(X)).reshape(np.shape(X)), size, stride),
    )
    chosen = [
        [n.flat[p.argmax()] for n, p in zip(*row, strict=True)] for row in zip(numbers, pixels, strict=True)
    ]
    return np.array(chosen)


def nearest_unpooling(X: Any, k: int) -> Array:
    """Y[i, j] = X[⌊i/k⌋, ⌊j/k⌋], of the shape (kH, kW): each pixel becomes a square of k × k equal ones."""
    return np.kron(np.asarray(X), np.ones((k, k), dtype=int))


def max_unpooling(X: Any, indices: Any, shape: tuple[int, int]) -> Array:
    """Y of that shape with X[i, j] at the place `indices[i, j]`, counted row by row, and zeros elsewhere."""
    Y = np.zeros(shape, dtype=np.asarray(X).dtype)
    Y.flat[np.asarray(indices).ravel()] = np.asarray(X).ravel()
    return Y


def transposed_convolution(X: Any, W: Any, stride: int) -> Array:
    """Y[i·stride + p, j·stride + q] += X[i, j]·W[p, q]: each pixel lays down the filter, and overlaps are summed.

    X is (H, W), the filter (a, b), the result ((H - 1)·stride + a, (W - 1)·stride + b).
    """
    X, W = np.asarray(X), np.asarray(W)
    shape = [(n - 1) * stride + k for n, k in zip(X.shape, W.shape, strict=True)]
    Y = np.zeros(shape, dtype=np.result_type(X, W))
    for i, j in np.ndindex(*X.shape):
        Y[i * stride : i * stride + W.shape[0], j * stride : j * stride + W.shape[1]] += X[i, j] * W
    return Y
