r"""A linear layer, one example

A layer of $m$ neurons with linear activation and without biases takes $n$ inputs: $z = xW$, where $x$ is a row
with $n$ entries, $W$ an $n \times m$ matrix and $z$ a row with $m$ entries. $L(z)$ is a scalar loss.

*Formulas.* Write them as you like: `x W`, `x @ W`, `x.T` or `x^T`; `dz` and `dL/dz` stand for
$\partial L/\partial z$. You may hold the vectors as columns instead ($W$ stays as it is, $z = W^T x$), if you keep
to it in all three formulas.

*By hand.* $x = {x}$, $W = {W}$, and the loss is $L = \frac{1}{2} \|z - t\|^2$ with $t = {t}$. Write
vectors and matrices row by row: `q10_dW = [[1, 2], [3, 4]]`.

*In Python, with numpy arrays.* Write `linear_forward(x, W)`, which returns $z$, and `linear_backward(x, W, dz)`,
which returns the pair `(dW, dx)`. The shapes are `(1, n)` for `x`, `(n, m)` for `W`, `(1, m)` for `z` and `dz`;
a gradient has the shape of what it is taken by.
"""

from __future__ import annotations

import numpy as np

from grader.author import Answer, Code, Matrix, Slip, Task, case
from grader.author.matrices import matrix_slips, miswritten
from grader.comparators.close import Close
from grader.comparators.matrix_formula import MatrixFormula
from grader.comparators.value import Value
from reference.linear_layer import linear_backward, linear_forward, squared_error_gradient

SLIPS = {
    "order": Slip(
        "1/4",
        "The factors stand in the wrong order: a product of matrices does not commute. Compare the shapes.",
    ),
    "transpose": Slip(
        "1/2",
        "A transpose is missing or stands on the wrong factor. Compare the shapes; "
        "where they agree by chance, write down one entry of the result as a sum.",
    ),
    "layout": Slip(
        "1/2",
        "Your matrix is the transpose of the right one: the gradient by W has the shape of W, inputs by neurons.",
    ),
    "product": Slip(
        0,
        "You multiplied element by element. A linear layer needs the product of matrices, "
        "forward as well as backward.",
    ),
}


def slips(*names, switch="wrong"):
    return {switch: {None: None, **{name: SLIPS[name] for name in names}}}


def dealt(rng):
    """Deal as many neurons as inputs, so that a lost transpose shows as a wrong number; no entry is zero."""
    entries = [-3, -2, -1, 1, 2, 3]
    x, dz, a, b = (rng.sample(entries, 2) for _ in range(4))
    while x[0] * dz[1] == x[1] * dz[0]:  # parallel rows would hide the transpose of their product
        dz = rng.sample(entries, 2)
    while (
        a[1] == b[0] or a[0] * b[1] == a[1] * b[0]
    ):  # and a symmetric W its own; a singular one leaves zeros
        b = rng.sample(entries, 2)
    z = linear_forward(np.array([x]), np.array([a, b]))
    return {"x": Matrix([x]), "W": Matrix([a, b]), "t": Matrix((z - dz).tolist())}


formulas = MatrixFormula({"x": (1, "n"), "W": ("n", "m"), "dz": (1, "m")}, {"dL/dz": "dz", "∂L/∂z": "dz"})
formula_z = Answer(
    "formula_z",
    "1/2",
    formulas,
    asks="`q10_formula_z`: the forward pass, $z$ as a formula of $x$ and $W$.",
    slips=matrix_slips("order", "transpose", "product"),
)
formula_dW = Answer(
    "formula_dW",
    1,
    formulas,
    asks=r"`q10_formula_dW`: $\partial L/\partial W$ as a formula of $x$ and $\partial L/\partial z$.",
    slips=matrix_slips("order", "transpose", "layout", "product"),
)
formula_dx = Answer(
    "formula_dx",
    1,
    formulas,
    asks=r"`q10_formula_dx`: $\partial L/\partial x$ as a formula of $W$ and $\partial L/\partial z$.",
    slips=matrix_slips("order", "transpose", "product"),
)
z = Answer("z", "1/2", Value(), asks="`q10_z`: $z$ by hand.", slips=slips("transpose", "product"))
dz = Answer("dz", "1/2", Value(), asks=r"`q10_dz`: $\partial L/\partial z$ by hand.")
dW = Answer(
    "dW",
    "1/2",
    Value(),
    asks=r"`q10_dW`: $\partial L/\partial W$ by hand.",
    slips=slips("order", "layout", "product"),
)
dx = Answer(
    "dx",
    "1/2",
    Value(),
    asks=r"`q10_dx`: $\partial L/\partial x$ by hand.",
    slips=slips("transpose", "product"),
)
forward = Code(
    "linear_forward",
    "1/2",
    Close(),
    asks="The function `linear_forward(x, W)`.",
    slips=slips("order", "transpose", "product"),
)
backward = Code(
    "linear_backward",
    1,
    Close(),
    asks="The function `linear_backward(x, W, dz)`.",
    slips={
        **slips("order", "transpose", "layout", "product", switch="by_W"),
        **slips("order", "transpose", "product", switch="by_x"),
    },
)
task = Task(
    parts=[formula_z, formula_dW, formula_dx, z, dz, dW, dx, forward, backward],
    variants=dealt,
    conventions={
        "layout": {"row": "vectors are rows, z = xW", "column": "vectors are columns, z = Wᵀx"},
    },
)


@formula_z.oracle
def z_in_symbols(layout, **rules):
    return miswritten({"row": "x @ W", "column": "W.T @ x"}[layout], formulas, rules)


@formula_dW.oracle
def dW_in_symbols(layout, **rules):
    return miswritten({"row": "x.T @ dz", "column": "x @ dz.T"}[layout], formulas, rules)


@formula_dx.oracle
def dx_in_symbols(layout, **rules):
    return miswritten({"row": "dz @ W.T", "column": "W @ dz"}[layout], formulas, rules)


def passed_forward(x, W, wrong):
    match wrong:
        case "order":
            return W @ x
        case "transpose":
            return x @ W.T
        case "product":
            return x * W
    return linear_forward(x, W)


def gradient_by_W(x, W, dz, wrong):
    match wrong:
        case "order":
            return dz @ x.T
        case "transpose":
            return x @ dz
        case "layout":
            return dz.T @ x
        case "product":
            return x * dz
    return linear_backward(x, W, dz)[0]


def gradient_by_x(x, W, dz, wrong):
    match wrong:
        case "order":
            return W.T @ dz
        case "transpose":
            return dz @ W
        case "product":
            return dz * W
    return linear_backward(x, W, dz)[1]


def row(vector):
    """A student's own answer may be flat, a row or a column."""
    return np.reshape(vector, (1, -1))


def flat(answer):
    """A vector without its layout, so that it may be typed as a row or as a column."""
    return answer[0] if len(answer) == 1 else answer


@z.oracle
def z_by_hand(x, W, wrong):
    return flat(passed_forward(np.array(x), np.array(W), wrong))


@dz.oracle
def dz_by_hand(z, t):
    return flat(squared_error_gradient(row(z), row(t)))


@dz.misconception(credit="1/2")
def target_minus_output(z, t):
    """The sign is turned round: the derivative of the loss by z is z − t, not t − z."""
    return -flat(squared_error_gradient(row(z), row(t)))


@dz.misconception(credit="1/2")
def factor_two(z, t):
    """The factor 2 from the square cancels the ½ in front of it; yours has stayed."""
    return 2 * flat(squared_error_gradient(row(z), row(t)))


@dW.oracle
def dW_by_hand(x, W, dz, wrong):
    return gradient_by_W(np.array(x), np.array(W), row(dz), wrong)


@dx.oracle
def dx_by_hand(x, W, dz, wrong):
    return flat(gradient_by_x(np.array(x), np.array(W), row(dz), wrong))


def drawn(rng, *shapes):
    return [rng.integers(-9, 10, shape) / 2 for shape in shapes]


def sizes(rng):
    """Inputs and neurons: as in the document, then such that a product of the wrong factors does not crash."""
    yield 3, 2, "as in the document"
    yield 3, 3, "as many neurons as inputs"
    yield 4, 1, "one neuron"
    yield 1, 3, "one input"
    yield int(rng.integers(5, 9)), int(rng.integers(10, 15)), "larger"


@forward.cases
def inputs(rng):
    for n, m, aspect in sizes(rng):
        yield case(*drawn(rng, (1, n), (n, m)), aspect=aspect, public=(n, m) == (3, 2))


@forward.oracle
def forward_in_code(x, W, *, wrong):
    return passed_forward(x, W, wrong)


@backward.cases
def inputs_and_gradients(rng):
    for n, m, aspect in sizes(rng):
        yield case(*drawn(rng, (1, n), (n, m), (1, m)), aspect=aspect, public=(n, m) == (3, 2))


@backward.oracle
def backward_in_code(x, W, dz, *, by_W, by_x):
    return gradient_by_W(x, W, dz, by_W), gradient_by_x(x, W, dz, by_x)
