"""The textbook recurrent network against torch."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch

from reference.recurrent import (
    chain_probability,
    clip_by_norm,
    leaky_state_derivative,
    leaky_states,
    rnn_forward,
    softmax,
    state_jacobian,
    text_probability,
)

DRAWN = 220


def network(number: int) -> tuple[np.ndarray, ...]:
    """X, s0, U, W, V: one step and one neuron included; every eighth network has weights that saturate tanh."""
    rng = np.random.default_rng([16, number])
    T, n, d, m = (int(size) for size in rng.integers(1, 6, size=4))
    scale = (1.0, 1.0, 0.01, 3.0, 1.0, 1.0, 40.0, 1e-6)[number % 8]
    T = 1 if number % 5 == 0 else T
    shapes = ((T, n), (d,), (d, n), (d, d), (m, d))
    return tuple(scale * rng.normal(size=shape) for shape in shapes)


def by_torch(X: torch.Tensor, s0: torch.Tensor, U: torch.Tensor, W: torch.Tensor) -> list[torch.Tensor]:
    """States of torch's own cell, in which U and W are its weights."""
    cell = torch.nn.RNNCell(U.shape[1], U.shape[0], bias=False, dtype=torch.float64)
    states, weights = [s0], {"weight_ih": U, "weight_hh": W}
    for x in X:
        inputs = (x[None], states[-1][None])
        states.append(torch.func.functional_call(cell, weights, inputs)[0])
    return states[1:]


@pytest.mark.parametrize("number", range(DRAWN))
def test_states_and_outputs(number: int) -> None:
    """States are those of torch.nn.RNNCell, outputs those of torch.softmax."""
    X, s0, U, W, V = network(number)
    states, outputs = rnn_forward(X, s0, U, W, V)
    theirs = torch.stack(by_torch(*map(torch.tensor, (X, s0, U, W))))
    np.testing.assert_allclose(states, theirs.numpy(), rtol=1e-10, atol=1e-12)
    expected = torch.softmax(theirs @ torch.tensor(V).T, dim=1).numpy()
    np.testing.assert_allclose(outputs, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("number", range(DRAWN))
def test_the_jacobian_of_the_last_state(number: int) -> None:
    """∂s_k/∂W, entry by entry, is what torch.autograd gives; for one step, too."""
    X, s0, U, W, _ = network(number)
    tX, ts0, tU, tW = map(torch.tensor, (X, s0, U, W))
    theirs = torch.autograd.functional.jacobian(lambda M: by_torch(tX, ts0, tU, M)[-1], tW)
    cancelled = 1e-13 * (1 + abs(s0).max())  # 1 − s² where tanh saturates, in torch as well as here
    np.testing.assert_allclose(state_jacobian(X, s0, U, W), theirs.numpy(), rtol=1e-8, atol=cancelled)


def test_the_jacobian_is_the_sum_of_products() -> None:
    """Horner's rule gives what the sum over i of products over j gives, term by term, factor by factor."""
    X, s0, U, W, _ = (
        np.random.default_rng(3).normal(size=shape) for shape in ((4, 2), (3,), (3, 2), (3, 3), (1,))
    )
    states = [s0, *rnn_forward(X, s0, U, W, np.eye(3))[0]]
    slopes = [1 - s**2 for s in states]
    total = np.zeros((3, 3, 3))
    for i in range(1, 5):
        term = np.einsum("ab,c->abc", np.diag(slopes[i]), states[i - 1])
        for j in range(i + 1, 5):
            term = np.einsum("ab,bcd->acd", np.diag(slopes[j]) @ W, term)
        total += term
    np.testing.assert_allclose(state_jacobian(X, s0, U, W), total, rtol=1e-12)


@pytest.mark.parametrize("number", range(DRAWN))
def test_clipping(number: int) -> None:
    """The gradient is what torch.nn.utils.clip_grad_norm_ leaves, up to the 10⁻⁶ that torch adds to the norm."""
    rng = np.random.default_rng([18, number])
    shape = tuple(int(size) for size in rng.integers(1, 6, size=int(rng.integers(1, 4))))
    g = rng.normal(size=shape) * 10.0 ** float(rng.integers(-3, 9))
    threshold = float(np.linalg.norm(g)) * float(rng.choice([0.1, 0.9, 1.5, 20]))
    parameter = torch.nn.Parameter(torch.zeros(shape, dtype=torch.float64))
    parameter.grad = torch.tensor(g)
    torch.nn.utils.clip_grad_norm_([parameter], threshold)
    slack = 2e-6 / max(np.linalg.norm(g), 1e-9)
    np.testing.assert_allclose(clip_by_norm(g, threshold), parameter.grad.numpy(), rtol=slack + 1e-12)


def test_clipping_at_the_threshold_and_at_zero() -> None:
    """A gradient whose norm is the threshold stays as it is, and so does one of zeros."""
    np.testing.assert_array_equal(clip_by_norm(np.array([3.0, 4.0]), 5.0), [3.0, 4.0])
    np.testing.assert_array_equal(clip_by_norm(np.zeros(3), 1.0), np.zeros(3))


@pytest.mark.parametrize("number", range(40))
def test_the_probability_of_a_text(number: int) -> None:
    """exp of minus torch's cross-entropy, summed over the words behind the first."""
    _, s0, U, W, _ = network(8 * (number // 2) + number % 2)
    rng = np.random.default_rng([17, number])
    words = U.shape[1]
    V = rng.normal(size=(words, len(s0)))
    text = rng.integers(0, words, size=int(rng.integers(2, 7)))
    states = by_torch(torch.eye(words, dtype=torch.float64)[text[:-1]], *map(torch.tensor, (s0, U, W)))
    scores = torch.stack(states) @ torch.tensor(V).T
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor(text[1:]), reduction="sum")
    assert text_probability(text, s0, U, W, V) == pytest.approx(float(torch.exp(-loss)), rel=1e-10)


def test_texts_of_one_length_share_the_probability_one() -> None:
    """Over all texts of a length that begin alike the probabilities sum to 1; one word alone has probability 1."""
    _, s0, U, W, _ = network(1)
    words = U.shape[1]
    V = np.random.default_rng(0).normal(size=(words, len(s0)))
    texts = np.array(np.meshgrid(*[range(words)] * 3)).reshape(3, -1).T
    total = sum(text_probability(np.array([0, *text]), s0, U, W, V) for text in texts)
    assert total == pytest.approx(1)
    assert text_probability(np.array([0]), s0, U, W, V) == 1


def test_a_model_that_looks_one_word_back() -> None:
    """P(aba) = P(a) P(b|a) P(a|b), exactly."""
    half, third = Fraction(1, 2), Fraction(1, 3)
    assert chain_probability([0, 1, 0], [third, 1 - third], [[half, half], [third, 1 - third]]) == Fraction(
        1, 18
    )


@pytest.mark.parametrize("number", range(60))
def test_numbers_by_hand(number: int) -> None:
    """States and ∂s_T/∂w with a leaky ReLU are torch's, which takes f′(0) = ½ as we do."""
    rng = np.random.default_rng([19, number])
    inputs = [int(x) for x in rng.integers(-3, 4, size=int(rng.integers(1, 6)))]
    s0, u = int(rng.integers(-2, 3)), int(rng.integers(-2, 3))
    w = torch.tensor(float(rng.choice([-2, -1, 0.5, 1, 2])), requires_grad=True)
    s = torch.tensor(float(s0)) + 0 * w
    for x in inputs:
        s = torch.nn.functional.leaky_relu(u * x + w * s, 0.5)
    s.backward()
    states = leaky_states(inputs, s0, u, Fraction(float(w.detach())))
    assert states[-1] == Fraction(float(s.detach()))
    assert leaky_state_derivative(states, Fraction(float(w.detach()))) == Fraction(float(w.grad))


def test_softmax_does_not_overflow() -> None:
    """Scores of a thousand are no infinities."""
    np.testing.assert_allclose(softmax(np.array([[1000.0, 1000.0, -1000.0]])), [[0.5, 0.5, 0.0]])
