"""The textbook boosting against scikit-learn and sympy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from assignments.colloquium.given import losses, trees
from reference.boosting import adaboost, boost_regression, gradient_boost

DRAWN = 200


def sample(number: int) -> tuple[np.ndarray, np.ndarray, int, int]:
    """X, y, rounds and depth: from 4 to 40 objects with 1 to 4 features, targets of very different size."""
    rng = np.random.default_rng([5, number])
    objects, features = int(rng.integers(4, 41)), int(rng.integers(1, 5))
    X = rng.normal(size=(objects, features))
    y = rng.normal(size=objects) * 10.0 ** rng.integers(-3, 4)
    return X, y, int(rng.integers(1, 9)), int(rng.integers(1, 4))


def regression_tree(depth: int) -> Callable[[np.ndarray, np.ndarray], Callable[[np.ndarray], np.ndarray]]:
    """The base learner that scikit-learn's own boosting uses."""

    state = np.random.RandomState(0)  # of several questions that are equally good a tree takes one at random

    def fit(X: np.ndarray, r: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        return DecisionTreeRegressor(max_depth=depth, random_state=state).fit(X, r).predict

    return fit


@pytest.mark.parametrize("number", range(DRAWN))
def test_regression_from_the_mean(number: int) -> None:
    """Answers are those of GradientBoostingRegressor, which starts at the mean."""
    X, y, rounds, depth = sample(number)
    lam = float(np.random.default_rng(number).uniform(0.05, 1))
    theirs = GradientBoostingRegressor(
        n_estimators=rounds, learning_rate=lam, max_depth=depth, random_state=0
    )
    ours = boost_regression(X, y, regression_tree(depth), rounds, lam, float(y.mean()))
    np.testing.assert_allclose(ours, theirs.fit(X, y).predict(X), rtol=1e-9, atol=1e-9 * np.abs(y).max())


@pytest.mark.parametrize("number", range(DRAWN))
def test_gradient_boosting_from_zero(number: int) -> None:
    """With the derivative of ½(y − z)² answers are those of GradientBoostingRegressor from zero at rate 1."""
    X, y, rounds, depth = sample(number)
    theirs = GradientBoostingRegressor(
        n_estimators=rounds, learning_rate=1, max_depth=depth, init="zero", random_state=0
    )  # fmt: skip
    ours = gradient_boost(X, y, regression_tree(depth), lambda y, z: z - y, rounds)
    np.testing.assert_allclose(ours, theirs.fit(X, y).predict(X), rtol=1e-9, atol=1e-9 * np.abs(y).max())


@pytest.mark.parametrize("number", range(DRAWN))
def test_adaboost(number: int) -> None:
    """Answers and weights of trees are those of AdaBoostClassifier, whose α is twice as large."""
    rng = np.random.default_rng([6, number])
    objects = int(rng.integers(8, 41))
    X = rng.normal(size=(objects, int(rng.integers(1, 4))))
    y = np.where(rng.random(objects) < rng.uniform(0.3, 0.7), 1, -1)
    y[:2] = 1, -1
    stump = DecisionTreeClassifier(max_depth=1, random_state=0)

    theirs = AdaBoostClassifier(stump, n_estimators=4, random_state=0).fit(X, y)
    if len(theirs.estimators_) < 4 or theirs.estimator_errors_.min() == 0:
        pytest.skip("a tree without errors ends boosting early")
    found = iter(theirs.estimators_)  # of several trees that are equally good it takes one at random
    _, alphas, predictions = adaboost(X, y, lambda X, y, w: next(found).predict, 4)
    np.testing.assert_allclose(2 * alphas, theirs.estimator_weights_, rtol=1e-9)
    assert predictions.tolist() == theirs.predict(X).tolist()


@pytest.mark.parametrize("number", range(DRAWN))
def test_trees_that_are_given(number: int) -> None:
    """The course's own base learners are no worse than scikit-learn's trees of depth 1 with two answers."""
    rng = np.random.default_rng([7, number])
    X = rng.normal(size=(int(rng.integers(2, 30)), int(rng.integers(1, 4))))
    y, w = rng.normal(size=len(X)), rng.uniform(0.1, 1, len(X))
    loss = ((trees.fit_tree(X, y)(X) - y) ** 2).sum()
    theirs = ((DecisionTreeRegressor(max_depth=1).fit(X, y).predict(X) - y) ** 2).sum()
    np.testing.assert_allclose(loss, theirs, rtol=1e-9)
    labels = np.where(y > 0, 1, -1)
    errors = w[trees.fit_stump(X, labels, w)(X) != labels].sum()
    answers = DecisionTreeClassifier(max_depth=1).fit(X, labels, w).predict(X)
    assert errors <= w[answers != labels].sum() + 1e-12 or len(set(answers)) == 1


Y, Z = sympy.symbols("y z", real=True)
LOSSES: dict[str, Any] = {
    "squared": (Y - Z) ** 2,
    "logistic": sympy.log(1 + sympy.exp(-Y * Z)),
    "exponential": sympy.exp(-Y * Z),
    "log_cosh": sympy.log(sympy.cosh(Z - Y)),
}


@pytest.mark.parametrize("name", LOSSES)
def test_derivatives_that_are_given(name: str) -> None:
    """Each given derivative is sympy's at 200 places."""
    derivative = sympy.lambdify((Y, Z), sympy.diff(LOSSES[name], Z), "numpy")
    y, z = np.random.default_rng(8).normal(size=(2, DRAWN)) * 2
    y = np.where(y > 0, 1.0, -1.0) if name in ("logistic", "exponential") else y
    np.testing.assert_allclose(getattr(losses, name)(y, z), derivative(y, z), rtol=1e-9)
