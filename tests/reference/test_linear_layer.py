"""The textbook linear layer against torch.autograd."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.linear_layer import (
    batch_backward,
    batch_forward,
    linear_backward,
    linear_forward,
    squared_error_gradient,
)

DRAWN = 220


def drawn(number: int, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    """Arrays of normal numbers."""
    rng = np.random.default_rng([10, number])
    return [rng.normal(size=shape) for shape in shapes]


def sizes(number: int) -> tuple[int, int, int]:
    """Examples, inputs, neurons: each from 1 to 7, drawn apart."""
    N, n, m = np.random.default_rng([11, number]).integers(1, 8, size=3)
    return int(N), int(n), int(m)


def learnable(*arrays: np.ndarray) -> list[torch.Tensor]:
    """Tensors that collect a gradient."""
    return [torch.tensor(array, requires_grad=True) for array in arrays]


@pytest.mark.parametrize("number", range(DRAWN))
def test_one_example(number: int) -> None:
    """Forward and both gradients are torch's for ∂L/∂z of any kind."""
    _, n, m = sizes(number)
    x, W, dz = drawn(number, (1, n), (n, m), (1, m))
    tx, tW = learnable(x, W)
    z = tx @ tW
    z.backward(torch.tensor(dz))
    dW, dx = linear_backward(x, W, dz)
    np.testing.assert_allclose(linear_forward(x, W), z.detach().numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(dW, tW.grad.numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(dx, tx.grad.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("number", range(DRAWN))
def test_batch(number: int) -> None:
    """Forward and all three gradients of a batch with biases are torch's."""
    N, n, m = sizes(number)
    X, W, b, dZ = drawn(number, (N, n), (n, m), (m,), (N, m))
    tX, tW, tb = learnable(X, W, b)
    Z = torch.nn.functional.linear(tX, tW.T, tb)
    Z.backward(torch.tensor(dZ))
    np.testing.assert_allclose(batch_forward(X, W, b), Z.detach().numpy(), rtol=1e-12, atol=1e-12)
    for ours, theirs in zip(batch_backward(X, W, dZ), (tW, tb, tX), strict=True):
        np.testing.assert_allclose(ours, theirs.grad.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("number", range(20))
def test_gradient_of_the_squared_error(number: int) -> None:
    """∂L/∂Z of half the sum of squares, and with it ∂L/∂W, are torch's."""
    N, n, m = sizes(number)
    X, W, T = drawn(number, (N, n), (n, m), (N, m))
    (tW,) = learnable(W)
    Z = torch.tensor(X) @ tW
    Z.retain_grad()
    (torch.sum((Z - torch.tensor(T)) ** 2) / 2).backward()
    dZ = squared_error_gradient(batch_forward(X, W), T)
    np.testing.assert_allclose(dZ, Z.grad.numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(batch_backward(X, W, dZ)[0], tW.grad.numpy(), rtol=1e-12, atol=1e-12)


def test_a_batch_adds_up_its_examples() -> None:
    """∂L/∂W of a batch is the sum over its examples, as the document derives it."""
    X, W, dZ = drawn(0, (5, 4), (4, 3), (5, 3))
    one_by_one = sum(linear_backward(X[k : k + 1], W, dZ[k : k + 1])[0] for k in range(5))
    np.testing.assert_allclose(batch_backward(X, W, dZ)[0], one_by_one, rtol=1e-12)
