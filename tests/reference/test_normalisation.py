"""The textbook batch normalisation and dropout against torch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from reference.normalisation import (
    batch_norm_gradients,
    dropout,
    normalised,
    running,
    statistics,
    with_epsilon,
    without_epsilon,
)

DRAWN = 210
SCALES = (1.0, 1e-6, 1e6, 30.0)


def drawn(number: int) -> tuple[np.random.Generator, np.ndarray]:
    """A batch of at least two examples, of any magnitude, away from zero or around it."""
    rng = np.random.default_rng([15, number])
    shape = int(rng.integers(2, 9)), int(rng.integers(1, 6))
    return rng, rng.normal(rng.normal(0, 3), SCALES[number % len(SCALES)], shape)


@pytest.mark.parametrize("number", range(DRAWN))
def test_training_agrees_with_torch(number: int) -> None:
    """Values, gradients and running means are those of batch_norm; torch's running variance is the unbiased one."""
    rng, X = drawn(number)
    gamma, beta, old = rng.normal(size=(3, X.shape[1]))
    dY = rng.normal(size=X.shape)
    eps, momentum = (1e-5, 1e-3, 0.1)[number % 3], float(rng.uniform(0.05, 0.95))
    leaf, weight, bias = (torch.tensor(one, requires_grad=True) for one in (X, gamma, beta))
    mean, variance = torch.tensor(old), torch.tensor(np.abs(old))
    Y = functional.batch_norm(leaf, mean, variance, weight, bias, training=True, momentum=momentum, eps=eps)
    mu, sigma2 = statistics(X)
    ours = normalised(X, mu, sigma2, gamma, beta, with_epsilon(eps))
    np.testing.assert_allclose(ours, Y.detach(), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(running(old, mu, momentum), mean, rtol=1e-12, atol=1e-12)
    unbiased = sigma2 * len(X) / (len(X) - 1)
    np.testing.assert_allclose(running(np.abs(old), unbiased, momentum), variance, rtol=1e-9, atol=1e-12)
    Y.backward(torch.tensor(dY))
    # terms that cancel are as large as this: what is left of them is no more exact
    terms = float(np.abs(gamma * dY / with_epsilon(eps)(sigma2)).max()), float(np.abs(dY).max())
    ours_back = batch_norm_gradients(dY, X, gamma, with_epsilon(eps))
    for mine, theirs, size in zip(ours_back, (leaf, weight, bias), (*terms, terms[1]), strict=True):
        np.testing.assert_allclose(mine, theirs.grad, rtol=1e-9, atol=1e-9 * size)


@pytest.mark.parametrize("number", range(DRAWN))
def test_test_mode_agrees_with_torch(number: int) -> None:
    """With running statistics, and with no ε at all."""
    rng, X = drawn(number)
    mean, gamma, beta = rng.normal(size=(3, X.shape[1]))
    variance = rng.uniform(0.1, 4, X.shape[1])
    for eps, scale in ((1e-3, with_epsilon(1e-3)), (0.0, without_epsilon)):
        theirs = functional.batch_norm(*map(torch.tensor, (X, mean, variance, gamma, beta)), eps=eps)
        np.testing.assert_allclose(
            normalised(X, mean, variance, gamma, beta, scale), theirs, rtol=1e-9, atol=1e-9
        )


@pytest.mark.parametrize("number", range(DRAWN))
def test_dropout_agrees_with_torch(number: int) -> None:
    """Torch divides by the probability of being kept, in training; on average both documents do the same."""
    rng, X = drawn(number)
    keep = float(rng.uniform(0.1, 1))
    torch.manual_seed(number)
    theirs = functional.dropout(torch.tensor(X), 1 - keep, training=True).numpy()
    mask = (theirs != 0).astype(float)
    np.testing.assert_allclose(dropout(X, mask, keep, True, True), theirs, rtol=1e-12)
    np.testing.assert_array_equal(dropout(X, mask, keep, False, True), X)
    for inverted in (False, True):
        expected = keep * dropout(X, np.ones_like(X), keep, True, inverted)
        np.testing.assert_allclose(expected, dropout(X, mask, keep, False, inverted), rtol=1e-12)
