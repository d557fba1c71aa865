"""The textbook pooling and un-pooling against torch, and the receptive field against what really is seen."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from reference.pooling import (
    max_pooling,
    max_pooling_gradient,
    max_pooling_indices,
    max_unpooling,
    nearest_unpooling,
    received,
    receptive_field,
    transposed_convolution,
)

DRAWN = 210
SCALES = (1.0, 1e-300, 1e300, 1e-9)


def drawn(number: int) -> tuple[np.ndarray, tuple[int, int], int]:
    """A picture of any shape and magnitude, a window that fits, stride 1…3."""
    rng = np.random.default_rng([14, number])
    X = rng.normal(-1 if number % 3 else 0, 1, rng.integers(1, 10, size=2)) * SCALES[number % len(SCALES)]
    rows, columns = (int(rng.integers(1, min(side, 4) + 1)) for side in X.shape)
    return X, (rows, columns), int(rng.integers(1, 4))


@pytest.mark.parametrize("number", range(DRAWN))
def test_pooling_agrees_with_torch(number: int) -> None:
    """Values, places of the maxima and gradients are those of max_pool2d."""
    X, size, stride = drawn(number)
    leaf = torch.tensor(X, requires_grad=True)
    Y, indices = functional.max_pool2d(leaf[None, None], size, stride, return_indices=True)
    np.testing.assert_array_equal(max_pooling(X, size, stride), Y.detach()[0, 0])
    np.testing.assert_array_equal(max_pooling_indices(X, size, stride), indices[0, 0])
    dY = np.random.default_rng(number).normal(size=tuple(Y.shape[2:]))
    Y.backward(torch.tensor(dY)[None, None])
    for ties in ("first", "all", "shared"):  # drawn numbers are all different
        np.testing.assert_allclose(
            max_pooling_gradient(dY, X, size, stride, ties), leaf.grad, rtol=1e-12, atol=1e-12
        )


@pytest.mark.parametrize("number", range(DRAWN))
def test_unpooling_agrees_with_torch(number: int) -> None:
    """Nearest neighbours, max un-pooling and transposed convolution are those of torch."""
    X, size, stride = drawn(number)
    rng = np.random.default_rng([20, number])
    k = int(rng.integers(1, 4))
    near = functional.interpolate(torch.tensor(X)[None, None], scale_factor=k, mode="nearest")
    np.testing.assert_array_equal(nearest_unpooling(X, k), near[0, 0])
    Y, indices = max_pooling(X, size, max(size)), max_pooling_indices(X, size, max(size))
    theirs = (
        functional.max_unpool2d(
            torch.tensor(Y)[None, None],
            torch.tensor(indices)[None, None],
            size,
            max(size),
            output_size=X.shape,
        )
        if size[0] == size[1]
        else torch.zeros(1, 1, *X.shape, dtype=torch.float64)
        .flatten()
        .scatter(0, torch.tensor(indices).flatten(), torch.tensor(Y).flatten())
        .reshape(1, 1, *X.shape)
    )
    np.testing.assert_array_equal(max_unpooling(Y, indices, X.shape), theirs[0, 0])
    small, W = X / SCALES[number % len(SCALES)], rng.normal(size=rng.integers(1, 5, size=2))
    turned = functional.conv_transpose2d(
        torch.tensor(small)[None, None], torch.tensor(W)[None, None], stride=stride
    )
    np.testing.assert_allclose(transposed_convolution(small, W, stride), turned[0, 0], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("number", range(DRAWN))
def test_a_neuron_sees_what_the_formula_says(number: int) -> None:
    """The gradient of one neuron of a stack of convolutions with ones is non-zero on exactly that many pixels."""
    rng = np.random.default_rng([141, number])
    layers = [(int(rng.integers(1, 6)), int(rng.integers(1, 4))) for _ in range(rng.integers(1, 5))]
    side = receptive_field(layers)
    leaf = torch.zeros(1, 1, side + 7, dtype=torch.float64, requires_grad=True)
    out = leaf
    for kernel, stride in layers:
        out = functional.conv1d(out, torch.ones(1, 1, kernel, dtype=torch.float64), stride=stride)
    out[0, 0, 0].backward()
    assert leaf.grad is not None
    assert int((leaf.grad != 0).sum()) == side or any(k < s for k, s in layers)
    assert int(leaf.grad.nonzero().max()) + 1 == side


def test_ties() -> None:
    """The first maximum by rows, all of them, or equal shares."""
    window = np.array([[1.0, 3.0], [3.0, 3.0]])
    assert received(window, "first").tolist() == [[0, 1], [0, 0]]
    assert received(window, "all").tolist() == [[0, 1], [1, 1]]
    assert received(window, "shared").tolist() == [[0, 1 / 3], [1 / 3, 1 / 3]]
