r"""A linear layer, a mini-batch

A layer with linear activation and without biases takes $N$ examples at once, the rows of $X$: $Z = XW$. The loss of
the batch is the *sum* of the losses of its examples.

*Formulas.* `dZ` and `dL/dZ` stand for $\partial L/\partial Z$.

*By hand.* A batch of two with three inputs, $X = {X}$, a layer of two neurons, $W = {W}$, and the loss
$L = \frac{1}{2} \|Z - T\|^2$, the sum of squares over all entries, with $T = {T}$.

*In Python, with numpy arrays.* The layer now has biases `b` of the shape `(m,)`, the same for every example. Write
`batch_forward(X, W, b)`, which returns $Z$, and `batch_backward(X, W, b, dZ)`, which returns `(dW, db)`; a third
element `dX` is welcome and is not marked.
"""

from __future__ import annotations

import numpy as np

from grader.author import Answer, Code, Matrix, Slip, Task, case
from grader.author.matrices import matrix_slips, miswritten
from grader.comparators.close import Close
from grader.comparators.matrix_formula import MatrixFormula
from grader.comparators.value import Value
from reference.linear_layer import batch_backward, batch_forward, squared_error_gradient

SLIPS = {
    "mean": Slip(
        "1/2",
        "You divided by the number of examples. The loss of the batch is a sum here, and so is its gradient.",
    ),
    "order": Slip(
        "1/4",
        "The factors stand in the wrong order: a product of matrices does not commute. Compare the shapes.",
    ),
    "transpose": Slip(
        "1/4",
        "Xᵀ is missing: the examples must be summed over, and that is the inner dimension of Xᵀ ∂L/∂Z.",
    ),
    "layout": Slip(
        "1/2",
        "Your matrix is the transpose of the right one: the gradient by W has the shape of W, inputs by neurons.",
    ),
    "axis": Slip(
        "1/4",
        "You summed over the wrong axis: every neuron has its bias, so the sum runs over the examples.",
    ),
    "unsummed": Slip(
        "1/4",
        "The gradient by the biases is not summed over the batch: it has one entry for each neuron.",
    ),
    "bias": Slip("1/2", "The biases are missing: each is added to its neuron in every example."),
}


def slips(*names):
    return {"wrong": {None: None, **{name: SLIPS[name] for name in names}}}


def dealt(rng):
    """Deal small numbers, no entry zero; two examples that are not parallel, so that none hides in the other."""
    entries = [-3, -2, -1, 1, 2, 3]
    W, dZ = [rng.sample(entries, 2) for _ in range(3)], [rng.sample(entries, 2) for _ in range(2)]
    X = [rng.sample(entries, 3) for _ in range(2)]
    while np.linalg.matrix_rank(X) < 2:
        X = [rng.sample(entries, 3) for _ in range(2)]
    T = batch_forward(np.array(X), np.array(W)) - dZ
    x2 = [
        rng.choice([-1, 1]) * size for size in rng.sample([4, 5], 2)
    ]  # never parallel to that of question 10
    numbers = {"X": X, "W": W, "T": T.tolist(), "x2": [x2], "dz2": [rng.sample(entries, 2)]}
    return {name: Matrix(rows) for name, rows in numbers.items()}


formulas = MatrixFormula({"X": ("N", "n"), "W": ("n", "m"), "dZ": ("N", "m")}, {"dL/dZ": "dZ", "∂L/∂Z": "dZ"})
formula_Z = Answer(
    "formula_Z",
    "1/2",
    formulas,
    asks="`q11_formula_Z`: the forward pass, $Z$ as a formula of $X$ and $W$.",
    slips=matrix_slips("order", "product"),
)
formula_dW = Answer(
    "formula_dW",
    1,
    formulas,
    asks=r"`q11_formula_dW`: $\partial L/\partial W$ as a formula of $X$ and $\partial L/\partial Z$.",
    slips=matrix_slips("mean", "order", "layout", "product", transpose="1/4"),
)
Z = Answer("Z", "1/2", Value(), asks="`q11_Z`: $Z$ by hand.")
dW = Answer(
    "dW",
    1,
    Value(),
    asks=r"`q11_dW`: $\partial L/\partial W$ of the batch by hand.",
    slips=slips("mean", "layout"),
)
dW_with_q10 = Answer(
    "dW_with_q10",
    "1/2",
    Value(),
    asks=r"`q11_dW_with_q10`: to the one example of question 10 comes a second one, $x_2 = {x2}$, with "
    r"$\partial L/\partial z_2 = {dz2}$ at its output. Add its contribution to your $\partial L/\partial W$ of "
    "question 10, by hand.",
    slips=slips("mean"),
)
forward = Code(
    "batch_forward",
    "1/2",
    Close(),
    asks="The function `batch_forward(X, W, b)`.",
    slips=slips("bias", "order"),
)
backward_dW = Code(
    "backward_dW",
    1,
    Close(),
    asks="The first of what `batch_backward(X, W, b, dZ)` returns: `dW`.",
    entry="batch_backward",
    element=0,
    slips=slips("mean", "layout", "transpose"),
)
backward_db = Code(
    "backward_db",
    1,
    Close(keep_shape=False),
    asks="The second of what `batch_backward(X, W, b, dZ)` returns: `db`.",
    entry="batch_backward",
    element=1,
    slips=slips("mean", "axis", "unsummed", "transpose"),  # a lost Xᵀ crashes the function as a whole
)
task = Task(
    parts=[formula_Z, formula_dW, Z, dW, dW_with_q10, forward, backward_dW, backward_db],
    variants=dealt,
)


@formula_Z.oracle
def Z_in_symbols(**rules):
    return miswritten("X @ W", formulas, rules)


@formula_dW.oracle
def dW_in_symbols(**rules):
    return miswritten("X.T @ dZ", formulas, rules)


@Z.oracle
def Z_by_hand(X, W):
    return batch_forward(np.array(X), np.array(W))


@Z.misconception(credit="1/4")
def only_one_neuron(X, W):
    """Only the first neuron is computed: Z has a row for each example and a column for each neuron."""
    return batch_forward(np.array(X), np.array(W))[:, :1]


def gradients(X, W, dZ, wrong):
    """(dW, db) of a batch, with what went wrong."""
    dW, db, _ = batch_backward(X, W, dZ)
    match wrong:
        case "mean":
            return dW / len(X), db / len(X)
        case "transpose":
            return X @ dZ, db
        case "layout":
            return dZ.T @ X, db
        case "axis":
            return dW, dZ.sum(axis=1)
        case "unsummed":
            return dW, dZ
    return dW, db


@dW.oracle
def dW_by_hand(X, W, T, Z, wrong):
    dZ = squared_error_gradient(np.reshape(Z, np.shape(T)), np.array(T))
    return gradients(np.array(X), np.array(W), dZ, wrong)[0]


@dW.misconception(credit="1/4")
def first_example_only(X, W, T, Z):
    """Only the first example is in your gradient; the others add theirs."""
    dZ = squared_error_gradient(np.reshape(Z, np.shape(T)), np.array(T))
    return gradients(np.array(X)[:1], np.array(W), dZ[:1], None)[0]


@dW_with_q10.oracle
def dW_of_two_examples(q10_dW, x2, dz2, wrong):
    total = np.reshape(q10_dW, (2, 2)) + np.outer(x2, dz2)
    return total / 2 if wrong == "mean" else total


@dW_with_q10.misconception(credit="1/4")
def second_example_only(x2, dz2):
    """That is the contribution of the second example alone: gradients of a batch are added, not replaced."""
    return np.outer(x2, dz2)


def drawn(rng, *shapes):
    return [rng.integers(-9, 10, shape) / 2 for shape in shapes]


def sizes(rng):
    """Examples, inputs and neurons: as in the document, then such that a lost transpose does not crash."""
    yield 2, 3, 2, "as in the document"
    yield 4, 3, 3, "as many neurons as inputs"
    yield 3, 3, 2, "as many examples as inputs"
    yield 3, 3, 3, "all sizes equal"
    yield 1, 3, 2, "a batch of one"
    yield 4, 3, 1, "one neuron"
    yield int(rng.integers(20, 30)), int(rng.integers(5, 9)), int(rng.integers(10, 15)), "larger"


@forward.cases
def inputs(rng):
    for N, n, m, aspect in sizes(rng):
        yield case(*drawn(rng, (N, n), (n, m), (m,)), aspect=aspect, public=aspect == "as in the document")


@forward.oracle
def forward_in_code(X, W, b, *, wrong):
    match wrong:
        case "bias":
            return X @ W
        case "order":
            return W @ X + b
    return batch_forward(X, W, b)


@backward_dW.cases
@backward_db.cases
def inputs_and_gradients(rng):
    for N, n, m, aspect in sizes(rng):
        arguments = drawn(rng, (N, n), (n, m), (m,), (N, m))
        yield case(*arguments, aspect=aspect, public=aspect == "as in the document")


@backward_dW.oracle
@backward_db.oracle
def backward_in_code(X, W, b, dZ, *, wrong):
    return gradients(X, W, dZ, wrong)
