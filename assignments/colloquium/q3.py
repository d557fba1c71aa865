r"""Newton's method

Expanded up to the second derivatives, $f$ has its minimum where Newton's method steps:
$x := x - \eta (\nabla^2 f(x))^{-1} \nabla f(x)$ with the rate $\eta$.

*One variable.* For $f(x) = {printed_1}$ write the expansion of $f(x + h)$ up to $h^2$ as a formula of $x$ and $h$,
and the point after one step with $\eta = 1$ as a formula of $x$.

*Two variables, by hand.* $f(x, y) = {printed_2}$, the point is $(x, y) = {point}$, $\eta = 1$. Write the gradient,
the matrix of second derivatives (row by row) and the point after one step; fractions are welcome:
`q3_stepped = [1/2, -3]`.

*In Python, with numpy arrays.* Write `newton(grad, hess, x0, eta, steps)`, which returns the trajectory: an array
with a row for every point. `grad(x)` has the shape `(n,)`, `hess(x)` the shape `(n, n)`. The trajectory may begin
with `x0` or with the point after the first step. The module `functions` has derivatives to try it out.

*In practice* one takes quasi-Newton methods such as L-BFGS. Why?

{options}
"""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np

from assignments.colloquium.given import functions
from grader.author import Answer, Code, Options, Slip, Task, case, given
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.value import Value
from reference import taylor
from reference.descent import newton

PLUS = Slip("1/2", r"The sign is lost: Newton's method *subtracts* $(\nabla^2 f)^{-1} \nabla f$.")
SIGN = {"sign": {"minus": None, "lost": PLUS}}
HESSIAN = {
    "hessian": {
        "whole": None,
        "diagonal": Slip(
            "1/4",
            "Only the diagonal of the matrix of second derivatives is used; the mixed derivatives belong to it.",
        ),
        "none": Slip(
            "1/4", "This is a step along the gradient; Newton's method divides by the second derivatives."
        ),
    },
}
EXPANSION = {
    "second": {
        "halved": None,
        "whole": Slip("1/2", r"The ½ is lost: Taylor's formula has $\frac{1}{2} f''(x) h^2$."),
        "lost": Slip(
            "1/4",
            "This goes up to the first derivative only, and has no minimum; the second derivatives belong to it.",
        ),
    },
    "value": {"kept": None, "lost": Slip("1/2", "The value $f(x)$ itself is left out.")},
}
OPTIONS = {
    "cost": "the second derivatives take long to compute and to invert",
    "steps": "they need fewer steps than Newton's method",
    "gradient": "they do without the gradient",
    "global": "they always find the global minimum",
}

model = Answer(
    "model", "1/2", Formula(("x", "h")), slips=EXPANSION,
    asks="`q3_model`: the expansion of $f(x + h)$, for one variable.",
)  # fmt: skip
formula = Answer(
    "formula", 1, Formula(("x",)), slips=SIGN,
    asks="`q3_formula`: the point after one step from $x$, for one variable.",
)  # fmt: skip
gradient = Answer("gradient", "1/2", Value(), asks="`q3_gradient`: the gradient at the point.")
second = Answer("second", "1/2", Value(), asks="`q3_second`: the matrix of second derivatives at the point.")
stepped = Answer(
    "stepped", 1, Value(), slips={**SIGN, **HESSIAN}, asks="`q3_stepped`: the point after one step."
)
code = Code(
    "newton", 2, Close(), slips={**SIGN, **HESSIAN},
    asks="The function `newton(grad, hess, x0, eta, steps)`.",
)  # fmt: skip
practice = Answer(
    "practice", "1/2", Choice(("1", "2", "3", "4")), asks="`q3_practice`: the number of the right answer."
)


def dealt(rng):
    """Deal functions with a mixed derivative, on which every mistake gives another point with short fractions."""
    while True:
        f = {
            (2, 0): rng.choice((1, 2, 3)),
            (1, 1): rng.choice((-2, -1, 1, 2)),
            (0, 2): rng.choice((1, 2, 3)),
            (1, 0): rng.randint(-6, 6),
        }
        f |= {(0, 3): rng.choice((-1, 1))}
        point = (rng.randint(-3, 3), rng.choice((-2, -1, 1, 2)))
        H, g = taylor.hessian(f, point), taylor.gradient(f, point)
        determinant = H[0][0] * H[1][1] - H[0][1] * H[1][0]
        if abs(determinant) in (4, 5, 8, 10) and H[1][1] and all(g) and f[1, 0]:
            ways = [
                tuple(point_after(f, point, *way))
                for way in (("minus", "whole"), ("lost", "whole"), ("minus", "diagonal"), ("minus", "none"))
            ]
            if len(set(ways)) == len(ways):
                break
    cubic = {(3,): rng.choice((1, 2)), (2,): rng.choice((-3, -1, 1, 3)), (1,): rng.choice((-5, -2, 2, 5))}
    return {
        "f_1": tuple(cubic.items()),
        "f_2": tuple(f.items()),
        "printed_1": taylor.in_print(cubic, ("x",)),
        "printed_2": taylor.in_print(f, ("x", "y")),
        "point": point,
        "options": Options.dealt(rng, OPTIONS),
    }


def point_after(f, point, sign, hessian):
    """The point after one step, exactly."""
    g, H = taylor.gradient(f, point), taylor.hessian(f, point)
    if hessian == "none":
        step = list(g)
    elif hessian == "diagonal":
        step = [Fraction(g[i]) / H[i][i] for i in (0, 1)]
    else:
        step = [x - new for x, new in zip(point, taylor.newton_step(f, point), strict=True)]
    return [x + s if sign == "lost" else x - s for x, s in zip(point, step, strict=True)]


task = Task(
    parts=[model, formula, gradient, second, stepped, code, practice],
    variants=dealt,
    conventions={
        "trajectory": {
            "with_start": "a trajectory begins with x₀",
            "without": "a trajectory begins after the first step",
        },
    },
)


def derivatives(f):
    first = taylor.derivative(dict(f), 0)
    return taylor.formula(first, ("x",)), taylor.formula(taylor.derivative(first, 0), ("x",))


@model.oracle
def right_model(f_1, second, value):
    if (second, value) == ("halved", "kept"):
        return taylor.second_order(dict(f_1), "x", "h")
    first, curvature = derivatives(f_1)
    begin = {"kept": taylor.formula(dict(f_1), ("x",)), "lost": "0"}[value]
    end = {"halved": f"h**2/2*({curvature})", "whole": f"h**2*({curvature})", "lost": "0"}[second]
    return f"{begin} + h*({first}) + {end}"


@model.misconception(credit="1/2")
def not_cut_off(f_1):
    """This is $f(x + h)$ as a whole; the expansion ends with $h^2$, so that its minimum is easily found."""
    return re.sub(r"\bx\b", "(x + h)", taylor.formula(dict(f_1), ("x",)))


@formula.oracle
def right_formula(f_1, sign):
    first, second = derivatives(f_1)
    if sign == "lost":
        return f"x + ({first})/({second})"
    return f"x - ({first})/({second})"


@formula.misconception(credit="1/4")
def gradient_step(f_1):
    """This is a step along the gradient; Newton's method divides by the second derivative."""
    return f"x - ({derivatives(f_1)[0]})"


@formula.misconception(credit="1/4")
def root_of_the_function(f_1):
    """This is Newton's method for a root of $f$ itself; at a minimum it is the derivative that is 0."""
    return f"x - ({taylor.formula(dict(f_1), ('x',))})/({derivatives(f_1)[0]})"


@gradient.oracle
def right_gradient(f_2, point):
    return taylor.gradient(dict(f_2), point)


@second.oracle
def right_second(f_2, point):
    return taylor.hessian(dict(f_2), point)


@second.misconception(credit="1/4")
def mixed_derivatives_left_out(f_2, point):
    """The mixed derivatives are left out; they stand beside the diagonal."""
    return np.diag(np.diag(taylor.hessian(dict(f_2), point)))


@stepped.oracle
def right_point(f_2, point, sign, hessian):
    if (sign, hessian) == ("minus", "whole"):
        return taylor.newton_step(dict(f_2), point)
    return point_after(dict(f_2), point, sign, hessian)


@practice.oracle
def right_reason(options):
    return options.label("cost")


@practice.misconception(credit=0)
def fewer_steps(options):
    """Newton's method itself needs few steps; what is dear is the matrix of second derivatives in each of them."""
    return options.label("steps")


@code.cases
def starts(rng):
    A, b = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, -1.0])
    slope, curve = given(functions.quadratic_gradient, A, b), given(functions.quadratic_hessian, A)
    yield case(slope, curve, np.array([3.0, 3.0]), 1.0, 1, aspect="one step", public=True)
    yield case(slope, curve, np.array([3.0, 3.0]), 0.5, 3, aspect="several steps", public=True)
    valley = given(functions.valley_gradient), given(functions.valley_hessian)
    yield case(*valley, np.array([-1.0, 1.5]), 1.0, 4, aspect="a bent valley")
    yield case(
        given(functions.bowl_gradient),
        given(functions.bowl_hessian),
        np.array([0.6]),
        1.0,
        3,
        aspect="one variable",
    )
    root = rng.normal(size=(4, 4))
    A = root @ root.T + np.eye(4)
    slope, curve = (
        given(functions.quadratic_gradient, A, rng.normal(size=4)),
        given(functions.quadratic_hessian, A),
    )
    yield case(slope, curve, rng.normal(size=4), 0.7, 5, aspect="several variables")


def shown(points, trajectory):
    return points if trajectory == "with_start" else points[1:]


@code.oracle
def right_newton(grad, hess, x0, eta, steps, *, trajectory, sign, hessian):
    if sign == "lost":
        eta = -eta
    curve = hess
    if hessian == "diagonal":
        curve = lambda x: np.diag(np.diag(hess(x)))  # noqa: E731 - a function in place of another
    if hessian == "none":
        curve = lambda x: np.eye(len(x))  # noqa: E731 - the same
    return shown(newton(grad, curve, x0, eta, steps), trajectory)


@code.misconception(credit="1/4")
def divided_elementwise(grad, hess, x0, eta, steps):
    """You divide by the matrix element by element; solve the system $\\nabla^2 f(x) s = \\nabla f(x)$ instead."""
    x, points = x0, [x0]
    for _ in range(steps):
        with np.errstate(all="ignore"):
            x = x - eta * grad(x) / hess(x)
        points.append(x)
    return points


@code.misconception(credit="1/2")
def hessian_of_the_start(grad, hess, x0, eta, steps, *, trajectory):
    """The second derivatives are taken at $x_0$ in every step; take them at the point where you are."""
    return shown(newton(grad, lambda x: hess(x0), x0, eta, steps), trajectory)


@code.misconception(credit="1/4")
def multiplied_by_the_matrix(grad, hess, x0, eta, steps, *, trajectory):
    """You multiply by the matrix of second derivatives; Newton's method multiplies by its inverse."""
    return shown(newton(grad, lambda x: np.linalg.inv(hess(x)), x0, eta, steps), trajectory)
