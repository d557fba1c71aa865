"""Mistakes with batch normalisation and dropout: their sentences, and what they have in common."""

from __future__ import annotations

import numpy as np

from grader.author import Slip
from reference.normalisation import dropout, statistics, with_epsilon, without_epsilon

OUTSIDE = Slip("1/2", "$\\varepsilon$ stands outside the root: divide by $\\sqrt{\\sigma^2 + \\varepsilon}$.")
NORMALISING = {
    "statistic": {
        None: None,
        "unbiased": Slip("1/2", "You divided the variance by $N - 1$; here it is divided by $N$."),
        "axis": Slip(
            "1/4",
            "The statistics are taken over the wrong axis: over the examples, for each component by itself.",
        ),
        "whole": Slip("1/4", "One mean and one variance for the whole batch: every component has its own."),
        "not_rooted": Slip(
            "1/4", "You divided by the variance: it is the deviation, its root, that is divided by."
        ),
        "not_centred": Slip("1/4", "The mean is not subtracted."),
    },
    "affine": {
        None: None,
        "lost": Slip("1/2", "$\\gamma$ and $\\beta$ are not applied."),
        "shift_first": Slip(
            "1/2", "$\\beta$ is added before the multiplication by $\\gamma$; it comes last."
        ),
    },
    "outside": {False: None, True: OUTSIDE},
}
RUNNING = {
    "running": {
        None: None,
        "replaced": Slip(
            "1/4", "The running statistics are replaced by those of the last batch: average them."
        ),
        "kept": Slip("1/4", "The running statistics stay as they were: training must update them."),
        "unbiased": Slip(
            "1/2", "The running variance is fed with the variance divided by $N - 1$; here it is by $N$."
        ),
        "with_epsilon": Slip(
            "1/2", "The running variance has $\\varepsilon$ in it: it belongs under the root only."
        ),
        "deviation": Slip("1/4", "You average the deviation; the running statistic is the variance."),
    }
}
TESTING = {
    "mode": {
        None: None,
        "batch": Slip("1/4", "In test mode the statistics are the running ones, not those of the batch."),
        "mixed": Slip(
            "1/4", "The mean is that of the batch; in test mode both statistics are the running ones."
        ),
        "not_rooted": Slip("1/4", "You divided by the running variance; divide by its root."),
    },
    "affine": {
        None: None,
        "lost": Slip("1/2", "$\\gamma$ and $\\beta$ are to be applied in test mode, too."),
    },
    "outside": {False: None, True: OUTSIDE},
}
BACKWARD = {
    "path": {
        None: None,
        "mean": Slip(
            "1/4", "The path through $\\mu$ is lost: the mean depends on every example of the batch."
        ),
        "variance": Slip(
            "1/4", "The path through $\\sigma^2$ is lost: the variance depends on every example."
        ),
        "both": Slip(
            "0", "$\\mu$ and $\\sigma$ are no constants: they depend on every example of the batch."
        ),
        "halved": Slip(
            "1/2",
            "The derivative of the square is halved: a factor 2 is lost on the path through the variance.",
        ),
        "gamma": Slip("1/2", "$\\gamma$ is lost on the way back."),
    },
    "outside": {False: None, True: OUTSIDE},
}
SUMMED = {
    "gathered": {
        None: None,
        "mean": Slip("1/2", "The gradient is the *sum* over the batch: each example contributes."),
        "unsummed": Slip("1/4", "The gradient has the shape of the parameter: sum over the batch."),
    }
}
MULTIPLIED = {
    "input": {None: None, "raw": Slip("1/4", "$\\gamma$ multiplies the normalised input, not $x$.")}
}
DROPOUT = {
    "wrong": {
        None: None,
        "unscaled": Slip("1/4", "The scale is kept neither in training nor in test mode."),
        "twice": Slip("1/4", "You scale twice, in training and in test mode: one of them is enough."),
        "masked_at_test": Slip("1/4", "In test mode every neuron takes part: the mask belongs to training."),
        "exchanged": Slip(
            "1/2", "You took $p$ for the probability of being dropped; here it is that of being kept."
        ),
        "reversed": Slip("1/4", "You scale the wrong way round: where it is to be divided you multiply."),
        "inverted_mask": Slip(
            "1/4", "You drop the neurons that were to be kept: a 1 in the mask means kept."
        ),
    }
}
BY_HAND = {
    "wrong": {
        None: None,
        "not_rooted": NORMALISING["statistic"]["not_rooted"],
        "not_centred": NORMALISING["statistic"]["not_centred"],
        "affine_lost": NORMALISING["affine"]["lost"],
        "affine_swapped": Slip("1/4", "$\\gamma$ multiplies and $\\beta$ is added, not the other way round."),
        "shift_first": NORMALISING["affine"]["shift_first"],
    }
}
MEAN_BY_HAND = {
    "wrong": {
        None: None,
        "replaced": Slip("1/4", "That is the mean of the batch: average it with the running one."),
        "halved": Slip(
            "1/4", "You took the middle of both means; they are weighted with $\\alpha$ and $1 - \\alpha$."
        ),
    }
}
OUTPUT = {
    "wrong": {
        None: None,
        "dropped": DROPOUT["wrong"]["exchanged"],
        "divided": Slip(
            "1/4", "In test mode the output is multiplied by $p$, which is its mean in training."
        ),
        "unscaled": Slip("1/4", "The scale is lost: in training only a share $p$ of the neurons takes part."),
    }
}

STATEMENTS = {
    "learned": "$\\gamma$ and $\\beta$ are learned by back-propagation, as weights are.",
    "alone": "In test mode the answer for one example does not depend on the others beside it.",
    "thinned": "Dropout regularises: every training step changes the weights of another part of the network.",
    "computed": "$\\gamma$ and $\\beta$ are the deviation and the mean of the batch.",
    "dropped_at_test": "In test mode as many neurons are dropped as in training.",
}
TRUE = ("learned", "alone", "thinned")
ALSO = {
    "also": {
        None: None,
        "computed": Slip(
            "1/2",
            "Mean and deviation of the batch are $\\mu$ and $\\sigma$; $\\gamma$ and $\\beta$ are parameters, and a "
            "linear combination passes gradients on to them.",
        ),
        "dropped_at_test": Slip(
            "1/2", "In test mode all neurons take part; the scale makes up for those that were dropped."
        ),
    },
    "without": {
        None: None,
        "learned": Slip("1/2", "$\\gamma$ and $\\beta$ get gradients like weights, and are learned."),
        "alone": Slip(
            "1/2",
            "The running statistics and parameters are fixed in test mode, so each example goes by itself.",
        ),
        "thinned": Slip(
            "1/2",
            "Every step of training samples a network, and not all parameters change: that regularises.",
        ),
    },
}


def scale_of(epsilon, eps, outside=False):
    if outside:
        return lambda variance: np.sqrt(variance) + eps
    return with_epsilon(eps) if epsilon == "inside" else without_epsilon


def parameters_applied(normal, *, gamma, beta, affine):
    return {None: gamma * normal + beta, "lost": normal, "shift_first": gamma * (normal + beta)}[affine]


def together(terms, gathered):
    return {None: terms.sum(axis=0), "mean": terms.mean(axis=0), "unsummed": terms}[gathered]


def gone_wrong(dY, X, gamma, scale, path, outside):
    """The gradient by X term by term, with a path lost or with ε outside the root."""
    mean, variance = statistics(X)
    centred, d = X - mean, scale(variance)
    g = dY if path == "gamma" else gamma * dY
    # with ε outside the root, the derivative of the root stays what it is
    through_variance = centred / (d * np.sqrt(variance) if outside else d**2) * (g * centred).mean(axis=0)
    through_mean = g.mean(axis=0)
    if path in ("mean", "both"):
        through_mean = 0
    if path in ("variance", "both"):
        through_variance = 0
    if path == "halved":
        through_variance = through_variance / 2
    return (g - through_mean - through_variance) / d


SIZES = (  # examples, components, ε, aspect, public
    (2, 1, 0.25, "one component", True),
    (4, 2, 0.25, "several components", True),
    (3, 5, 0.5, "fewer examples than components", False),
    (8, 3, 0.1, "several components", False),
    (5, 4, 1.0, "several components", False),
)


def batches(rng):
    """Batches whose means, variances and parameters are all far from 0 and 1 and from each other."""
    for examples, components, eps, aspect, public in SIZES:
        X = rng.normal(0, 1, (examples, components))
        X *= rng.uniform(0.7, 3, components) / X.std(axis=0)
        X += rng.choice([-1, 1], components) * rng.uniform(1, 4, components)
        gamma, beta = rng.uniform(1.5, 3, components), rng.uniform(-2, -0.5, components)
        yield X.round(3), gamma.round(2), beta.round(2), eps, aspect, public


def dropped_out(X, mask, p, train, inverted, wrong):
    match wrong:
        case "unscaled":
            return X * mask if train else X
        case "twice":
            return dropout(X, mask, p, train, inverted=train)
        case "masked_at_test":
            return dropout(X, mask, p, train, inverted) * mask
        case "exchanged":
            return dropout(X, mask, 1 - p, train, inverted)
        case "reversed":
            return dropout(X, mask, 1 / p, train, inverted)
        case "inverted_mask":
            return dropout(X, 1 - mask, p, train, inverted)
    return dropout(X, mask, p, train, inverted)
