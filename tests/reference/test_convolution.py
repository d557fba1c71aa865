"""The textbook convolution against scipy.signal and torch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy import signal
from sympy import Symbol, symbols, sympify

from reference.convolution import (
    BLUR,
    EDGES,
    SHARPENING,
    convolution,
    convolution_gradients,
    cross_correlation,
    cross_correlation_gradients,
    forward_formula,
    names,
    number_of_weights,
    turned,
    weight_gradient_formula,
)

DRAWN = 240


def drawn(number: int) -> tuple[np.ndarray, np.ndarray, int, int]:
    """A picture, a filter that fits, padding 0…2 and stride 1…3, every shape drawn apart."""
    rng = np.random.default_rng([13, number])
    V = rng.normal(size=rng.integers(1, 9, size=2))
    padding, stride = int(rng.integers(0, 3)), int(rng.integers(1, 4))
    shape = [int(rng.integers(1, min(side + 2 * padding, 5) + 1)) for side in V.shape]
    return V, rng.normal(size=shape), padding, stride


def torch_forward(V: torch.Tensor, W: torch.Tensor, padding: int, stride: int) -> torch.Tensor:
    """Cross-correlation as torch computes it."""
    return torch.nn.functional.conv2d(V[None, None], W[None, None], padding=padding, stride=stride)[0, 0]


@pytest.mark.parametrize("number", range(DRAWN))
def test_forward_agrees_with_scipy(number: int) -> None:
    """Both orientations are scipy's correlate2d and convolve2d, taken at every stride-th place."""
    V, W, padding, stride = drawn(number)
    P = np.pad(V, padding)
    for ours, theirs in ((cross_correlation, signal.correlate2d), (convolution, signal.convolve2d)):
        expected = theirs(P, W, mode="valid")[::stride, ::stride]
        np.testing.assert_allclose(ours(V, W, padding, stride), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("number", range(DRAWN))
def test_gradients_agree_with_torch(number: int) -> None:
    """Forward and both gradients are torch's, for cross-correlation and for the turned filter."""
    V, W, padding, stride = drawn(number)
    for forward, backward, turn in (
        (cross_correlation, cross_correlation_gradients, lambda W: W),
        (convolution, convolution_gradients, lambda W: torch.flip(W, (0, 1))),
    ):
        v, w = torch.tensor(V, requires_grad=True), torch.tensor(W, requires_grad=True)
        G = torch_forward(v, turn(w), padding, stride)
        np.testing.assert_allclose(forward(V, W, padding, stride), G.detach().numpy(), rtol=1e-12, atol=1e-12)
        dG = np.random.default_rng(number).normal(size=G.shape)
        G.backward(torch.tensor(dG))
        assert v.grad is not None
        assert w.grad is not None
        dV, dW = backward(dG, V, W, padding, stride)
        np.testing.assert_allclose(dV, v.grad.numpy(), rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(dW, w.grad.numpy(), rtol=1e-12, atol=1e-12)


def test_exact_numbers_stay_exact() -> None:
    """Pictures of whole numbers give whole numbers."""
    G = cross_correlation([[1, 2], [3, 4]], [[1, -1]], padding=1)
    assert G.tolist() == [[0, 0, 0], [-1, -1, 2], [-3, -1, 4], [0, 0, 0]]
    assert G.dtype.kind == "i"


def test_formulas_are_those_of_the_document() -> None:
    """G₁ … G₄ and ∂Error/∂W₁ of the document, and all of them what the forward pass computes on symbols."""
    V, W, dG = names("V", (3, 3)), names("W", (2, 2)), names("dG", (2, 2))
    assert forward_formula(V, W, 0, 0) == "V1*W1 + V2*W2 + V4*W3 + V5*W4"
    assert forward_formula(V, W, 1, 0) == "V4*W1 + V5*W2 + V7*W3 + V8*W4"
    assert weight_gradient_formula(dG, V, 0, 0) == "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
    v = np.array(symbols("V1:10")).reshape(3, 3)
    w = np.array(symbols("W1:5")).reshape(2, 2)
    G = cross_correlation(v, w)
    error = sum(Symbol(name) * g for name, g in zip(dG.ravel(), G.ravel(), strict=True))
    for i, j in np.ndindex(2, 2):
        assert sympify(forward_formula(V, W, i, j)) - G[i, j] == 0
        assert sympify(weight_gradient_formula(dG, V, i, j)) - error.diff(w[i, j]) == 0


def test_known_facts_of_the_document() -> None:
    """162 weights; the edge filter sums to 0, the sharpening one to 1; all are symmetric."""
    assert number_of_weights(3, 3, 3, 6) == 162
    assert [int(np.sum(EDGES)), int(np.sum(SHARPENING)), int(np.sum(BLUR))] == [0, 1, 9]
    assert all(np.array_equal(turned(W), W) for W in (EDGES, SHARPENING, BLUR))
