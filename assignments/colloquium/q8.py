r"""A network without hidden layers

The network has the inputs $x_1$, $x_2$, $x_3$ and one neuron, behind which the loss is computed at once:
$z = w_0 + w_1 x_1 + w_2 x_2 + w_3 x_3$ and $p = {activation}$. The right answer is $y$, and the loss is $L = {loss}$.

Write what you like: `w1` or `w_1`, `x1` or `x_1`, `sigmoid(z)` or `σ(z)`, `th z` or `tanh(z)`; $p$ and $z$ may stand
for what they are, and `dL/dp`, `dp/dz`, `dz/dw{j}` for these derivatives on the way.
"""

from __future__ import annotations

from grader.author import Answer, Slip, Task
from grader.author.near_misses import broken_line, jumped, off_by
from grader.comparators.derivation import Derivation
from grader.comparators.formula import Formula, bare
from reference.backpropagation import ACTIVATIONS, LOSSES, chain_rule, weighted_sum

INPUTS = 3
IN_PRINT = {
    r"\sigma(z) = \frac{1}{1 + e^{-z}}": "sigmoid",
    r"\operatorname{th} z": "tanh",
    r"\operatorname{arctg} z": "arctan",
    r"\ln(1 + e^z)": "softplus",
}
LOSSES_IN_PRINT = {
    r"\frac{1}{2} (p - y)^2": "half_square",
    r"(p - y)^2": "square",
    r"\ln \operatorname{ch}(p - y)": "log_cosh",
    r"-y \ln p - (1 - y) \ln(1 - p)": "cross_entropy",
}
TAKEN_FOR_EACH_OTHER = {
    "sigmoid": "z*(1 - z)",
    "tanh": "1 - z**2",
    "arctan": "1/(1 + p**2)",
    "softplus": "1/(1 + exp(-p))",
}
"""∂p/∂z where argument and value of the activation are mixed up."""

symbols = ("w0", "w1", "w2", "w3", "x1", "x2", "x3", "y", "z", "p")
dealt_factors = ("∂L/∂p", "∂p/∂z")
factors = (
    ("∂L/∂z", "∂L/∂p*∂p/∂z"),
    *((f"∂z/∂w{i}", f"x{i}") for i in range(1, INPUTS + 1)),
    *((f"∂p/∂w{i}", f"∂p/∂z*x{i}") for i in range(1, INPUTS + 1)),
)
"""Derivatives on the way, with what they are."""

SLIPS = {
    "slope": {
        "kept": None,
        "lost": Slip(
            "1/2",
            r"The derivative of the activation is lost: on the way from $L$ to $w_{j}$ stands "
            r"$\partial p/\partial z$.",
        ),
    },
    "input": {
        "kept": None,
        "lost": Slip(
            "1/2",
            r"The input is lost: $\partial z/\partial w_{j} = x_{j}$, since $w_{j}$ stands in $z$ with the factor "
            "$x_{j}$.",
        ),
        "weight": Slip(
            "1/2",
            r"You multiplied by the weight; $\partial z/\partial w_{j}$ is the input $x_{j}$, while $w_{j}$ would be "
            r"$\partial z/\partial x_{j}$.",
        ),
    },
}
dL_dp = Answer(
    "dL_dp", "1/2", Formula(symbols), near=off_by("-1", "2", "1/2"),
    asks=r"`q8_dL_dp`: $\partial L/\partial p$ as a formula of $p$ and $y$.",
)  # fmt: skip
dp_dz = Answer(
    "dp_dz", "1/2", Formula(symbols),
    asks=r"`q8_dp_dz`: $\partial p/\partial z$ as a formula of $z$ or $p$.",
)  # fmt: skip
dL_dw = Answer(
    "dL_dw", 2, Formula(symbols), slips=SLIPS, near=off_by("-1"),
    asks=r"`q8_dL_dw`: $\partial L/\partial w_{j}$ as a formula.",
)  # fmt: skip
steps = Answer(
    "steps", 1, Derivation((*symbols, "L", *dealt_factors, *dict(factors)), meanings=factors), slips=SLIPS,
    near=[jumped("1/4"), broken_line("1/2")],
    asks=r"`q8_steps`: how you get there, a line for each step, such as `dL/dw{j} = dL/dp * dp/dz * dz/dw{j}`; "
    "every line equals the one before it.",
)  # fmt: skip


def dealt(rng):
    """Deal an activation and a loss that is defined for all its values."""
    activation, loss = rng.choice(list(IN_PRINT)), rng.choice(list(LOSSES_IN_PRINT))
    while LOSSES_IN_PRINT[loss] == "cross_entropy" and IN_PRINT[activation] != "sigmoid":
        activation = rng.choice(list(IN_PRINT))
    return {"activation": activation, "loss": loss, "j": rng.randint(1, INPUTS)}


task = Task(parts=[dL_dp, dp_dz, dL_dw, steps], variants=dealt)


def kinds(activation, loss):
    """L and ∂L/∂p, p and ∂p/∂z in the textbook."""
    return *LOSSES[LOSSES_IN_PRINT[loss]], *ACTIVATIONS[IN_PRINT[activation]]


def with_meanings(text, activation):
    """A formula with what its symbols stand for."""
    return f"{text}; z = {weighted_sum(INPUTS)}; p = {ACTIVATIONS[IN_PRINT[activation]][0]}"


@dL_dp.oracle
def loss_slope(activation, loss):
    return with_meanings(LOSSES[LOSSES_IN_PRINT[loss]][1], activation)


@dp_dz.oracle
def activation_slope(activation):
    return with_meanings(ACTIVATIONS[IN_PRINT[activation]][1], activation)


@dp_dz.misconception(credit="1/4")
def argument_for_value(activation):
    """The argument of the activation and its value, $z$ and $p$, are mixed up."""
    return with_meanings(TAKEN_FOR_EACH_OTHER[IN_PRINT[activation]], activation)


@dp_dz.misconception()
def not_differentiated(activation):
    """This is the activation itself; its derivative is asked for."""
    return with_meanings("p", activation)


def product(dL_dp, dp_dz, j, *, slope, input):
    """∂L/∂w_j from its factors, with slips."""
    last = {"kept": f"x{j}", "weight": f"w{j}", "lost": "1"}[input]
    return chain_rule(bare(dL_dp), "1" if slope == "lost" else bare(dp_dz), last)


@dL_dw.oracle
def by_weight(activation, j, dL_dp, dp_dz, slope, input):
    return with_meanings(product(dL_dp, dp_dz, j, slope=slope, input=input), activation)


@dL_dw.misconception(credit="1/4")
def loss_only(activation, dL_dp):
    r"""This is only $\partial L/\partial p$; from $p$ the way goes on to $z$ and from there to $w_{j}$."""
    return with_meanings(bare(dL_dp), activation)


def in_steps(activation, loss, j, result):
    """A derivation that ends with `result`; its first line may be the chain rule in symbols."""
    L, dL_dp, _, dp_dz = kinds(activation, loss)
    meanings = with_meanings(f"d/dw{j}({L}) = {result}", activation)
    return f"{meanings}; L = {L}; ∂L/∂p = {dL_dp}; ∂p/∂z = {dp_dz}"


@steps.oracle
def by_weight_in_steps(activation, loss, j, slope, input):
    _, dL_dp, _, dp_dz = kinds(activation, loss)
    return in_steps(activation, loss, j, product(dL_dp, dp_dz, j, slope=slope, input=input))


@steps.misconception(credit="1/4")
def steps_to_loss_only(activation, loss, j):
    r"""Your steps end with $\partial L/\partial p$; from $p$ the way goes on to $z$ and from there to $w_{j}$."""
    return in_steps(activation, loss, j, kinds(activation, loss)[1])
