r"""Initialisation of weights

*Why not equal weights?* A network has two inputs, a hidden layer of two neurons without activation and one output:
$p = (xW)v$ with $W = {W}$, $v = {v}$, the loss $L = \frac{1}{2}(p - y)^2$ and the example $x = {x}$, $y = {y}$.
All weights of a layer have been given the same initial value.

*How large?* A neuron before its activation is $\sum_{i=1}^n x_i w_i$. The weights are drawn independently of the
inputs and of each other. In the formulas `mx`, `vx` are the mean and the variance of an input, `mw`, `vw` those of
a weight; they are the same for all $i$.

*In Python, with numpy.* `xavier(n_in, n_out)` and `he(n_in, n_out)` return freshly drawn initial weights of a layer
with `n_in` inputs and `n_out` neurons as an array of the shape `(n_in, n_out)`. Any of two laws of the right mean and
variance may be drawn from, the normal or the uniform one.
"""

from __future__ import annotations

import numpy as np

from grader.author import Answer, Code, Matrix, Options, Slip, Task, case
from grader.comparators.choice import Choice
from grader.comparators.formula import Formula
from grader.comparators.statistical import Normal, Statistical, Uniform
from grader.comparators.value import Value
from reference.initialisation import (
    fan_in_deviation,
    glorot_deviation,
    he_deviation,
    neuron_variance,
    two_layer_gradient,
    uniform_bound,
)

REASONS = {
    "symmetry": "The neurons of a layer compute the same and get the same gradient: no step makes them differ.",
    "saturation": "Equal weights drive every neuron into the flat part of its activation.",
    "explosion": "With equal weights the gradients grow from layer to layer until they overflow.",
    "minimum": "A point with equal weights is a local minimum of the loss, which gradient descent cannot leave.",
    "derivative": "At equal weights the loss has no derivative, so that the gradient cannot be computed.",
}
VARIANCES = {"1/4": 0.25, "1/3": 1 / 3, "2": 2, "3": 3, "4": 4, "9": 9}
SHAPES = (90, 30), (30, 90)
"""Weights enough to tell all readings apart with an error below 10⁻¹³, in both directions of fan-in and fan-out."""


def dealt(rng):
    """Deal a small network whose factors are all different from 1, so that a lost one shows."""
    w, v, eta = rng.choice([-3, -2, 2, 3]), rng.choice([-3, -2, 2, 3]), rng.choice([2, 3])
    x = rng.sample([-3, -2, 2, 3, 4, 5], 2)
    while abs(sum(x)) < 2:
        x = rng.sample([-3, -2, 2, 3, 4, 5], 2)
    p = 2 * sum(x) * w * v
    return {
        "W": Matrix(((w, w), (w, w))),
        "v": Matrix(((v,), (v,))),
        "x": Matrix((tuple(x),)),
        "y": p - rng.choice([-5, -4, 4, 5]),
        "eta": eta,
        "reasons": Options.dealt(rng, REASONS),
        "variance": rng.choice(list(VARIANCES)),
        "inputs": rng.choice([20, 30, 50, 70, 90]),
        "s": rng.choice(["0.2", "0.3", "0.4", "0.5"]),
    }


why_equal = Answer(
    "why_equal",
    1,
    Choice(tuple("12345")),
    asks="`q12_why_equal`: why must the weights of a layer not all start with the same value, zero in particular? "
    "Give the number of the reason.\n\n{reasons}",
)
gradient = Answer(
    "gradient",
    1,
    Value(),
    asks=r"`q12_gradient`: $\partial L/\partial W$ for the network of the statement, by hand.",
    slips={
        "wrong": {
            None: None,
            "sign": Slip(
                "1/2", "The sign is reversed: the derivative of $\\frac{1}{2}(p - y)^2$ is $p - y$."
            ),
            "doubled": Slip(
                "1/2", "The factor 2 of the square and the factor $\\frac{1}{2}$ cancel: $p - y$ remains."
            ),
            "outgoing": Slip("1/4", "The outgoing weight is lost: on its way back the gradient passes $v$."),
            "input": Slip("1/4", "The input is lost: $\\partial h_j/\\partial w_{ij} = x_i$."),
            "transposed": Slip(
                "1/2",
                "That is the transpose: a row of the gradient belongs to an input, a column to a neuron.",
            ),
            "residual": Slip(
                "1/4", "The derivative of the loss is lost: the gradient is multiplied by $p - y$."
            ),
        }
    },
)
step = Answer(
    "step",
    "1/2",
    Value(),
    asks=r"`q12_step`: $W$ after one step of gradient descent with the learning rate $\eta = {eta}$.",
    slips={
        "wrong": {
            None: None,
            "ascent": Slip("1/4", "You went up the gradient: descent subtracts it."),
            "rate": Slip("1/4", "The learning rate is lost."),
            "replaced": Slip("0", "That is the step alone: it is subtracted from the weights."),
        }
    },
)
product = Answer(
    "product",
    1,
    Formula(("mx", "mw", "vx", "vw", "n")),
    asks=r"`q12_product`: $\operatorname{Var}(x_i w_i)$ in `mx`, `mw`, `vx`, `vw`, for any means.",
    slips={
        "wrong": {
            None: None,
            "centred": Slip("1/2", "That holds only if both means are zero; here they may be anything."),
            "unsquared": Slip("1/2", "The means stand squared: $[E x]^2$ and $[E w]^2$."),
            "crossed": Slip("1/4", "Each mean belongs to the variance of the *other* factor."),
            "cross_terms_only": Slip("1/2", "The product of both variances is lost."),
            "second_moment": Slip(
                "1/4",
                "That is $E(x^2)E(w^2)$: the square of the mean, $[E x]^2 [E w]^2$, is still to be subtracted.",
            ),
        }
    },
)
neuron = Answer(
    "neuron",
    "1/2",
    Formula(("mx", "mw", "vx", "vw", "n")),
    asks=r"`q12_neuron`: $\operatorname{Var}(\sum_{i=1}^n x_i w_i)$, if both means are zero.",
    slips={
        "wrong": {
            None: None,
            "one_input": Slip("1/4", "That is the variance of one product; the neuron adds $n$ of them."),
            "squared": Slip(
                "1/4",
                "The products are uncorrelated, so that their variances are added: $n$ times, not $n^2$ times.",
            ),
            "mean": Slip(
                "1/4", "That is the variance of the mean of the products; the neuron has their sum."
            ),
        }
    },
)
scale = Answer(
    "scale",
    1,
    Formula(("n",), (("n", "positive"),)),
    asks="`q12_scale`: weights with mean 0 and variance {variance} are multiplied by $a$. For which $a > 0$, as a "
    "formula of $n$, does the neuron have the variance of an input?",
    slips={
        "wrong": {
            None: None,
            "variance": Slip("1/4", "The root is lost: a factor $a$ multiplies the variance by $a^2$."),
            "unscaled": Slip("1/2", "That is right for weights of variance 1; here it is {variance}."),
            "inverse": Slip("1/4", "The reciprocal is wanted: the more inputs, the smaller the weights."),
            "relu": Slip("1/2", "The factor $\\sqrt{2}$ belongs to ReLU; here there is no activation."),
        }
    },
)
growth = Answer(
    "growth",
    "1/2",
    Value(),
    asks=r"`q12_growth`: the weights are drawn from ${s} \cdot N(0, 1)$ and there are $n = {inputs}$ inputs. By "
    "which factor is the variance of the neuron larger than that of an input?",
    slips={
        "wrong": {
            None: None,
            "deviation": Slip(
                "1/4", "You took the deviation for the variance: that of ${s} \\cdot N(0, 1)$ is ${s}^2$."
            ),
            "count": Slip("1/4", "The number of inputs is lost: the variances of $n$ products are added."),
        }
    },
)

SCALES = {
    "variance": Slip("1/4", "You took the variance for the deviation: the root is lost."),
    "fan_out": Slip(
        "1/2", "You took the number of neurons for the number of inputs: a neuron adds up over its inputs."
    ),
    "not_centred": Slip(
        "1/4", "Your weights are not centred: all of them are positive, and the mean must be zero."
    ),
    "bound": Slip(
        "1/2",
        "You took the deviation for the bound of the uniform law: the variance of $U(-b, b)$ is $b^2/3$.",
    ),
    "unscaled": Slip(
        "0", "The scale is missing: the variance of the neuron grows with the number of inputs."
    ),
}
HE_FOR_XAVIER = Slip(
    "1/2", "That is the initialisation of He for ReLU; Xavier has no factor 2 for the halved variance."
)
XAVIER_FOR_HE = Slip(
    "1/2",
    "That is the initialisation of Xavier; ReLU halves the second moment, and He makes up for it with $\\sqrt{2}$.",
)
xavier = Code(
    "xavier",
    1,
    Statistical(samples=2 * len(SHAPES)),
    asks="The function `xavier(n_in, n_out)`.",
    slips={"wrong": {None: None, **SCALES, "he": HE_FOR_XAVIER}},
)
he = Code(
    "he",
    1,
    Statistical(samples=2 * len(SHAPES)),
    asks="The function `he(n_in, n_out)`.",
    slips={"wrong": {None: None, **SCALES, "xavier": XAVIER_FOR_HE, "glorot": XAVIER_FOR_HE}},
)
LAWS = {"normal": "drawn from the normal law", "uniform": "drawn from the uniform law"}
task = Task(
    parts=[why_equal, gradient, step, product, neuron, scale, growth, xavier, he],
    variants=dealt,
    conventions={
        "xavier_scale": {
            "fan_in": "Xavier with the deviation $1/\\sqrt{n_{in}}$",
            "glorot": "Xavier with the deviation $\\sqrt{2}/\\sqrt{n_{in} + n_{out}}$",
        },
        "xavier_law": {law: f"Xavier {text}" for law, text in LAWS.items()},
        "he_law": {law: f"He {text}" for law, text in LAWS.items()},
    },
)


@why_equal.oracle
def symmetry(reasons):
    return reasons.label("symmetry")


@why_equal.misconception()
def saturation(reasons):
    """Whether an activation saturates depends on how large the weights are; small equal weights saturate nothing."""
    return reasons.label("saturation")


@why_equal.misconception()
def explosion(reasons):
    """Gradients explode through large weights; equal ones may be as small as you like, and zeros give no gradient."""
    return reasons.label("explosion")


@why_equal.misconception()
def minimum(reasons):
    """The gradient at equal weights is in general not zero: they change, but all in the same way."""
    return reasons.label("minimum")


@why_equal.misconception()
def derivative(reasons):
    """The derivative exists and is computed as ever; the trouble is that it is the same for all of a layer."""
    return reasons.label("derivative")


@gradient.oracle
def gradient_by_hand(x, W, v, y, wrong):
    (x,), W, (v,) = np.array(x), np.array(W), np.array(v).T
    right = two_layer_gradient(x, W, v, y)
    match wrong:
        case "sign":
            return -right
        case "doubled":
            return 2 * right
        case "outgoing":
            return right // v
        case "input":
            return right // x[:, np.newaxis]
        case "transposed":
            return right.T
        case "residual":
            return np.outer(x, v)
    return right


@step.oracle
def step_by_hand(W, eta, gradient, wrong):
    gradient = np.reshape(gradient, (2, 2))
    match wrong:
        case "ascent":
            return np.array(W) + eta * gradient
        case "rate":
            return np.array(W) - gradient
        case "replaced":
            return -eta * gradient
    return np.array(W) - eta * gradient


@product.oracle
def product_in_symbols(wrong):
    return {
        None: "mx^2*vw + mw^2*vx + vx*vw",
        "centred": "vx*vw",
        "unsquared": "mx*vw + mw*vx + vx*vw",
        "crossed": "mx^2*vx + mw^2*vw + vx*vw",
        "cross_terms_only": "mx^2*vw + mw^2*vx",
        "second_moment": "(vx + mx^2)*(vw + mw^2)",
    }[wrong]


@neuron.oracle
def neuron_in_symbols(wrong):
    return {None: "n*vx*vw", "one_input": "vx*vw", "squared": "n^2*vx*vw", "mean": "vx*vw/n"}[wrong]


@scale.oracle
def scale_in_symbols(variance, wrong):
    return {
        None: f"1/sqrt(n*{variance})",
        "variance": f"1/(n*{variance})",
        "unscaled": "1/sqrt(n)",
        "inverse": f"sqrt(n*{variance})",
        "relu": f"sqrt(2)/sqrt(n*{variance})",
    }[wrong]


@growth.oracle
def growth_by_hand(inputs, s, wrong):
    tenths = int(s[-1])
    match wrong:
        case "deviation":
            return inputs * tenths / 10
        case "count":
            return tenths**2 / 100
    return neuron_variance(inputs, tenths**2) / 100


@xavier.cases
@he.cases
def sizes(rng):
    for n_in, n_out in SHAPES:
        many = "more inputs than neurons" if n_in > n_out else "more neurons than inputs"
        yield case(n_in, n_out, aspect=many, public=n_in > n_out)


def drawn(law, deviation, shape, wrong):
    """The law of weights with that deviation, with what went wrong."""
    match wrong:
        case "variance":
            deviation = deviation**2
        case "unscaled":
            deviation = 1.0
        case "not_centred":
            return Uniform(0, deviation if law == "normal" else uniform_bound(deviation), shape)
        case "bound":
            return Uniform(-deviation, deviation, shape)
    if law == "normal":
        return Normal(deviation, shape)
    return Uniform(-uniform_bound(deviation), uniform_bound(deviation), shape)


@xavier.oracle
def xavier_in_code(n_in, n_out, *, xavier_scale, xavier_law, wrong):
    right = {"fan_in": fan_in_deviation, "glorot": glorot_deviation}[xavier_scale]
    deviation = {"he": he_deviation, "fan_out": fan_out_deviation}.get(wrong, right)
    return drawn(xavier_law, deviation(n_in, n_out), (n_in, n_out), wrong)


def fan_out_deviation(n_in, n_out):
    return fan_in_deviation(n_out, n_in)


@he.oracle
def he_in_code(n_in, n_out, *, he_law, wrong):
    others = {"xavier": fan_in_deviation, "glorot": glorot_deviation, "fan_out": he_fan_out_deviation}
    deviation = others.get(wrong, he_deviation)
    return drawn(he_law, deviation(n_in, n_out), (n_in, n_out), wrong)


def he_fan_out_deviation(n_in, n_out):
    return he_deviation(n_out, n_in)
