r"""Coordinate descent

$f$ is minimised along one coordinate after the other: $x_1$, then $x_2$, …, then $x_1$ again. For
$f(x) = \frac{1}{2} x^T A x - b^T x$ with a symmetric positive definite $A$ the minimum along a coordinate is found in
one step.

*By hand.* $A = {A}$, $b = {b}$, and you begin at $x = {x0}$. Write the point after the first step (along $x_1$) and
the one after the second step (along $x_2$); fractions are welcome: `q4_first = [1/2, -3]`.

*In symbols*, for the same $A$ and $b$: the minimum along $x_1$ as a formula of $x_2$.

*In Python, with numpy arrays.* Write `coordinate_descent(A, b, x0, sweeps)`, which goes over all coordinates `sweeps`
times and returns the trajectory: an array with a row for every point, the first of which is `x0`. You may note a
point after every step along a coordinate, or after every sweep only. `A` has the shape `(n, n)`, `b` and `x0` have
`(n,)`.

*What is true of coordinate descent?*

{options}
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from grader.author import Answer, Code, Matrix, Options, Slip, Task, case
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.value import Value
from reference.descent import coordinate_descent

STEP = {
    "wrong": {
        None: None,
        "diagonal": Slip("1/4", "The division by the diagonal entry $a_{ii}$ is missing."),
        "others": Slip(
            "1/4", "The other coordinates are left out: $x_i = (b_i - \\sum_{j ≠ i} a_{ij} x_j) / a_{ii}$."
        ),
        "sign": Slip("1/2", "The sign is wrong: the terms $a_{ij} x_j$ are subtracted from $b_i$."),
    },
}
JACOBI = Slip(
    "1/4",
    "All coordinates are computed from the old point; use the new value of a coordinate as soon as there is one.",
)
OPTIONS = {
    "derivative": "it needs no derivative",
    "slow": "it works long",
    "gradient": "in every step it needs the whole gradient",
    "hessian": "in every step it inverts a matrix",
}
TRUE = ("derivative", "slow")

first = Answer("first", 1, Value(), slips=STEP, asks="`q4_first`: the point after the first step.")
second = Answer("second", 1, Value(), slips=STEP, asks="`q4_second`: the point after the second step.")
along = Answer(
    "along",
    1,
    Formula(("x2",), aliases=(("x_2", "x2"),)),
    slips=STEP,
    asks="`q4_along`: the minimum along $x_1$, as a formula of `x2`.",
)
code = Code(
    "coordinate_descent", 3, Close(), slips=STEP,
    asks="The function `coordinate_descent(A, b, x0, sweeps)`.",
)  # fmt: skip
true = Answer(
    "true", "1/2", Choice(("1", "2", "3", "4"), several=True, partial=True),
    asks="`q4_true`: the numbers of all right answers.",
)  # fmt: skip


def dealt(rng):
    """Deal a positive definite matrix with a diagonal that divides well, on which every mistake shows."""
    while True:
        d, e, c = rng.choice((2, 4, 5)), rng.choice((2, 4, 5)), rng.choice((-3, -2, -1, 1, 2, 3))
        A, b = ((d, c), (c, e)), tuple(rng.sample((-6, -4, -3, -1, 1, 2, 3, 5), 2))
        x0 = (rng.randint(-3, 3), rng.choice((-3, -2, -1, 1, 2, 3)))
        if d * e > c * c and all_differ(A, b, x0):
            return {"A": Matrix(A), "b": b, "x0": x0, "options": Options.dealt(rng, OPTIONS)}


def all_differ(A, b, x0):
    """Whether no two mistakes lead to the same point, and none to the right one."""
    right = one_step(A, b, x0, 0)
    firsts = [one_step(A, b, x0, 0, wrong) for wrong in STEP["wrong"]]
    seconds = [one_step(A, b, right, 1, wrong) for wrong in STEP["wrong"]]
    seconds.append([right[0], minimum(A, b, x0, 1)])
    return all(len(set(map(tuple, points))) == len(points) for points in ([list(x0), *firsts], seconds))


def minimum(A, b, x, i, wrong=None):
    """The minimum along coordinate i, exactly where the numbers are."""
    rest = sum(A[i][j] * x[j] for j in range(len(b)) if j != i)
    rest = {"others": 0, "sign": -rest}.get(wrong, rest)
    return (b[i] - rest) if wrong == "diagonal" else Fraction(b[i] - rest) / A[i][i]


def one_step(A, b, x, i, wrong=None):
    new = list(x)
    new[i] = minimum(A, b, x, i, wrong)
    return new


task = Task(
    parts=[first, second, along, code, true],
    variants=dealt,
    conventions={
        "noted": {
            "steps": "a point is noted after every step along a coordinate",
            "sweeps": "a point is noted after every sweep",
        },
    },
)


@first.oracle
def right_first(A, b, x0, wrong):
    return one_step(A, b, x0, 0, wrong)


@second.oracle
def right_second(A, b, first, wrong):
    before = [Fraction(str(x)) for x in np.ravel(first).tolist()]
    return one_step(A, b, before, 1, wrong)


@second.misconception(credit="1/4")
def from_the_old_point(A, b, x0, first):
    """The second coordinate is computed from the old point; use the new value of the first one."""
    before = [Fraction(str(x)) for x in np.ravel(first).tolist()]
    return [before[0], minimum(A, b, x0, 1)]


@along.oracle
def right_along(A, b, wrong):
    a, c = A[0]
    if wrong == "sign":
        c = -c
    term = f"{'-' if c > 0 else '+'} {'' if abs(c) == 1 else f'{abs(c)}*'}x2"
    if wrong == "others":
        return f"{b[0]}/{a}"
    if wrong == "diagonal":
        return f"{b[0]} {term}"
    return f"({b[0]} {term})/{a}"


@true.oracle
def right_options(options):
    return options.labels(*TRUE)


@true.misconception(credit="1/4")
def taken_for_gradient_descent(options):
    """The whole gradient is what gradient descent needs; here one coordinate moves at a time."""
    return options.labels("gradient", "slow")


SHAPES = (
    (2, 1, "two variables"),
    (3, 2, "several variables"),
    (5, 4, "several variables"),
    (1, 3, "one variable"),
)


@code.cases
def systems(rng):
    A, b = np.array([[2.0, 1.0], [1.0, 4.0]]), np.array([3.0, -2.0])
    yield case(A, b, np.array([0.0, 0.0]), 1, aspect="two variables", public=True)
    yield case(A, b, np.array([1.0, 2.0]), 2, aspect="two variables", public=True)
    for n, sweeps, aspect in SHAPES:
        root = rng.normal(size=(n, n))
        yield case(root @ root.T + np.eye(n), rng.normal(size=n), rng.normal(size=n), sweeps, aspect=aspect)


def kept(points, n, noted):
    return points if noted == "steps" else points[::n]


@code.oracle
def right_descent(A, b, x0, sweeps, *, noted, wrong):
    if wrong is None:
        return kept(coordinate_descent(A, b, x0, sweeps), len(b), noted)
    points = [x0]
    for step in range(sweeps * len(b)):
        i, x = step % len(b), points[-1].copy()
        rest = {"others": 0.0, "sign": -1.0}.get(wrong, 1.0) * (A[i] @ x - A[i, i] * x[i])
        x[i] = (b[i] - rest) / (1 if wrong == "diagonal" else A[i, i])
        points.append(x)
    return kept(np.array(points), len(b), noted)


@code.misconception(credit="1/4")
def all_from_the_old_point(A, b, x0, sweeps, *, noted):
    """All coordinates are computed from the old point; use the new value of a coordinate as soon as there is one."""
    points = [x0]
    for _ in range(sweeps):
        old, x = points[-1], points[-1].copy()
        for i in range(len(b)):
            x = x.copy()
            x[i] = old[i] + (b[i] - A[i] @ old) / A[i, i]
            points.append(x)
        points = points if noted == "steps" else [*points[: -len(b)], points[-1]]
    return np.array(points)


@code.misconception(credit="1/4")
def first_coordinate_only(A, b, x0, sweeps, *, noted):
    """Only the first coordinate moves; go over all of them."""
    points = [x0]
    for _ in range(sweeps if noted == "sweeps" else sweeps * len(b)):
        x = points[-1].copy()
        x[0] += (b[0] - A[0] @ x) / A[0, 0]
        points.append(x)
    return np.array(points)
