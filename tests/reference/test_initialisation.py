"""Initial weights: moments by exact theory, scales by torch, gradients by automatic differentiation."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import torch

from reference.initialisation import (
    fan_in_deviation,
    glorot_deviation,
    he_deviation,
    neuron_variance,
    product_variance,
    two_layer_gradient,
    uniform_bound,
)

Law = list[tuple[Fraction, Fraction]]
"""(value, probability) of each value that is taken."""


def law(rng: random.Random) -> Law:
    """A law with two to four values, all moments of which are exact."""
    weights = [Fraction(rng.randint(1, 9)) for _ in range(rng.randint(2, 4))]
    total = sum(weights)
    return [(Fraction(rng.randint(-20, 20), rng.randint(1, 7)), weight / total) for weight in weights]


def centred(of: Law) -> Law:
    """The same law, moved so that its mean is zero."""
    middle = mean(of)
    return [(value - middle, weight) for value, weight in of]


def mean(of: Law) -> Fraction:
    """E x."""
    return sum((value * weight for value, weight in of), Fraction(0))


def variance(of: Law) -> Fraction:
    """E x² − (E x)²."""
    return mean([(value**2, weight) for value, weight in of]) - mean(of) ** 2


def times(one: Law, other: Law) -> Law:
    """The law of the product of two independent numbers."""
    return [(a * b, p * q) for (a, p), (b, q) in product(one, other)]


def plus(one: Law, other: Law) -> Law:
    """The law of the sum of two independent numbers."""
    return [(a + b, p * q) for (a, p), (b, q) in product(one, other)]


@pytest.mark.parametrize("seed", range(200))
def test_variances_are_exact(seed: int) -> None:
    """Two hundred pairs of laws: the variance of a product, and of a sum of centred products, to the last digit."""
    rng = random.Random(seed)
    x, w = law(rng), law(rng)
    assert product_variance(mean(x), variance(x), mean(w), variance(w)) == variance(times(x, w))
    one = times(centred(x), centred(w))
    assert neuron_variance(1, variance(w)) * variance(x) == variance(one)
    assert neuron_variance(2, variance(w)) * variance(x) == variance(plus(one, one))


@pytest.mark.parametrize("seed", range(200))
def test_scales_are_those_of_torch(seed: int) -> None:
    """Glorot's and He's deviations, and the bounds of the uniform laws, for sizes from 1 to thousands."""
    rng = random.Random(seed)
    n_in, n_out = (rng.choice([1, 2, rng.randint(3, 50), rng.randint(1000, 9000)]) for _ in range(2))
    weight = torch.empty(min(n_out, 500), min(n_in, 500))
    fan_in, fan_out = torch.nn.init._calculate_fan_in_and_fan_out(weight)
    gain = torch.nn.init.calculate_gain("relu")
    assert (fan_in, fan_out) == (min(n_in, 500), min(n_out, 500))
    assert he_deviation(n_in, n_out) == pytest.approx(gain / math.sqrt(n_in), rel=1e-12)
    torch.manual_seed(seed)
    glorot = float(torch.nn.init.xavier_uniform_(weight).abs().max())
    bound = uniform_bound(glorot_deviation(fan_in, fan_out))
    assert glorot <= bound * (1 + 1e-6)
    assert weight.numel() < 2000 or glorot >= bound * 0.98
    assert neuron_variance(n_in, fan_in_deviation(n_in, n_out) ** 2) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("seed", range(200))
def test_gradients_are_those_of_torch(seed: int) -> None:
    """Networks of one to six inputs and neurons, equal weights among them, which stay equal."""
    rng = np.random.default_rng(seed)
    n, m = rng.integers(1, 7, 2)
    size = 10.0 ** rng.integers(-3, 4)
    x, W, v, y = rng.normal(0, size, n), rng.normal(0, size, (n, m)), rng.normal(0, 1, m), rng.normal()
    if seed % 3 == 0:
        W, v = np.full((n, m), W[0, 0]), np.full(m, v[0])
    weights = torch.tensor(W, requires_grad=True)
    loss = 0.5 * (torch.tensor(x) @ weights @ torch.tensor(v) - y) ** 2
    loss.backward()
    found = two_layer_gradient(x, W, v, float(y))
    assert weights.grad is not None
    expected = weights.grad.numpy()
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12 * float(np.abs(expected).max()))
    if seed % 3 == 0:
        assert (found == found[:, :1]).all()
