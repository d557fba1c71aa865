r"""Gradient boosting of any loss

The loss on one object is $L(y, z)$, where $y$ is the right answer and $z$ that of the composition. In every step
gradient boosting computes the shifts $s_i = -L'_z(y_i, a_{n-1}(x_i))$, fits the next algorithm $b_n$ to them and adds
it to the composition: $a_n(x) = a_{n-1}(x) + b_n(x)$.

*Shifts as formulas* of $y$ and $z$. You may take the squared error as $(y - z)^2$ or as $\frac{1}{2} (y - z)^2$, if
you keep to it by hand, too. The labels of the logistic loss $\ln(1 + e^{-yz})$ are −1 and 1. The third loss is
$L(y, z) = {loss}$.

*By hand.* There are four objects, $x = 1, 2, 3, 4$ with $y = {y}$, and the composition answers $a = {a}$ so far. The
loss is the squared error; the next algorithm asks «is $x ≤ {threshold}$?» and answers on either side with the mean of
the shifts. Write numbers like `q7_shifts = [1, -2, 0.5, 3]`.

*How $b_n$ is fitted.* What does the next algorithm minimise, whatever the loss?

{options}

*In Python, with numpy arrays.* Write `gradient_boost(X, y, fit, dloss, N)`, which begins with $a_0(x) = 0$ and
returns the answers of the composition of `N` algorithms to the objects of the sample. `dloss(y, z)` is $L'_z$ for
arrays `y` and `z`; `b = fit(X, s)` fits an algorithm to `s`, and `b(X)` gives its answers. The modules `trees` and
`losses` have some to try it out.
"""

from __future__ import annotations

import numpy as np

from assignments.colloquium.given import losses, trees
from grader.author import Answer, Code, Options, Slip, Task, case, given
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.value import Value
from reference.boosting import gradient_boost

UPHILL = Slip("1/2", "The sign is lost: shifts are the *anti*gradient, so that the loss falls.")
SIGN = {"sign": {"minus": None, "lost": UPHILL}}
TARGETS = {
    "targets": {
        "shifts": None,
        "y": Slip(
            "1/4",
            "The algorithms are fitted to $y$ itself; from the first step on they are fitted to the shifts.",
        ),
        "first_shifts": Slip(
            "1/4",
            "The shifts are computed once and for all; compute them anew for the composition of every step.",
        ),
    },
}
LABEL = {
    "label": {
        "kept": None,
        "lost": Slip(
            "1/2", "The factor $y$ is lost: it is the derivative of the inner function $yz$ by $z$."
        ),
    },
}

LOSSES = {  # in print → the shift, that by y, the one without the factor y, the one without the inner derivative
    "e^{-yz}": ("y*exp(-y*z)", "z*exp(-y*z)", "exp(-y*z)", "-exp(-y*z)"),
    "e^{-3yz}": ("3*y*exp(-3*y*z)", "3*z*exp(-3*y*z)", "3*exp(-3*y*z)", "-exp(-3*y*z)"),
    "(1 - yz)^2": ("2*y*(1 - y*z)", "2*z*(1 - y*z)", "2*(1 - y*z)", "-2*(1 - y*z)"),
    r"\ln(1 + e^{-2yz})": (
        *("2*y/(1 + exp(2*y*z))", "2*z/(1 + exp(2*y*z))"),
        *("2/(1 + exp(2*y*z))", "-1/(1 + exp(2*y*z))"),
    ),
}
FITTED = {
    "squares": r"the sum of $(b(x_i) - s_i)^2$",
    "loss": r"the sum of $L(y_i, b(x_i))$",
    "targets": r"the sum of $(b(x_i) - y_i)^2$",
    "product": r"the sum of $b(x_i) s_i$",
}

in_symbols = Formula(("y", "z"))
mse = Answer(
    "mse", "1/2", in_symbols, slips=SIGN,
    asks="`q7_mse`: the shift for the squared error.",
)  # fmt: skip
logistic = Answer(
    "logistic", 1, in_symbols, slips={**SIGN, **LABEL},
    asks="`q7_logistic`: the shift for the logistic loss.",
)  # fmt: skip
other = Answer(
    "other", 1, in_symbols, slips={**SIGN, **LABEL},
    asks="`q7_other`: the shift for the third loss.",
)  # fmt: skip
shifts = Answer(
    "shifts", "1/2", Value(), slips=SIGN,
    asks="`q7_shifts`: the four shifts.",
)  # fmt: skip
added = Answer("added", 1, Value(), asks="`q7_added`: the four answers of the composition after this step.")
fitted = Answer(
    "fitted", "1/2", Choice(("1", "2", "3", "4")), asks="`q7_fitted`: the number of the right answer."
)
boost = Code(
    "gradient_boost", 3, Close(), slips={**SIGN, **TARGETS},
    asks="The function `gradient_boost(X, y, fit, dloss, N)`.",
)  # fmt: skip


def dealt(rng):
    """Deal numbers that stay exact to the end, and on which the mistakes show."""
    while True:
        y, a = ([rng.randint(-4, 4) for _ in range(4)] for _ in range(2))
        threshold = rng.choice((1, 2, 3))
        shifts = [u - v for u, v in zip(y, a, strict=True)]
        low, high = map(sum, split(shifts, threshold))
        uneven = any(len(set(side)) > 1 for side in split(shifts, threshold))
        if low % threshold == 0 and high % (4 - threshold) == 0 and low and high and uneven and any(a):
            break
    return {
        "loss": rng.choice(sorted(LOSSES)),
        "y": tuple(y),
        "a": tuple(a),
        "threshold": threshold,
        "options": Options.dealt(rng, FITTED),
    }


def split(values, threshold):
    return values[:threshold], values[threshold:]


task = Task(
    parts=[mse, logistic, other, shifts, added, fitted, boost],
    variants=dealt,
    conventions={
        "squared_error": {"whole": "the squared error is (y − z)²", "half": "the squared error is ½(y − z)²"}
    },
)


@mse.oracle
def shift_of_squared_error(squared_error, sign):
    shift = "2*(y - z)" if squared_error == "whole" else "y - z"
    if sign == "lost":
        return f"-({shift})"
    return shift


@logistic.oracle
def shift_of_logistic_loss(sign, label):
    if label == "lost":
        return "1/(1 + exp(y*z))" if sign == "minus" else "-1/(1 + exp(y*z))"
    if sign == "lost":
        return "-y/(1 + exp(y*z))"
    return "y/(1 + exp(y*z))"


@logistic.misconception(credit="1/2")
def sigmoid_of_margin():
    """The sigmoid has the wrong argument: the shift is $y σ(-yz)$, large where the margin $yz$ is negative."""
    return "y/(1 + exp(-y*z))"


@logistic.misconception(credit="1/4")
def logistic_by_y():
    """You differentiated by the right answer $y$; the composition can change its own answer $z$ only."""
    return "z/(1 + exp(y*z))"


@other.oracle
def shift_of_other_loss(loss, sign, label):
    shift = LOSSES[loss][0]
    if label == "lost":
        shift = LOSSES[loss][2]
    if sign == "lost":
        return f"-({shift})"
    return shift


@other.misconception(credit="1/4")
def other_by_y(loss):
    """You differentiated by the right answer $y$; the composition can change its own answer $z$ only."""
    return LOSSES[loss][1]


@other.misconception(credit="1/4")
def inner_derivative_lost(loss):
    """The derivative of the inner function by $z$ is lost."""
    return LOSSES[loss][3]


@shifts.oracle
def shifts_by_hand(y, a, squared_error, sign):
    s = (2 if squared_error == "whole" else 1) * (np.array(y) - np.array(a))
    return -s if sign == "lost" else s


@added.oracle
def composition_by_hand(a, threshold, shifts):
    means = [np.mean(side) for side in split(list(np.ravel(shifts)), threshold) for _ in side]
    return np.array(a) + means


@added.misconception(credit="1/2")
def new_algorithm_alone(threshold, shifts):
    """These are the answers of the new algorithm alone; it is *added* to the composition."""
    return [np.mean(side) for side in split(list(np.ravel(shifts)), threshold) for _ in side]


@added.misconception(credit="1/4")
def shifts_added(a, shifts):
    """You added the shifts themselves; what is added are the answers of the algorithm that is fitted to them."""
    return np.array(a) + np.ravel(shifts)


@fitted.oracle
def right_option(options):
    return options.label("squares")


@fitted.misconception(credit=0)
def fitted_to_the_loss(options):
    """The loss enters through the shifts only; the algorithm itself is fitted to them by least squares."""
    return options.label("loss")


SAMPLES = (  # objects, features, algorithms, derivative, labels, aspect
    (6, 1, 2, losses.squared, False, "squared error"),
    (8, 2, 1, losses.logistic, True, "logistic loss"),
    (9, 1, 3, losses.logistic, True, "logistic loss"),
    (12, 2, 6, losses.log_cosh, False, "another loss"),
    (15, 3, 4, losses.exponential, True, "another loss"),
)


@boost.cases
def samples(rng):
    fit, x = given(trees.fit_tree), np.arange(1.0, 5.0)[:, None]
    yield case(x[:2], np.array([0.0, 4.0]), fit, given(losses.log_cosh), 1, aspect="one step", public=True)
    labels = np.array([1.0, -1.0, 1.0, 1.0])
    yield case(x, labels, fit, given(losses.logistic), 2, aspect="logistic loss", public=True)
    for objects, features, N, derivative, classes, aspect in SAMPLES:
        X = rng.normal(size=(objects, features))
        y = (
            np.where(X[:, 0] + rng.normal(size=objects) > 0, 1.0, -1.0)
            if classes
            else rng.normal(1, 2, objects)
        )
        yield case(X, y, fit, given(derivative), N, aspect=aspect)


@boost.oracle
def right_boost(X, y, fit, dloss, N, *, sign, targets):
    if (sign, targets) == ("minus", "shifts"):
        return gradient_boost(X, y, fit, dloss, N)
    a = np.zeros(len(y))
    for _ in range(N):
        s = -dloss(y, np.zeros(len(y)) if targets == "first_shifts" else a)
        s = y if targets == "y" else s
        a = a + fit(X, -s if sign == "lost" else s)(X)
    return a


@boost.misconception(credit="1/4")
def last_algorithm_only(X, y, fit, dloss, N):
    """The composition is overwritten by every new algorithm; add the algorithm to it."""
    a = np.zeros(len(y))
    for _ in range(N):
        a = fit(X, -dloss(y, a))(X)
    return a


@boost.misconception(credit="1/4")
def derivative_of_swapped_arguments(X, y, fit, dloss, N):
    """You call `dloss(z, y)`; the right answer comes first, `dloss(y, z)`."""
    a = np.zeros(len(y))
    for _ in range(N):
        a = a + fit(X, -dloss(a, y))(X)
    return a
