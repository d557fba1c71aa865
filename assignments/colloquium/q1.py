r"""Gradient descent from Taylor's formula

To make $f(x)$ small, it is expanded around a point $x_0$ up to the first derivative, and a step is made to where the
expansion falls most steeply.

*On paper.* $f(x, y) = {printed}$ around the point $(x_0, y_0) = {point}$. Write the expansion as a formula of $x$ and
$y$ with the numbers of the point in it, and the direction as a vector such as `q1_direction = [1, -2]`; its length
does not matter.

*The step.* Among all steps $x - x_0$ of the same length, which one makes $\langle x - x_0, \nabla f(x_0) \rangle$
{extreme}?

{options}

*In Python, with numpy arrays.* Write `gradient_descent(grad, x0, eta, steps)`, which makes so many steps with the
rate `eta` and returns the trajectory: an array with a row for every point, in their order. `grad(x)` is the gradient
at `x`; `x` and `x0` have the shape `(n,)`. The first row may be `x0` itself or the point after the first step. The
module `functions` has gradients to try it out.
"""

from __future__ import annotations

import numpy as np

from assignments.colloquium.given import functions
from grader.author import Answer, Code, Options, Phrase, Slip, Task, case, given
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.up_to_factor import UpToFactor
from grader.comparators.value import Value
from reference import taylor
from reference.descent import gradient_descent

NAMES = ("x", "y")
UPHILL = Slip("1/2", "You go uphill: the function falls most steeply along the *anti*gradient, $-\\nabla f$.")
STEPS = {
    "direction": {"down": None, "up": UPHILL},
    "count": {
        "right": None,
        "one_more": Slip("1/2", "You make one step too many."),
        "one_fewer": Slip("1/2", "You make one step too few."),
    },
}
OPTIONS = {
    "along": r"the one along $\nabla f(x_0)$, in the same direction",
    "against": r"the one along $\nabla f(x_0)$, in the opposite direction",
    "across": r"the one perpendicular to $\nabla f(x_0)$",
    "any": "all of them alike, since they have the same length",
}
EXTREMES = {"largest": "along", "smallest": "against", "equal to zero": "across"}

expansion = Answer(
    "expansion", "3/2", Formula(NAMES),
    asks="`q1_expansion`: the expansion of $f$ up to the first derivatives.",
)  # fmt: skip
direction = Answer(
    "direction", 1, UpToFactor(Value(), positive=True),
    slips={"direction": STEPS["direction"]},
    asks="`q1_direction`: the direction of steepest *descent* at the point.",
)  # fmt: skip
step = Answer("step", "1/2", Choice(("1", "2", "3", "4")), asks="`q1_step`: the number of the right answer.")
descent = Code(
    "gradient_descent", 2, Close(), slips=STEPS,
    asks="The function `gradient_descent(grad, x0, eta, steps)`.",
)  # fmt: skip


def dealt(rng):
    """Deal a polynomial with a mixed term, whose gradient at the point has two different entries, none of them 0."""
    while True:
        powers = [
            (2, 0),
            rng.choice(((1, 1), (2, 1), (1, 2))),
            rng.choice(((0, 2), (0, 3))),
            rng.choice(((1, 0), (0, 1))),
        ]
        f = {power: rng.choice((-3, -2, -1, 1, 2, 3)) for power in powers}
        point = (rng.choice((-2, -1, 1, 2)), rng.choice((-2, -1, 1, 2)))
        g, size = taylor.gradient(f, point), taylor.value(f, point)
        shift = g[0] * point[0] + g[1] * point[1]  # is lost where nothing is moved to the point
        if (
            all(g)
            and abs(g[0]) != abs(g[1])
            and size
            and max(map(abs, g)) < 30
            and g[0] * point[1] != g[1] * point[0]
            and shift not in (0, -size)
        ):
            break
    return {
        "f": tuple(f.items()),
        "printed": taylor.in_print(f, NAMES),
        "point": point,
        "extreme": Phrase(rng.choice(sorted(EXTREMES))),
        "options": Options.dealt(rng, OPTIONS),
    }


task = Task(
    parts=[expansion, direction, step, descent],
    variants=dealt,
    conventions={
        "trajectory": {
            "with_start": "the trajectory begins with x₀",
            "without": "the trajectory begins after the first step",
        }
    },
)


@expansion.oracle
def right_expansion(f, point):
    return taylor.first_order(dict(f), NAMES, point)


@expansion.misconception(credit="1/2")
def value_left_out(f, point):
    """The value $f(x_0)$ at the point itself is left out."""
    return f"{taylor.first_order(dict(f), NAMES, point)} - ({taylor.value(dict(f), point)})"


@expansion.misconception(credit="1/4")
def gradient_at_x(f, point):
    """You took the gradient at $x$ instead of at $x_0$: then the expansion is no linear function."""
    slopes = [taylor.formula(taylor.derivative(dict(f), axis), NAMES) for axis in (0, 1)]
    terms = [f"({slope})*({name} - ({x}))" for slope, name, x in zip(slopes, NAMES, point, strict=True)]
    return " + ".join([f"({taylor.value(dict(f), point)})", *terms])


@expansion.misconception(credit="1/4")
def not_moved_to_the_point(f, point):
    """The derivatives are multiplied by $x$ and $y$ themselves instead of by $x - x_0$ and $y - y_0$."""
    g = taylor.gradient(dict(f), point)
    return f"({taylor.value(dict(f), point)}) + ({g[0]})*x + ({g[1]})*y"


@direction.oracle
def right_direction(f, point, direction):
    g = np.array(taylor.gradient(dict(f), point))
    return g if direction == "up" else -g


@direction.misconception(credit="1/4")
def derivatives_swapped(f, point):
    """The derivatives by $x$ and by $y$ are swapped."""
    return -np.array(taylor.gradient(dict(f), point))[::-1]


@step.oracle
def right_step(extreme, options):
    return options.label(EXTREMES[str(extreme)])


@step.misconception(credit=0)
def sign_of_the_product(extreme, options):
    """The product of vectors of given lengths is largest where they have the same direction, smallest where opposite,
    and 0 where they are perpendicular."""
    other = {"largest": "against", "smallest": "along", "equal to zero": "any"}
    return options.label(other[str(extreme)])


STARTS = (  # gradient, start, rate, steps, aspect
    (given(functions.bowl_gradient), [3.0, -2.0, 0.5], 0.7, 4, "several variables"),
    (given(functions.valley_gradient), [-1.0, 1.5], 0.01, 6, "a bent valley"),
    (given(functions.bowl_gradient), [1.0], 0.1, 2, "one variable"),
)


@descent.cases
def starts(rng):
    A = np.array([[2.0, 0.0], [0.0, 4.0]])
    slope = given(functions.quadratic_gradient, A, np.array([2.0, 4.0]))
    yield case(slope, np.array([3.0, 3.0]), 0.25, 1, aspect="one step", public=True)
    yield case(slope, np.array([3.0, 3.0]), 0.1, 3, aspect="several steps", public=True)
    for grad, x0, eta, steps, aspect in STARTS:
        yield case(grad, np.array(x0), eta, steps, aspect=aspect)
    root = rng.normal(size=(5, 5))
    slope = given(functions.quadratic_gradient, root @ root.T + np.eye(5), rng.normal(size=5))
    yield case(slope, rng.normal(size=5), 0.05, 10, aspect="several variables")


def shown(points, trajectory):
    return points if trajectory == "with_start" else points[1:]


@descent.oracle
def right_descent(grad, x0, eta, steps, *, trajectory, direction, count):
    if direction == "up":
        eta = -eta
    if count == "one_more":
        steps += 1
    if count == "one_fewer":
        steps -= 1
    return shown(gradient_descent(grad, x0, eta, steps), trajectory)


@descent.misconception(credit="1/4")
def gradient_of_the_start(grad, x0, eta, steps, *, trajectory):
    """The gradient is taken at $x_0$ in every step; take it at the point where you are."""
    return shown(x0 - eta * np.arange(steps + 1)[:, None] * grad(x0), trajectory)


@descent.misconception(credit="1/4")
def last_point_only(grad, x0, eta, steps):
    """This is the last point alone; the trajectory has a row for every point."""
    return gradient_descent(grad, x0, eta, steps)[-1]
