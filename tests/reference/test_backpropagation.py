"""Back-propagation of the textbook against sympy and torch.autograd."""

from __future__ import annotations

from itertools import pairwise, product

import mpmath
import numpy as np
import pytest
import sympy
import torch

from reference.backpropagation import (
    ACTIVATIONS,
    LOSSES,
    mlp_backward,
    mlp_forward,
    path_sum,
    weight_derivative,
    weighted_sum,
)

DRAWN = 220
PAIRS = [
    (loss, activation)
    for loss, activation in product(LOSSES, ACTIVATIONS)
    if loss != "cross_entropy" or activation == "sigmoid"
]


@pytest.mark.parametrize(("loss", "activation"), PAIRS)
def test_the_derivative_by_a_weight(loss: str, activation: str) -> None:
    """For two to five inputs, each weight and the bias, at twenty points each, some far out: sympy's value."""
    rng = np.random.default_rng(8)
    y, p, z = sympy.symbols("y p z")
    for inputs in (2, 3, 5):
        names = [f"{letter}{j}" for j in range(inputs + 1) for letter in "wx"]
        symbols = sympy.symbols(names)
        inner = sympy.sympify(weighted_sum(inputs))
        value = sympy.sympify(ACTIVATIONS[activation][0], locals={"z": z}).subs(z, inner)
        whole = sympy.sympify(LOSSES[loss][0], locals={"y": y, "p": p}).subs(p, value)
        for j in range(inputs + 1):
            right = sympy.lambdify([*symbols, y], sympy.diff(whole, sympy.Symbol(f"w{j}")), "mpmath")
            ours = sympy.sympify(weight_derivative(loss, activation, j), locals={"y": y, "p": p, "z": z})
            mine = sympy.lambdify([*symbols, y], ours.subs(p, value).subs(z, inner), "mpmath")
            for number in range(20):
                scale = 4.0 if number % 5 == 0 else 1.0
                point = [*(rng.normal(size=len(names)) * scale).tolist(), float(rng.normal())]
                with mpmath.workdps(200):
                    found, expected = mine(*map(mpmath.mpf, point)), right(*map(mpmath.mpf, point))
                assert abs(found - expected) <= 1e-30 * (1 + abs(expected))


@pytest.mark.parametrize("widths", [(1, 1), (2, 2), (3,), (2, 3, 2), (1, 4)])
def test_a_sum_over_paths_is_the_chain_rule(widths: tuple[int, ...]) -> None:
    """With linear layers of random numbers the sum over paths is the entry of the product of their Jacobians."""
    rng = np.random.default_rng(9)
    layers = [["p"], *([f"a{n}_{k}" for k in range(width)] for n, width in enumerate(widths)), ["x"]]
    for _ in range(50):
        jacobians = [rng.normal(size=(len(above), len(below))) for above, below in pairwise(layers)]
        values = {
            f"∂{a}/∂{b}": jacobian[i, j]
            for jacobian, above, below in zip(jacobians, layers[:-1], layers[1:], strict=True)
            for i, a in enumerate(above)
            for j, b in enumerate(below)
        }
        paths = [path.split("*") for path in path_sum(*layers).split(" + ")]
        found = sum(np.prod([values[factor] for factor in path]) for path in paths)
        assert found == pytest.approx(np.linalg.multi_dot([*jacobians, np.ones(1)])[0])


def drawn(number: int) -> list[np.ndarray]:
    """A batch and weights; from 1 to 6 of everything, now and then so large that neurons saturate."""
    rng = np.random.default_rng([9, number])
    N, n, m, k = (int(size) for size in rng.integers(1, 7, size=4))
    scale = 30.0 if number % 7 == 0 else 1.0
    shapes = ((N, n), (N, k), (n, m), (m,), (m, k), (k,))
    return [rng.normal(size=shape) * (scale if place == 0 else 1) for place, shape in enumerate(shapes)]


@pytest.mark.parametrize("number", range(DRAWN))
def test_one_hidden_layer(number: int) -> None:
    """Answers and all four gradients are torch's."""
    X, Y, *weights = drawn(number)
    W1, b1, W2, b2 = (torch.tensor(array, requires_grad=True) for array in weights)
    P = torch.sigmoid(torch.tensor(X) @ W1 + b1) @ W2 + b2
    loss = ((P - torch.tensor(Y)) ** 2).sum() / 2
    loss.backward()
    np.testing.assert_allclose(mlp_forward(X, *weights)[1], P.detach().numpy(), rtol=1e-10, atol=1e-12)
    for ours, theirs in zip(mlp_backward(X, Y, *weights), (W1, b1, W2, b2), strict=True):
        assert theirs.grad is not None
        np.testing.assert_allclose(ours, theirs.grad.numpy(), rtol=1e-9, atol=1e-10)


def test_saturated_neurons() -> None:
    """At ±1000 nothing overflows, and nothing flows through the hidden layer."""
    X, Y = np.array([[1000.0], [-1000.0]]), np.array([[1.0], [2.0]])
    dW1, db1, dW2, db2 = mlp_backward(X, Y, np.ones((1, 1)), np.zeros(1), np.ones((1, 1)), np.zeros(1))
    assert [dW1.tolist(), db1.tolist()] == [[[0.0]], [0.0]]
    assert [dW2.tolist(), db2.tolist()] == [[[0.0]], [-2.0]]
