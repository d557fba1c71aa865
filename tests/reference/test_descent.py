"""The textbook descents against torch.optim, scipy and numpy; Taylor's formula against sympy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy
import torch
from scipy import optimize

from assignments.colloquium.given import functions
from reference import descent, taylor

DRAWN = 200
RATES = (1e-3, 0.01, 0.1, 0.3)


def quadratic(number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.random.Generator]:
    """A (positive definite), b, x0 and the generator they come from: 1 to 7 variables, sizes from 10⁻³ to 10³."""
    rng = np.random.default_rng([1, number])
    n = int(rng.integers(1, 8))
    root = rng.normal(size=(n, n))
    scale = 10.0 ** rng.integers(-3, 4)
    return root @ root.T + np.eye(n), rng.normal(size=n) * scale, rng.normal(size=n) * scale, rng


def trajectory_of_torch(
    grad: Callable[[Any], Any], x0: np.ndarray, steps: int, **options: float
) -> np.ndarray:
    """Points of torch.optim.SGD."""
    x = torch.tensor(x0, requires_grad=True)
    optimiser = torch.optim.SGD([x], **options)
    points = [x0]
    for _ in range(steps):
        x.grad = torch.tensor(grad(x.detach().numpy().copy()))
        optimiser.step()
        points.append(x.detach().numpy().copy())
    return np.array(points)


@pytest.mark.parametrize("number", range(DRAWN))
def test_gradient_descent_and_momentum(number: int) -> None:
    """Trajectories are those of torch.optim.SGD, whose momentum has the rate outside."""
    A, b, x0, rng = quadratic(number)
    eta, alpha, steps = float(rng.choice(RATES)), float(rng.uniform(0, 1)), int(rng.integers(0, 9))

    def grad(x: np.ndarray) -> np.ndarray:
        return functions.quadratic_gradient(A, b, x)

    ours = descent.gradient_descent(grad, x0, eta, steps)
    np.testing.assert_allclose(ours, trajectory_of_torch(grad, x0, steps, lr=eta), rtol=1e-9)
    ours = descent.momentum(grad, x0, eta, alpha, steps)
    np.testing.assert_allclose(ours, trajectory_of_torch(grad, x0, steps, lr=eta, momentum=alpha), rtol=1e-9)


@pytest.mark.parametrize("number", range(DRAWN))
def test_decaying_steps_and_batches(number: int) -> None:
    """A step η/k and a pass over batches are torch's, with its scheduler and with the gradient of the summed loss."""
    A, b, x0, rng = quadratic(number)
    eta, steps = float(rng.choice(RATES)), int(rng.integers(1, 9))
    x = torch.tensor(x0, requires_grad=True)
    optimiser = torch.optim.SGD([x], lr=eta)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: 1 / (k + 1))
    for _ in range(steps):
        x.grad = torch.tensor(functions.quadratic_gradient(A, b, x.detach().numpy().copy()))
        optimiser.step()
        schedule.step()
    ours = descent.decaying_descent(lambda x: functions.quadratic_gradient(A, b, x), x0, eta, steps)
    np.testing.assert_allclose(ours[-1], x.detach().numpy(), rtol=1e-9)

    n, m = int(rng.integers(1, 12)), int(rng.integers(1, 6))
    X, y, order = rng.normal(size=(n, len(x0))), rng.normal(size=n), rng.permutation(n)
    w = torch.tensor(x0, requires_grad=True)
    optimiser = torch.optim.SGD([w], lr=0.01)
    for batch in torch.split(torch.tensor(order), m):
        optimiser.zero_grad()
        loss = ((torch.tensor(X)[batch] @ w - torch.tensor(y)[batch]) ** 2).sum() / 2
        loss.backward()
        optimiser.step()
    ours = descent.minibatch_sgd(
        lambda i, w: functions.squared_error_gradient(X, y, i, w), x0, n, order, m, 0.01
    )
    np.testing.assert_allclose(ours, w.detach().numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("number", range(DRAWN))
def test_newton_and_coordinates(number: int) -> None:
    """On a quadratic Newton's first full step and many sweeps along the coordinates end where numpy solves Ax = b."""
    A, b, x0, _ = quadratic(number)
    hess, grad = (
        (lambda x: functions.quadratic_hessian(A, x)),
        (lambda x: functions.quadratic_gradient(A, b, x)),
    )
    solution = np.linalg.solve(A, b)
    size = np.abs(solution).max() + np.abs(x0).max()
    np.testing.assert_allclose(descent.newton(grad, hess, x0, 1, 1)[-1], solution, atol=1e-9 * size)
    np.testing.assert_allclose(descent.coordinate_descent(A, b, x0, 300)[-1], solution, atol=1e-6 * size)
    first = descent.coordinate_descent(A, b, x0, 1)
    along = optimize.minimize_scalar(
        lambda z: (lambda x: x @ A @ x / 2 - b @ x)(np.array([z, *x0[1:]])), tol=1e-12
    )
    np.testing.assert_allclose(first[1][0], along.x, atol=1e-6 * (1 + abs(along.x)))


@pytest.mark.parametrize("number", range(DRAWN))
def test_newton_in_one_variable(number: int) -> None:
    """Steps are those of scipy's Newton iteration for a root of the derivative."""
    x0 = float(np.random.default_rng([3, number]).uniform(-1, 1))
    for steps in (1, 2, 3):
        theirs = optimize.newton(
            lambda x: np.tanh(x),
            x0,
            lambda x: 1 / np.cosh(x) ** 2,
            maxiter=steps,
            tol=1e-300,
            rtol=0,
            disp=False,
        )
        ours = descent.newton(functions.bowl_gradient, functions.bowl_hessian, np.array([x0]), 1, steps)
        np.testing.assert_allclose(ours[-1][0], theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("number", range(DRAWN))
def test_taylor(number: int) -> None:
    """Value, gradient, Hessian, expansion and Newton's step of polynomials are sympy's, exactly."""
    rng = np.random.default_rng([4, number])
    n = int(rng.integers(1, 3))
    names = sympy.symbols("x y")[:n]
    f = {tuple(map(int, rng.integers(0, 4, n))): int(rng.integers(-9, 10)) for _ in range(4)}
    point = [int(value) for value in rng.integers(-4, 5, n)]
    at = dict(zip(names, point, strict=True))
    theirs = sympy.sympify(taylor.formula(f, [str(name) for name in names]))
    assert taylor.value(f, point) == theirs.subs(at)
    assert taylor.gradient(f, point) == [theirs.diff(name).subs(at) for name in names]
    second = sympy.hessian(theirs, names).subs(at)
    assert taylor.hessian(f, point) == second.tolist()
    expansion = theirs.subs(at) + sum(theirs.diff(name).subs(at) * (name - at[name]) for name in names)
    ours = sympy.sympify(taylor.first_order(f, [str(name) for name in names], point))
    assert sympy.expand(ours - expansion) == 0
    if second.det() != 0:
        step = sympy.Matrix(point) - second.inv() * sympy.Matrix(
            [theirs.diff(name).subs(at) for name in names]
        )
        assert [
            sympy.Rational(part.numerator, part.denominator) for part in taylor.newton_step(f, point)
        ] == list(step)


@pytest.mark.parametrize("number", range(200))
def test_taylor_to_second_order(number: int) -> None:
    """The expansion is sympy's series up to the square of the step, for polynomials of any degree."""
    rng = np.random.default_rng(number)
    f = {(power,): int(rng.integers(-5, 6)) for power in rng.permutation(6)[: rng.integers(1, 5)].tolist()}
    x, h = sympy.symbols("x h")
    whole = sympy.sympify(taylor.formula(f, ["x"])).subs(x, x + h)
    series = sympy.series(sympy.expand(whole), h, 0, 3).removeO()
    assert sympy.expand(sympy.sympify(taylor.second_order(f, "x", "h")) - series) == 0


VALLEY = (1 - sympy.Symbol("x")) ** 2 + 10 * (sympy.Symbol("y") - sympy.Symbol("x") ** 2) ** 2


def test_given_functions() -> None:
    """Gradients and second derivatives that students are given are sympy's at 200 points."""
    names = sympy.symbols("x y")
    first = sympy.lambdify(names, [VALLEY.diff(name) for name in names])
    second = sympy.lambdify(names, sympy.hessian(VALLEY, names))
    for x in np.random.default_rng(5).normal(size=(DRAWN, 2)) * 3:
        np.testing.assert_allclose(functions.valley_gradient(x), first(*x), rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(functions.valley_hessian(x), second(*x), rtol=1e-9, atol=1e-9)
