r"""Stochastic gradient descent and momentum

The loss is a sum over $n$ objects, $f(x) = \sum_i f_i(x)$. Stochastic gradient descent takes a step along the
gradient of a mini-batch; you may take the sum of the batch's gradients, as in the lecture, or their mean. Momentum
keeps part of the last step: $m := \alpha m - \eta \nabla f(x)$, $x := x + m$, from $m = 0$. You may also keep the
rate outside: $v := \alpha v + \nabla f(x)$, $x := x - \eta v$. Keep to one way.

*By hand.* $f(x) = {printed}$, $x_0 = {x0}$, $\eta = {eta}$, $\alpha = {alpha}$. Make two steps with momentum.

*In Python, with numpy arrays.* Write

- `minibatch_sgd(grad_i, x0, n, order, m, eta)`: one pass over the objects in the given order, in batches of `m`; the
  last batch may be shorter. `grad_i(i, x)` is $\nabla f_i(x)$, `order` is a list of the numbers 0 … n − 1. Returns
  the point after the pass.
- `momentum(grad, x0, eta, alpha, steps)`: the trajectory, an array with a row for every point.
- `decaying_descent(grad, x0, eta, steps)`: gradient descent with the step $\eta/k$, $k = 1, 2, …$; the trajectory.

A trajectory may begin with `x0` or with the point after the first step. The module `functions` has gradients to try
your functions out.

*Noise.* What is the noise of the stochastic gradient good for?

{options}
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assignments.colloquium.given import functions
from grader.author import Answer, Code, Options, Slip, Task, case, given
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.value import Value
from reference import descent, taylor

UPHILL = Slip("1/2", "The sign is lost: a step against the gradient makes the function smaller.")
SIGN = {"sign": {"minus": None, "lost": UPHILL}}
FROZEN = Slip("1/4", "Every gradient is taken at $x_0$; take it at the point where you are.")
CARRIED = {
    "carried": {
        "over": None,
        "not": Slip("1/4", r"The inertia is not carried over: $m$ has to be kept from step to step."),
    },
}
POINT = {"point": {"here": None, "start": FROZEN}}

sgd = Code(
    "minibatch_sgd", 2, Close(), slips={**SIGN, **POINT},
    asks="The function `minibatch_sgd(grad_i, x0, n, order, m, eta)`.",
)  # fmt: skip
inert = Code(
    "momentum", 2, Close(), slips={**SIGN, **POINT, **CARRIED},
    asks="The function `momentum(grad, x0, eta, alpha, steps)`.",
)  # fmt: skip
decaying = Code(
    "decaying_descent", 1, Close(), slips={**SIGN, **POINT},
    asks="The function `decaying_descent(grad, x0, eta, steps)`.",
)  # fmt: skip
inertia = Answer(
    "inertia", 1, Value(), slips={**SIGN, **CARRIED},
    asks="`q2_inertia`: $m$ (or $v$) after the second step.",
)  # fmt: skip
reached = Answer(
    "reached", 1, Value(), slips={**SIGN, **CARRIED}, asks="`q2_reached`: $x$ after the second step."
)
noise = Answer(
    "noise", "1/2", Choice(("1", "2", "3", "4")), asks="`q2_noise`: the number of the right answer."
)

OPTIONS = {
    "escape": "it helps to jump out of local optima",
    "exact": "it makes the estimate of the gradient more exact",
    "rate": "it makes a learning rate unnecessary",
    "memory": "it keeps the last steps in mind, like a heavy ball",
}


def dealt(rng):
    """Deal a parabola on which two steps stay short in print and every mistake shows."""
    while True:
        f = {(2,): rng.choice((1, 2, 3)), (1,): rng.choice((-6, -4, -2, 2, 4, 6))}
        hand = {"f": tuple(f.items()), "x0": rng.choice((-3, -2, -1, 1, 2, 3))}
        eta, alpha = rng.choice((Fraction(1, 10), Fraction(1, 4), Fraction(1, 5))), Fraction(1, 2)
        ways = [two_steps(hand["f"], hand["x0"], eta, alpha, *way) for way in WAYS]
        kept = {m for m, _ in ways} | {-m / eta for m, _ in ways}  # with the rate inside and outside
        if len({x for _, x in ways}) == len(ways) and len(kept) == 2 * len(ways):
            break
    printed = taylor.in_print(f, ("x",))
    return {**hand, "eta": eta, "alpha": alpha, "printed": printed, "options": Options.dealt(rng, OPTIONS)}


WAYS = [("minus", "over"), ("lost", "over"), ("minus", "not"), ("lost", "not")]


def two_steps(f, x0, eta, alpha, sign="minus", carried="over"):
    """m and x after two steps with the rate inside, exactly."""
    m, x = Fraction(0), Fraction(x0)
    for _ in range(2):
        (slope,) = taylor.gradient(dict(f), (x,))
        m = (alpha * m if carried == "over" else 0) - (eta if sign == "minus" else -eta) * slope
        x = x + m
    return m, x


task = Task(
    parts=[inertia, reached, sgd, inert, decaying, noise],
    variants=dealt,
    conventions={
        "batch": {
            "sum": "the gradient of a batch is the sum over its objects",
            "mean": "the gradient of a batch is the mean over its objects",
        },
        "rate": {"inside": "m := αm − η∇f, x := x + m", "outside": "v := αv + ∇f, x := x − ηv"},
        "trajectory": {
            "with_start": "a trajectory begins with x₀",
            "without": "a trajectory begins after the first step",
        },
    },
)


@inertia.oracle
def right_inertia(f, x0, eta, alpha, rate, sign, carried):
    m, _ = two_steps(f, x0, eta, alpha, sign, carried)
    return m if rate == "inside" else -m / eta


@reached.oracle
def right_point(f, x0, eta, alpha, sign, carried):
    return two_steps(f, x0, eta, alpha, sign, carried)[1]


@reached.misconception(credit="1/4")
def gradient_of_the_start(f, x0, eta, alpha):
    """The gradient of the second step is taken at $x_0$; take it at the point after the first one."""
    (slope,) = taylor.gradient(dict(f), (x0,))
    return x0 - eta * slope - (alpha * eta * slope + eta * slope)


@noise.oracle
def right_noise(options):
    return options.label("escape")


@noise.misconception(credit=0)
def noise_for_inertia(options):
    """The memory of the last steps is what momentum is for; noise pushes out of local optima."""
    return options.label("memory")


BATCHES = (  # objects, variables, size of a batch, rate, aspect
    (6, 2, 3, 0.1, "batches of equal size"),
    (7, 3, 3, 0.05, "a short last batch"),
    (4, 2, 1, 0.1, "batches of one object"),
    (5, 1, 8, 0.02, "one batch"),
)


@sgd.cases
def passes(rng):
    X, y = np.array([[1.0], [2.0], [-1.0], [3.0]]), np.array([1.0, 0.0, 2.0, 1.0])
    grad_i = given(functions.squared_error_gradient, X, y)
    yield case(grad_i, np.array([1.0]), 4, [0, 1, 2, 3], 2, 0.1, aspect="batches of equal size", public=True)
    yield case(grad_i, np.array([1.0]), 4, [2, 0, 3, 1], 3, 0.1, aspect="a short last batch", public=True)
    for n, d, m, eta, aspect in BATCHES:
        grad_i = given(functions.squared_error_gradient, rng.normal(size=(n, d)), rng.normal(size=n))
        order = [int(i) for i in rng.permutation(n)]
        yield case(grad_i, rng.normal(size=d), n, order, m, eta, aspect=aspect)


@sgd.oracle
def right_sgd(grad_i, x0, n, order, m, eta, *, batch, sign, point):
    if sign == "lost":
        eta = -eta

    def gradient(i, x):
        at = x if point == "here" else x0
        return grad_i(i, at) if batch == "sum" else grad_i(i, at) / len(batch_of(order, m, i))

    return descent.minibatch_sgd(gradient, x0, n, order, m, eta)


def batch_of(order, m, i):
    """The batch in which object i is."""
    begin = order.index(i) // m * m
    return order[begin : begin + m]


@sgd.misconception(credit="1/2")
def short_batch_dropped(grad_i, x0, n, order, m, eta, *, batch):
    """The last batch, which is shorter, is dropped: its objects have to be used, too."""
    full = n // m * m
    return right_sgd(grad_i, x0, full, order[:full], m, eta, batch=batch, sign="minus", point="here")


@sgd.misconception(credit="1/2")
def order_ignored(grad_i, x0, n, order, m, eta, *, batch):
    """The objects are taken from 0 to n − 1; take them in the given order."""
    return right_sgd(grad_i, x0, n, list(range(n)), m, eta, batch=batch, sign="minus", point="here")


@inert.cases
def slopes(rng):
    slope = given(functions.quadratic_gradient, np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([2.0, 4.0]))
    yield case(slope, np.array([3.0, 3.0]), 0.1, 0.5, 1, aspect="one step", public=True)
    yield case(slope, np.array([3.0, 3.0]), 0.1, 0.5, 3, aspect="several steps", public=True)
    yield case(
        given(functions.bowl_gradient), np.array([2.0, -1.0, 0.5]), 0.3, 0.9, 8, aspect="strong inertia"
    )
    yield case(given(functions.valley_gradient), np.array([-1.0, 1.5]), 0.01, 0.8, 6, aspect="a bent valley")


@inert.oracle
def right_momentum(grad, x0, eta, alpha, steps, *, trajectory, sign, point, carried):
    if sign == "lost":
        eta = -eta
    if carried == "not":
        alpha = 0
    slope = grad if point == "here" else (lambda x: grad(x0))
    return shown(descent.momentum(slope, x0, eta, alpha, steps), trajectory)


@inert.misconception(credit="1/2")
def looks_ahead(grad, x0, eta, alpha, steps, *, trajectory):
    """This is Nesterov's momentum: the gradient is taken at $x + \\alpha m$; here it is taken at $x$."""
    points, m = [x0], np.zeros(len(x0))
    for _ in range(steps):
        m = alpha * m - eta * grad(points[-1] + alpha * m)
        points.append(points[-1] + m)
    return shown(np.array(points), trajectory)


@decaying.cases
def slopes_for_decay(rng):
    slope = given(functions.quadratic_gradient, np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([2.0, 4.0]))
    yield case(slope, np.array([3.0, 3.0]), 0.25, 1, aspect="one step", public=True)
    yield case(slope, np.array([3.0, 3.0]), 0.25, 3, aspect="several steps", public=True)
    yield case(given(functions.bowl_gradient), np.array([2.0, -1.0, 0.5]), 0.8, 7, aspect="several steps")


@decaying.oracle
def right_decay(grad, x0, eta, steps, *, trajectory, sign, point):
    if sign == "lost":
        eta = -eta
    slope = grad if point == "here" else (lambda x: grad(x0))
    return shown(descent.decaying_descent(slope, x0, eta, steps), trajectory)


def decayed(grad, x0, rates, trajectory):
    points = [x0]
    for eta in rates:
        points.append(points[-1] - eta * grad(points[-1]))
    return shown(np.array(points), trajectory)


@decaying.misconception(credit="1/2")
def k_from_zero(grad, x0, eta, steps, *, trajectory):
    """The steps are counted from 0, so that the first two have the same rate; the first one is $k = 1$."""
    return decayed(grad, x0, [eta / max(k, 1) for k in range(steps)], trajectory)


@decaying.misconception(credit="1/2")
def k_from_two(grad, x0, eta, steps, *, trajectory):
    """The first step is divided by 2 already; it has $k = 1$ and the full rate."""
    return decayed(grad, x0, [eta / (k + 2) for k in range(steps)], trajectory)


@decaying.misconception(credit="1/4")
def rate_compounds(grad, x0, eta, steps, *, trajectory):
    """You divide the rate that has been divided before, so that it falls like $1/k!$; divide the first one by $k$."""
    return decayed(grad, x0, eta / np.cumprod(np.arange(1, steps + 1)), trajectory)


@decaying.misconception(credit=0)
def rate_stays(grad, x0, eta, steps, *, trajectory):
    """The rate stays the same in all steps; divide it by $k$."""
    return decayed(grad, x0, [eta] * steps, trajectory)


def shown(points, trajectory):
    return points if trajectory == "with_start" else points[1:]
