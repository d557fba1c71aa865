r"""One hidden layer and back-propagation

*Paths.* A network goes from the inputs $x_1, x_2$ through $z_1, z_2$ and $h_1, h_2$ to the answer $p$; every variable
depends on both of the layer before. Its derivatives are written `dp/dh1`, `dh1/dz2`, `dz2/dx1` and so on. In the
derivatives of $p$ by the inputs stand these factors:

{options}

*One parameter.* A network has one hidden layer of two neurons: $s_j = w_{1j} x_1 + w_{2j} x_2$ and $h_j = f(s_j)$
for $j = 1, 2$ with $f(s) = {activation}$, and $p = v_1 h_1 + v_2 h_2$. The right answer is $y$, the loss is
$L = {loss}$. The weight `w12` leads from the first input to the second neuron. Your formulas may hold `p`, `h1`,
`h2`, `s1` and `s2` for what they are.

*In Python, with numpy arrays.* A batch `X` of the shape `(N, n)` goes through a hidden layer of sigmoids and a linear
one: $H = \sigma(X W_1 + b_1)$, $P = H W_2 + b_2$, and the loss is half the sum of all squares of $P - Y$. Write
`mlp_backward(X, Y, W1, b1, W2, b2)`, which returns the derivatives of the loss `(dW1, db1, dW2, db2)`, each of the
shape of what it is taken by: `(n, m)`, `(m,)`, `(m, k)`, `(k,)`.
"""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np

from grader.author import Answer, Code, Options, Slip, Task, case
from grader.author.near_misses import broken_line, jumped, off_by
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.derivation import Derivation
from grader.comparators.formula import Formula, bare
from grader.comparators.one_of import OneOf
from reference.backpropagation import ACTIVATIONS, LOSSES, chain_rule, mlp_backward, path_sum, sigmoid

IN_PRINT = {
    r"\sigma(s) = \frac{1}{1 + e^{-s}}": "sigmoid",
    r"\operatorname{th} s": "tanh",
    r"\operatorname{arctg} s": "arctan",
}
LOSSES_IN_PRINT = {
    r"\frac{1}{2} (p - y)^2": "half_square",
    r"(p - y)^2": "square",
    r"\ln \operatorname{ch}(p - y)": "log_cosh",
}
FACTORS = {
    "dp_dh": r"$\partial p/\partial h_1$ and $\partial p/\partial h_2$",
    "dh_dz": r"$\partial h_1/\partial z_1$, $\partial h_1/\partial z_2$, $\partial h_2/\partial z_1$ and "
    r"$\partial h_2/\partial z_2$",
    "dp_dz": r"the sums $\partial p/\partial z_1$ and $\partial p/\partial z_2$",
    "dz_dx1": r"$\partial z_1/\partial x_1$ and $\partial z_2/\partial x_1$",
    "dz_dx2": r"$\partial z_1/\partial x_2$ and $\partial z_2/\partial x_2$",
}
REPEATED = ("dp_dh", "dh_dz", "dp_dz")

edges = tuple(
    f"∂{above}/∂{below}"
    for uppers, lowers in ((["p"], ["h1", "h2"]), (["h1", "h2"], ["z1", "z2"]), (["z1", "z2"], ["x1", "x2"]))
    for above in uppers
    for below in lowers
)
symbols = (*("w11", "w12", "w21", "w22", "v1", "v2", "x1", "x2", "y"), *("s1", "s2", "h1", "h2", "p"))
symbols_below_q8 = (
    *("y", "z", "p", "t1", "t2", "w0"),
    *(f"{letter}{k}" for letter in ("u1", "u2", "s", "x", "w") for k in (1, 2, 3)),
)
dealt_factors = ("∂L/∂p", "∂h1/∂s1", "∂h2/∂s2")
factors = (
    *((f"∂p/∂h{k}", f"v{k}") for k in (1, 2)),
    *((f"∂L/∂h{k}", f"∂L/∂p*v{k}") for k in (1, 2)),
    *((f"∂L/∂s{k}", f"∂L/∂h{k}*∂h{k}/∂s{k}") for k in (1, 2)),
    *((f"∂s{k}/∂w{i}{k}", f"x{i}") for k in (1, 2) for i in (1, 2)),
    *((f"∂h{k}/∂w{i}{k}", f"∂h{k}/∂s{k}*x{i}") for k in (1, 2) for i in (1, 2)),
)
"""Derivatives on the way, with what they are."""

SLIPS = {
    "slope": {
        "kept": None,
        "lost": Slip(
            "1/2",
            r"The derivative of the hidden activation is lost: between $h_{j}$ and $s_{j}$ stands $f'(s_{j})$.",
        ),
        "at_value": Slip(
            "1/2",
            r"The derivative of the activation is taken in the wrong place: at the value $h_{j}$ of the neuron "
            r"instead of its argument $s_{j}$.",
        ),
    },
    "input": {
        "kept": None,
        "lost": Slip("1/2", r"The input $x_{i}$ is lost: $\partial s_{j}/\partial w_{{i}{j}} = x_{i}$."),
    },
}
BELOW_Q8 = {
    "slope": {
        "kept": None,
        "lost": Slip(
            "1/2",
            r"The derivative of the hidden activation is lost: between $x_{j}$ and $s_{j}$ stands $f'(s_{j})$.",
        ),
    },
    "weight": {
        "kept": None,
        "lost": Slip("1/2", r"The weight $w_{j}$ is lost: $\partial z/\partial x_{j} = w_{j}$."),
        "input": Slip(
            "1/2",
            r"You went on with $\partial z/\partial w_{j} = x_{j}$; to what lies below leads "
            r"$\partial z/\partial x_{j} = w_{j}$.",
        ),
    },
}
BATCH = {
    "batch": {
        "sum": None,
        "mean": Slip(
            "1/2", "You divided by the number of examples; this loss is a sum over the batch, not a mean."
        ),
    }
}
SLOPE = {
    "slope": {
        "kept": None,
        "lost": Slip(
            "1/4",
            "The derivative of the sigmoids is lost between the layers: H·(1 − H), element by element.",
        ),
        "at_argument": Slip(
            "1/2",
            "You wrote the derivative of the sigmoids with their argument; it is H·(1 − H), with their value.",
        ),
    }
}
BIAS = {
    "bias": {
        "summed": None,
        "rows": Slip("1/2", "The derivative by the biases is not summed over the batch."),
    }
}
INPUT = {
    "layer": {
        "hidden": None,
        "input": Slip(
            "1/4",
            "The derivative is taken at the wrong layer: the second one gets the hidden values H, not the inputs X.",
        ),
    }
}

paths = Answer(
    "paths", 1, Formula(edges), asks="`q9_paths`: $\\partial p/\\partial x_{i}$ as the sum over all paths."
)
repeated = Answer(
    "repeated", "1/2", Choice(("1", "2", "3", "4", "5"), several=True, partial=True),
    asks=r"`q9_repeated`: which of the listed factors stand in $\partial p/\partial x_1$ as well as in "
    r"$\partial p/\partial x_2$, so that back-propagation computes them once? Write labels, such as `1, 4`.",
)  # fmt: skip
dL_dh = Answer(
    "dL_dh", "1/2", Formula(symbols), near=off_by("-1"),
    asks=r"`q9_dL_dh`: $\partial L/\partial h_{j}$ as a formula.",
)  # fmt: skip
dL_dw = Answer(
    "dL_dw", "3/2", Formula(symbols), slips=SLIPS,
    asks=r"`q9_dL_dw`: the derivative of the loss by `w{i}{j}` as a formula.",
)  # fmt: skip
steps = Answer(
    "steps", 1, Derivation((*symbols, "L", *dealt_factors, *dict(factors)), meanings=factors), slips=SLIPS,
    near=[jumped("1/4"), broken_line("1/2")],
    asks="`q9_steps`: how you get there, a line for each step, such as "
    "`dL/dw{i}{j} = dL/dp * dp/dh{j} * dh{j}/ds{j} * ds{j}/dw{i}{j}`; every line equals the one before it.",
)  # fmt: skip
dL_du_with_q8 = Answer(
    "dL_du_with_q8", "1/2", Formula(symbols_below_q8), slips=BELOW_Q8,
    asks=r"`q9_dL_du_with_q8`: let the inputs of question 8 be hidden neurons, $x_k = f(s_k)$ with "
    r"$s_k = u_{1k} t_1 + u_{2k} t_2$ and the $f$ of this question. Write the derivative of the loss of question 8 "
    r"by `u{i}{j}`, going on from your $\partial L/\partial p$ and $\partial p/\partial z$ there, in `t1`, `s1`, "
    "`x1`, `w1`, …, `z`, `p` and `y`.",
)  # fmt: skip
dW1 = Code(
    "dW1", 1, Close(), entry="mlp_backward", element=0, slips={**SLOPE, **BATCH},
    asks="The function `mlp_backward(X, Y, W1, b1, W2, b2)`: the derivative by $W_1$;",
)  # fmt: skip
db1 = Code(
    "db1", "1/2", Close(), entry="mlp_backward", element=1, slips={**SLOPE, **BATCH, **BIAS}, asks="by $b_1$;"
)
dW2 = Code("dW2", "1/2", Close(), entry="mlp_backward", element=2, slips={**INPUT, **BATCH}, asks="by $W_2$;")
db2 = Code(
    "db2", "1/2", Close(), entry="mlp_backward", element=3, slips={**BATCH, **BIAS}, asks="and by $b_2$."
)


def dealt(rng):
    """Deal two different indices, so that mixing them up shows."""
    i = rng.randint(1, 2)
    return {
        "activation": rng.choice(list(IN_PRINT)),
        "loss": rng.choice(list(LOSSES_IN_PRINT)),
        "i": i,
        "j": 3 - i,
        "options": Options.dealt(rng, FACTORS),
    }


task = Task(parts=[paths, repeated, dL_dh, dL_dw, steps, dL_du_with_q8, dW1, db1, dW2, db2], variants=dealt)

LAYERS = (["p"], ["h1", "h2"], ["z1", "z2"])


@paths.oracle
def sum_over_paths(i):
    return path_sum(*LAYERS, [f"x{i}"])


@paths.misconception(credit="1/4", compare=OneOf(Formula(edges)))
def paths_lost(i):
    """Only some of the paths are there: $p$ depends on $x_{i}$ through both $z$ and, from there, through both $h$."""
    all_paths = sum_over_paths(i).split(" + ")
    return [" + ".join(some) for size in range(1, len(all_paths)) for some in combinations(all_paths, size)]


@paths.misconception()
def products_added(i):
    """You added the derivatives along a path; they are multiplied, and what is added are the paths."""
    return sum_over_paths(i).replace("*", " + ")


@paths.misconception(credit="1/4")
def paths_multiplied(i):
    """You multiplied the paths; each path is a product, and the paths are added."""
    return sum_over_paths(i).replace(" + ", "*")


@paths.misconception(credit="1/4")
def one_layer_short(i):
    r"""This is the derivative by $z_1$ and $z_2$, a layer too high; from $z$ to $x_{i}$ the factors
    $\partial z/\partial x_{i}$ are still missing."""
    return path_sum(*LAYERS)


@repeated.oracle
def repeated_factors(options):
    return options.labels(*REPEATED)


@repeated.misconception()
def last_factors(options):
    r"""These are the factors that do *not* repeat: $\partial z/\partial x_1$ stands in one derivative only, and
    $\partial z/\partial x_2$ in the other. What repeats lies nearer to $p$."""
    return options.labels("dz_dx1", "dz_dx2")


def kinds(activation, loss):
    """L and ∂L/∂p, f and f′ in the textbook."""
    return *LOSSES[LOSSES_IN_PRINT[loss]], *ACTIVATIONS[IN_PRINT[activation]]


def at(text, argument, value=""):
    """A text about z and p as one about a neuron with this argument and value."""
    named = re.sub(r"\bz\b", f"({argument})", text)
    return re.sub(r"\bp\b", f"({value})", named)


def with_meanings(text, activation):
    """A formula with what its symbols stand for."""
    f = ACTIVATIONS[IN_PRINT[activation]][0]
    layer = "s1 = w11*x1 + w21*x2; s2 = w12*x1 + w22*x2"
    return f"{text}; {layer}; h1 = {at(f, 's1')}; h2 = {at(f, 's2')}; p = v1*h1 + v2*h2"


@dL_dh.oracle
def by_hidden_value(activation, loss, j):
    return with_meanings(chain_rule(LOSSES[LOSSES_IN_PRINT[loss]][1], f"v{j}"), activation)


@dL_dh.misconception(credit="1/2")
def second_weight_lost(activation, loss):
    r"""The weight $v_{j}$ is lost: $\partial p/\partial h_{j} = v_{j}$."""
    return with_meanings(LOSSES[LOSSES_IN_PRINT[loss]][1], activation)


def product(dL_dh, activation, i, j, *, slope, input):
    """∂L/∂w_ij from its factors, with slips."""
    f, df = ACTIVATIONS[IN_PRINT[activation]]
    slopes = {"kept": at(df, f"s{j}", f"h{j}"), "at_value": at(df, f"h{j}", at(f, f"h{j}")), "lost": "1"}
    return chain_rule(bare(dL_dh), slopes[slope], "1" if input == "lost" else f"x{i}")


@dL_dw.oracle
def by_weight(activation, i, j, dL_dh, slope, input):
    return with_meanings(product(dL_dh, activation, i, j, slope=slope, input=input), activation)


@dL_dw.misconception(credit="1/4")
def by_second_layer(activation, loss, j):
    """This is the derivative by the weight $v_{j}$ of the second layer; `w{i}{j}` lies one layer lower, behind the
    activation."""
    return with_meanings(chain_rule(LOSSES[LOSSES_IN_PRINT[loss]][1], f"h{j}"), activation)


@dL_dw.misconception(credit="1/4")
def indices_swapped(activation, loss, i, j):
    """The indices are mixed up: `w{i}{j}` leads from $x_{i}$ to the neuron $h_{j}$, and so only through $v_{j}$ to
    $p$."""
    other = by_hidden_value(activation, loss, i)
    return with_meanings(product(other, activation, j, i, slope="kept", input="kept"), activation)


@steps.oracle
def in_steps(activation, loss, i, j, slope, input):
    L, dL_dp, _, df = kinds(activation, loss)
    result = product(chain_rule(dL_dp, f"v{j}"), activation, i, j, slope=slope, input=input)
    meanings = with_meanings(f"d/dw{i}{j}({L}) = {result}", activation)
    slopes = f"∂h1/∂s1 = {at(df, 's1', 'h1')}; ∂h2/∂s2 = {at(df, 's2', 'h2')}"
    return f"{meanings}; L = {L}; ∂L/∂p = {dL_dp}; {slopes}"


@dL_du_with_q8.oracle
def below_question_8(q8_dL_dp, q8_dp_dz, activation, i, j, slope, weight):
    # the right factors come with what z and p stand for, those that a student has typed come alone
    (dL_dp, *meanings), (dp_dz, *others) = q8_dL_dp.split("; "), q8_dp_dz.split("; ")
    f, df = ACTIVATIONS[IN_PRINT[activation]]
    above = {"kept": f"w{j}", "input": f"x{j}", "lost": "1"}[weight]
    below = "1" if slope == "lost" else at(df, f"s{j}", f"x{j}")
    layer = (f"s{k} = u1{k}*t1 + u2{k}*t2; x{k} = {at(f, f's{k}')}" for k in (1, 2, 3))
    return "; ".join((f"({dL_dp})*({dp_dz})*{above}*({below})*t{i}", *layer, *meanings, *others))


SAMPLES = (  # examples, inputs, neurons, outputs, scale, aspect
    (1, 3, 2, 2, 1.0, "one example"),
    (4, 2, 3, 1, 1.0, "one output"),
    (5, 3, 4, 2, 1.0, "batch"),
    (3, 1, 1, 1, 1.0, "one neuron"),
    (6, 4, 2, 3, 40.0, "saturated"),
)


@dW1.cases
@db1.cases
@dW2.cases
@db2.cases
def batches(rng):
    ones = np.ones((1, 1))
    yield case(2 * ones, ones, ones, np.zeros(1), 3 * ones, np.zeros(1), aspect="one example", public=True)
    X = np.array([[1.0, 2.0], [0.0, -1.0], [2.0, 0.5]])
    weights = (
        np.array([[0.5, -1.0], [1.0, 0.25]]),
        np.array([0.0, 1.0]),
        np.array([[2.0], [-1.0]]),
        np.array([0.5]),
    )
    yield case(X, np.array([[1.0], [0.0], [2.0]]), *weights, aspect="batch", public=True)
    for N, n, m, k, scale, aspect in SAMPLES:
        shapes = ((N, n), (N, k), (n, m), (m,), (m, k), (k,))
        X, *rest = (rng.normal(size=shape) for shape in shapes)
        yield case(scale * X, *rest, aspect=aspect)


@dW1.oracle
@db1.oracle
@dW2.oracle
@db2.oracle
def backward(X, Y, W1, b1, W2, b2, **slips):
    if set(slips.values()) <= {"kept", "sum", "summed", "hidden"}:
        return mlp_backward(X, Y, W1, b1, W2, b2)
    S = X @ W1 + b1
    H = sigmoid(S)
    dP = (H @ W2 + b2 - Y) / (len(X) if slips.get("batch") == "mean" else 1)
    slopes = {"lost": 1.0, "at_argument": S * (1 - S)}
    dS = dP @ W2.T * slopes.get(slips.get("slope"), H * (1 - H))
    dW2 = (X if slips.get("layer") == "input" else H).T @ dP
    db1, db2 = (dS, dP) if slips.get("bias") == "rows" else (dS.sum(axis=0), dP.sum(axis=0))
    return X.T @ dS, db1, dW2, db2
