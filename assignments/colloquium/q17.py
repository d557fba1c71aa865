r"""The derivative of a state by the weights

The states of a recurrent network are $s_t = f(a_t)$ with $a_t = U x_t + W s_{t-1}$; $s_0$ is given and depends on
nothing. $\partial s_t/\partial W_*$ is the *immediate* derivative, in which $s_{t-1}$ is held constant.

*Numbers.* For $a_t = u x_t + w s_{t-1}$ write $f'(a_1)$, $f'(a_2)$, … for the derivatives of the activation
(`f'(a_2)`, `f'(a2)`, `df/da_2`), and use $w$, $s_t$ and $a_t$ as you like.

*Vectors.* In the general formula use $\partial s_j/\partial s_{j-1}$ and $\partial s_i/\partial W_*$. In plain text
sums and products are written like `sum(i=1..k, …)` and `prod(j=1..k, …)`, in LaTeX `\sum_{i=1}^{k}` and
`\prod_{j=1}^{k}`, the indexed symbols `ds_j/ds_{j-1}` and `ds_i/dW_*`.

*Which of these are true?*

{statements}

*In Python, with numpy arrays.* Write `state_jacobian(X, s0, U, W)`, which returns $\partial s_T/\partial W$ after the
`T` steps of `X`, for $f = \tanh$. The shapes are `(T, n)` for `X`, `(d,)` for `s0`, `(d, n)` for `U` and `(d, d)` for
`W`. The result may have the shape `(d, d, d)`, `[a, b, c]` being $\partial s_T[a]/\partial W[b, c]$, or `(d, d*d)` or
`(d*d, d)` with the entries of `W` row by row, or `(d, d*d)` with those column by column.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assignments.colloquium._recurring import W as WEIGHT
from assignments.colloquium._recurring import last_step, numbers_up_to, without_slopes, without_weights
from grader.author import Answer, Code, Slip, Task, case
from grader.author.matrices import matrix_slips, miswritten
from grader.author.near_misses import broken_line
from grader.author.wording import Options
from grader.comparators.chain import Chain
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.matrix_formula import MatrixFormula
from grader.comparators.value import Value
from reference.recurrent import leaky_state_derivative, state_jacobian

NUMBERS = numbers_up_to(3)
THREE = (
    "f'(a_3) * (s_2 + w * f'(a_2) * (s_1 + w * f'(a_1) * s_0))",
    "f'(a_3) * s_2 + f'(a_3) * w * f'(a_2) * s_1 + f'(a_3) * w * f'(a_2) * w * f'(a_1) * s_0",
    "∂s_3/∂s_2 @ ∂s_2/∂s_1 @ ∂s_1/∂w_* + ∂s_3/∂s_2 @ ∂s_2/∂w_* + ∂s_3/∂w_*",
)
VECTORS = MatrixFormula(
    families={"∂s_i/∂s_{i-1}": ("d", "d"), "∂s_i/∂W_*": ("d", "p"), "∂s_k/∂W": ("d", "p")},
    definitions={"∂s_k/∂W": "sum(i=1..k, prod(j=i+1..k, ∂s_j/∂s_{j-1}) @ ∂s_i/∂W_*)"},
    indices={"k": range(1, 6)},
    asked=("∂s_k/∂W",),
)
STATEMENTS = {
    "immediate": r"$\partial s_k/\partial W_*$ holds $s_{k-1}$ constant, although it depends on $W$.",
    "recursion": r"For every $k > 1$ $\frac{\partial s_k}{\partial W} = \frac{\partial s_k}{\partial s_{k-1}} "
    r"\frac{\partial s_{k-1}}{\partial W} + \frac{\partial s_k}{\partial W_*}$.",
    "order": r"If the states are vectors, the factors $\partial s_j/\partial s_{j-1}$ do not commute.",
    "first": r"$\frac{\partial s_1}{\partial W} = \frac{\partial s_1}{\partial W_*}$, because $s_0$ does not "
    "depend on $W$.",
    "empty": r"For $i = k$ the product over $j$ has no factors, so that this term of the sum is zero.",
    "given": r"$\frac{\partial s_k}{\partial W} = \frac{\partial s_k}{\partial W_*}$ for every $k$, because "
    "$s_{k-1}$ is known by then.",
}
TRUE = ("immediate", "recursion", "order", "first")
TERMS = (
    "last_term_only",
    "last_term_lost",
    "activation_lost",
    "activation_argument",
    "index_shifted",
)
JACOBIAN = {
    "terms": {
        "all": None,
        "last": Slip(
            "1/4",
            "Only the last step is in your derivative: $s_{k-1}$ depends on $W$, too, and so do all states before.",
        ),
    },
    "product": {
        "right": None,
        "short": Slip(
            "1/4", r"The products of Jacobians are one factor too short; they run from $i + 1$ to $k$."
        ),
        "long": Slip(
            "1/4", r"The products of Jacobians are one factor too long; they run from $i + 1$ to $k$."
        ),
    },
    "weight": {
        "W": None,
        "transposed": Slip(
            "1/2",
            r"$W^T$ stands in the Jacobian; $\partial s_j/\partial s_{j-1} = \mathrm{diag}(f'(a_j)) W$.",
        ),
        "in_front": Slip(
            "1/2",
            r"The factors of the Jacobian are swapped; $\partial s_j/\partial s_{j-1} = \mathrm{diag}(f'(a_j)) W$.",
        ),
    },
    "slope": {
        "kept": None,
        "lost": Slip(
            "1/4", r"The derivative of the activation is lost: $f'(a_t)$ is a factor in every step."
        ),
        "of_argument": Slip(
            "1/4", r"For tanh you wrote $1 - a^2$ of the argument; the derivative is $1 - s^2$ of the value."
        ),
    },
}

scalar = Answer(
    "scalar", 1, NUMBERS, slips=matrix_slips(*TERMS, "product_short"),
    asks=r"`q17_scalar`: $\partial s_3/\partial w$ for numbers.",
)  # fmt: skip
steps = Answer(
    "steps", 1, Chain(NUMBERS, names=("∂s_3/∂w", "ds_3/dw", "ds3/dw")), slips=matrix_slips(*TERMS, "product_short"),
    near=[broken_line("1/2")],
    asks=r"`q17_steps`: the way there, a line for each step; every line equals $\partial s_3/\partial w$, and the "
    "last one is your answer.",
)  # fmt: skip
general = Answer(
    "general", 2, VECTORS,
    slips=matrix_slips(
        "last_term_only",
        "last_term_lost",
        "first_term_lost",
        "product_short",
        "product_long",
        "total_for_immediate",
        "order",
        "index_shifted",
    ),
    asks=r"`q17_general`: $\partial s_k/\partial W$ for any $k$, as a sum of products.",
)  # fmt: skip
true = Answer(
    "true", 1, Choice(tuple("123456"), several=True, partial=True),
    asks="`q17_true`: the numbers of the true statements, such as `1, 4`.",
)  # fmt: skip
dw_with_q16 = Answer(
    "dw_with_q16", 1, Value(),
    asks=r"`q17_dw_with_q16`: $\partial s_3/\partial w$ by hand, with your states of question 16, $w = 2$ and "
    r"the same $f$: $f'(a) = 1$ for $a > 0$, $f'(a) = \frac{1}{2}$ else.",
)  # fmt: skip
jacobian = Code(
    "state_jacobian", 2, Close(), slips=JACOBIAN,
    asks="The function `state_jacobian(X, s0, U, W)`.",
)  # fmt: skip


def dealt(rng):
    return {"statements": Options.dealt(rng, STATEMENTS)}


task = Task(
    parts=[scalar, steps, general, true, dw_with_q16, jacobian],
    variants=dealt,
    conventions={
        "layout": {
            "cube": "the Jacobian has the shape (d, d, d)",
            "rows": "the Jacobian has the shape (d, d·d), W row by row",
            "turned": "the Jacobian has the shape (d·d, d), W row by row",
            "columns": "the Jacobian has the shape (d, d·d), W column by column",
        }
    },
)


@scalar.oracle
@steps.oracle
def scalar_in_symbols(**rules):
    return miswritten(THREE, NUMBERS, rules)


@scalar.misconception(credit="1/4")
@steps.misconception(credit="1/4")
def weight_lost():
    """The factor $w$ is lost: the state before stands in $a_t$ multiplied by $w$, and so does its derivative."""
    return "f'(a_3) * (s_2 + f'(a_2) * (s_1 + f'(a_1) * s_0))"


@general.oracle
def general_in_symbols(**rules):
    return miswritten(dict(VECTORS.definitions)["∂s_k/∂W"], VECTORS, rules)


@true.oracle
def true_statements(statements):
    return statements.labels(*TRUE)


@true.misconception(credit="1/2")
def empty_product_zero(statements):
    """A product without factors is 1, or the identity matrix: for $i = k$ the immediate derivative itself is left."""
    return statements.labels(*TRUE, "empty")


@true.misconception(credit="1/4")
def state_given(statements):
    """That $s_{k-1}$ is known as a number does not make it independent of $W$: its derivative belongs to the sum."""
    return statements.labels(*TRUE, "given")


def exact(q16_s):
    return [Fraction(float(s)) for s in np.ravel(np.asarray(q16_s, dtype=float))]


@dw_with_q16.oracle
def derivative_by_hand(q16_s):
    return leaky_state_derivative(exact(q16_s), WEIGHT)


@dw_with_q16.misconception(credit="1/4")
def last_step_only(q16_s):
    """Only the last step is in your derivative: $s_2$ depends on $w$, too."""
    return last_step(exact(q16_s))


@dw_with_q16.misconception(credit="1/4")
def no_slopes(q16_s):
    """The derivative of the activation is lost: $f'(a_t)$ is a factor in each step, ½ where $a_t < 0$."""
    return without_slopes(exact(q16_s))


@dw_with_q16.misconception(credit="1/4")
def no_weights(q16_s):
    """The factor $w$ is lost: the state before stands in $a_t$ multiplied by $w$, and so does its derivative."""
    return without_weights(exact(q16_s))


def in_layout(J, layout):
    d = len(J)
    match layout:
        case "rows":
            return J.reshape(d, d * d)
        case "turned":
            return J.reshape(d, d * d).T
        case "columns":
            return J.transpose(0, 2, 1).reshape(d, d * d)
    return J


def unrolled(X, s0, U, W, terms, product, weight, slope):
    """Σ_i (Π_j ∂s_j/∂s_{j−1}) ∂s_i/∂W_*, term by term, with what went wrong."""
    if (terms, product, weight, slope) == ("all", "right", "W", "kept"):
        return state_jacobian(X, s0, U, W)
    a, s = [s0], [s0]
    for x in X:
        a.append(U @ x + W @ s[-1])
        s.append(np.tanh(a[-1]))
    slopes = [np.diag({"kept": 1 - s**2, "lost": np.ones_like(s), "of_argument": 1 - a**2}[slope]) for a, s in
              zip(a, s, strict=True)]  # fmt: skip
    k, d = len(X), len(s0)
    total = np.zeros((d, d, d))
    for i in range(k if terms == "last" else 1, k + 1):
        term = np.einsum("ab,c->abc", slopes[i], s[i - 1])
        for j in range(i + {"right": 1, "short": 2, "long": 0}[product], k + 1):
            J = {"W": slopes[j] @ W, "transposed": slopes[j] @ W.T, "in_front": W @ slopes[j]}[weight]
            term = np.einsum("ab,bcd->acd", J, term)
        total += term
    return total


SEQUENCES = (  # steps, inputs, neurons, scale, aspect
    (2, 1, 2, 0.6, "two steps"),
    (3, 2, 3, 0.6, "three steps"),
    (1, 2, 2, 0.6, "one step"),
    (5, 3, 4, 0.5, "many steps"),
    (4, 1, 1, 0.6, "one neuron"),
)


@jacobian.cases
def sequences(rng):
    for T, n, d, scale, aspect in SEQUENCES:
        arrays = (scale * rng.normal(size=shape) for shape in ((T, n), (d,), (d, n), (d, d)))
        yield case(*arrays, aspect=aspect, public=aspect == "two steps")


@jacobian.oracle
def jacobian_in_code(X, s0, U, W, *, layout, terms, product, weight, slope):
    return in_layout(unrolled(X, s0, U, W, terms, product, weight, slope), layout)
