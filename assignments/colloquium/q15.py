r"""Batch normalisation and dropout

*Batch normalisation.* A batch $X$ has a row for each of $N$ examples and a column for each of $D$ components. Every
component is normalised by itself: $y = \gamma \frac{x - \mu}{\sigma} + \beta$ with the mean $\mu$ and the variance
$\sigma^2$ (divided by $N$) of the batch. You may divide by $\sigma$ itself or by $\sqrt{\sigma^2 + \varepsilon}$, if
you keep to it everywhere. In test mode running statistics take the places of $\mu$ and $\sigma^2$. After each batch
in training a running statistic becomes $\alpha \cdot \text{batch} + (1 - \alpha) \cdot \text{old}$ or
$\alpha \cdot \text{old} + (1 - \alpha) \cdot \text{batch}$: choose one and keep to it.

*Dropout.* A neuron is kept with probability $p$, else its output becomes 0; `mask` holds 1 for the neurons that are
kept. To keep the scale, outputs are multiplied by $p$ in test mode or divided by $p$ in training: choose one.

In Python `X`, `mask` and gradients are arrays `(N, D)`, all others `(D,)`; `alpha`, `eps` and `p` are numbers.
"""

from __future__ import annotations

import numpy as np

from assignments.colloquium._normalising import (
    ALSO,
    BACKWARD,
    BY_HAND,
    DROPOUT,
    MEAN_BY_HAND,
    MULTIPLIED,
    NORMALISING,
    OUTPUT,
    RUNNING,
    STATEMENTS,
    SUMMED,
    TESTING,
    TRUE,
    batches,
    dropped_out,
    gone_wrong,
    parameters_applied,
    scale_of,
    together,
)
from grader.author import Answer, Code, Options, Task, case
from grader.author.drawing import all_differ, drawn_until
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.value import Value
from reference.normalisation import (
    batch_norm_gradients,
    normalised,
    statistics,
    with_epsilon,
    without_epsilon,
)
from reference.normalisation import running as averaged

batchnorm = Code(
    "batchnorm", 2, Close(), slips=NORMALISING,
    asks="Write `batchnorm(X, gamma, beta, eps)`, which returns $Y$ in training.",
)  # fmt: skip
running = Code(
    "running", 1, Close(), entry="running_statistics", slips=RUNNING,
    asks="Write `running_statistics(X, mean, variance, alpha, eps)`, which returns the pair of the new running "
    "`(mean, variance)` after the batch `X`.",
)  # fmt: skip
batchnorm_test = Code(
    "batchnorm_test", 1, Close(), slips=TESTING,
    asks="Write `batchnorm_test(X, gamma, beta, mean, variance, eps)`, which returns $Y$ in test mode for the "
    "running `mean` and `variance`.",
)  # fmt: skip
dX = Code(
    "dX", 2, Close(), entry="batchnorm_backward", element=0, slips=BACKWARD,
    asks=r"Write `batchnorm_backward(dY, X, gamma, eps)`, which returns $\partial L/\partial X$, "
    r"$\partial L/\partial \gamma$ and $\partial L/\partial \beta$ for `dY` $= \partial L/\partial Y$ in training. "
    "Here the first of them is judged.",
)  # fmt: skip
dgamma = Code(
    "dgamma", "1/2", Close(), entry="batchnorm_backward", element=1,
    slips={**SUMMED, **MULTIPLIED},
    asks=r"The second result of `batchnorm_backward`: $\partial L/\partial \gamma$.",
)  # fmt: skip
dbeta = Code(
    "dbeta", "1/2", Close(), entry="batchnorm_backward", element=2, slips=SUMMED,
    asks=r"The third result of `batchnorm_backward`: $\partial L/\partial \beta$.",
)  # fmt: skip
dropout = Code(
    "dropout", 2, Close(), slips=DROPOUT,
    asks="Write `dropout(X, mask, p, train)`, which returns the outputs in training (`train` is true) or in test "
    "mode.",
)  # fmt: skip
by_hand = Answer(
    "by_hand", 1, Value(),
    slips=BY_HAND,
    asks=r"`q15_by_hand`: a neuron has the outputs ${outputs}$ on a batch of four. Normalise them by hand, without "
    r"$\varepsilon$, with $\gamma = {gamma}$ and $\beta = {beta}$.",
)  # fmt: skip
mean_by_hand = Answer(
    "mean_by_hand", "1/2", Value(),
    slips=MEAN_BY_HAND,
    asks=r"`q15_mean_by_hand`: the running mean before this batch was ${mean}$. What is it afterwards, with "
    r"$\alpha = {alpha}$?",
)  # fmt: skip
output = Answer(
    "output", "1/2", Value(),
    slips=OUTPUT,
    asks="`q15_output`: in training nothing was scaled, and neurons were kept with probability $p = {p}$. A neuron "
    "whose output is {h} takes part in test mode: by which number does it enter the next layer?",
)  # fmt: skip
true = Answer(
    "true", 1, Choice(tuple("12345"), several=True, partial=True), slips=ALSO,
    asks="`q15_true`: the numbers of the true statements, such as `1, 4`.\n\n{statements}",
)  # fmt: skip


def deal(rng):
    """Deal a batch with a whole deviation, and numbers for which no mistake gives what is right."""
    return {**drawn_until(lambda: dealt(rng), good), "statements": Options.dealt(rng, STATEMENTS)}


def dealt(rng):
    middle, spread = rng.choice([-5, -4, -3, -2, 2, 3, 4, 5]), rng.choice([2, 3, 4])
    signs = rng.sample([-1, -1, 1, 1], 4)
    return {
        "outputs": tuple(middle + sign * spread for sign in signs),
        "gamma": rng.choice([2, 3, 4]),
        "beta": rng.choice([-3, -2, -1, 1]),
        "mean": rng.choice([-10, 10, 20]),
        "alpha": rng.choice(["0.1", "0.2", "0.3", "0.4"]),
        "p": rng.choice(["0.2", "0.4", "0.6", "0.8"]),
        "h": rng.choice([3, 6, 12]),
    }


def good(hand):
    batch = hand["outputs"], hand["gamma"], hand["beta"]
    return all_differ(np.round(right_by_hand(*batch, wrong), 9) for wrong in BY_HAND["wrong"])


task = Task(
    parts=[
        batchnorm,
        running,
        batchnorm_test,
        dX,
        dgamma,
        dbeta,
        dropout,
        by_hand,
        mean_by_hand,
        output,
        true,
    ],
    variants=deal,
    conventions={
        "epsilon": {
            "inside": "division by $\\sqrt{\\sigma^2 + \\varepsilon}$",
            "none": "division by $\\sigma$, without $\\varepsilon$",
        },
        "average": {
            "batch": "$\\alpha$ is the weight of the batch",
            "old": "$\\alpha$ is the weight of the old value",
        },
        "scaling": {
            "test": "dropout multiplies by $p$ in test mode",
            "training": "dropout divides by $p$ in training",
        },
    },
)


@batchnorm.cases
def in_training(rng):
    for X, gamma, beta, eps, aspect, public in batches(rng):
        yield case(X, gamma, beta, eps, aspect=aspect, public=public)


@running.cases
def after_a_batch(rng):
    for X, gamma, beta, eps, aspect, public in batches(rng):
        yield case(
            X, 4 * beta, gamma + 1, float(rng.choice([0.1, 0.2, 0.9])), eps, aspect=aspect, public=public
        )


@batchnorm_test.cases
def in_test_mode(rng):
    for X, gamma, beta, eps, aspect, public in batches(rng):
        mean, variance = rng.uniform(-6, -4, gamma.shape).round(2), rng.uniform(5, 9, gamma.shape).round(2)
        yield case(X, gamma, beta, mean, variance, eps, aspect=aspect, public=public)
    yield case(X[:1], gamma, beta, mean, variance, eps, aspect="a batch of one")


@dX.cases
@dgamma.cases
@dbeta.cases
def on_the_way_back(rng):
    for X, gamma, _, eps, aspect, public in batches(rng):
        yield case(rng.normal(1, 2, X.shape).round(2), X, gamma, eps, aspect=aspect, public=public)


MASKS = (((2, 3), True, True), ((2, 3), False, True), ((5, 4), True, False), ((4, 5), False, False))


@dropout.cases
def masks(rng):
    for shape, train, public in MASKS:
        X, p = rng.uniform(1, 5, shape).round(2), float(rng.choice([0.3, 0.6, 0.7, 0.8]))
        mask = np.arange(X.size).reshape(shape) % 3 > 0
        yield case(
            X, mask.astype(float), p, train, aspect="training" if train else "test mode", public=public
        )


@batchnorm.oracle
def right_batchnorm(X, gamma, beta, eps, *, epsilon, statistic, affine, outside):
    scale = scale_of(epsilon, eps, outside)
    mean, variance = {
        "unbiased": lambda: (X.mean(axis=0), X.var(axis=0, ddof=1)),
        "axis": lambda: (X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)),
        "whole": lambda: (X.mean(), X.var()),
        "not_centred": lambda: (0, X.var(axis=0)),
    }.get(statistic, lambda: statistics(X))()
    divided = scale(variance) ** 2 if statistic == "not_rooted" else scale(variance)
    return parameters_applied((X - mean) / divided, gamma=gamma, beta=beta, affine=affine)


@running.oracle
def right_running(X, mean, variance, alpha, eps, *, average, running):
    batch_mean, batch_variance = statistics(X)
    match running:
        case "replaced":
            return batch_mean, batch_variance
        case "kept":
            return mean, variance
        case "unbiased":
            batch_variance = X.var(axis=0, ddof=1)
        case "with_epsilon":
            batch_variance = batch_variance + eps
        case "deviation":
            batch_variance = np.sqrt(batch_variance)
    weight = alpha if average == "batch" else 1 - alpha
    return averaged(mean, batch_mean, weight), averaged(variance, batch_variance, weight)


@batchnorm_test.oracle
def right_test(X, gamma, beta, mean, variance, eps, *, epsilon, mode, affine, outside):
    scale = scale_of(epsilon, eps, outside)
    if mode in ("batch", "mixed"):
        mean = X.mean(axis=0)
    if mode == "batch":
        variance = X.var(axis=0)
    divided = scale(variance) ** 2 if mode == "not_rooted" else scale(variance)
    return parameters_applied((X - mean) / divided, gamma=gamma, beta=beta, affine=affine)


@dX.oracle
def right_dX(dY, X, gamma, eps, *, epsilon, path, outside):
    scale = scale_of(epsilon, eps, outside)
    if path is None and not outside:
        return batch_norm_gradients(dY, X, gamma, scale)[0], None, None
    return gone_wrong(dY, X, gamma, scale, path, outside), None, None


@dgamma.oracle
def right_dgamma(dY, X, gamma, eps, *, epsilon, gathered, input):
    scale = scale_of(epsilon, eps)
    if gathered is None and input is None:
        return None, batch_norm_gradients(dY, X, gamma, scale)[1], None
    mean, variance = statistics(X)
    return None, together(dY * (X if input else (X - mean) / scale(variance)), gathered), None


@dbeta.oracle
def right_dbeta(dY, X, gamma, eps, *, gathered):
    if gathered is None:
        return None, None, batch_norm_gradients(dY, X, gamma, with_epsilon(eps))[2]
    return None, None, together(dY, gathered)


@dropout.oracle
def right_dropout(X, mask, p, train, *, scaling, wrong):
    inverted = scaling == "training"
    return dropped_out(X, mask, p, train, inverted, wrong)


@by_hand.oracle
def right_by_hand(outputs, gamma, beta, wrong):
    X = np.array(outputs, dtype=float)
    mean, variance = statistics(X)
    match wrong:
        case "not_rooted":
            return gamma * (X - mean) / variance + beta
        case "not_centred":
            return gamma * X / np.sqrt(variance) + beta
        case "affine_lost":
            return (X - mean) / np.sqrt(variance)
        case "affine_swapped":
            return beta * (X - mean) / np.sqrt(variance) + gamma
        case "shift_first":
            return gamma * ((X - mean) / np.sqrt(variance) + beta)
    return normalised(X, mean, variance, np.array(gamma), np.array(beta), without_epsilon)


@mean_by_hand.oracle
def right_mean(outputs, mean, alpha, average, wrong):
    tenths, batch = int(alpha[-1]), int(statistics(np.array(outputs))[0])
    if wrong == "replaced":
        return batch
    if wrong == "halved":
        return (batch + mean) / 2
    weight = tenths if average == "batch" else 10 - tenths
    return (weight * batch + (10 - weight) * mean) / 10


@output.oracle
def right_output(h, p, wrong):
    tenths = int(p[-1])
    return {
        None: h * tenths / 10,
        "dropped": h * (10 - tenths) / 10,
        "divided": h * 10 / tenths,
        "unscaled": h,
    }[wrong]


@true.oracle
def true_statements(statements, also, without):
    return statements.labels(*(code for code in (*TRUE, also) if code != without))
