r"""AdaBoost

Boosting for classification: objects $x_i$ with $y_i \in \{-1, +1\}$, weights $w_i = 1/N$ at the beginning. In every
round a tree $t_k(x) \in \{-1, +1\}$ is fitted to the weighted sample; its weight $\alpha_k$ comes from its weighted
share of errors $\varepsilon_k$, then $f(x) := f(x) + \alpha_k t_k(x)$, and the weights of the objects are updated.
The answer is $\mathrm{sign} f(x)$.

You may take $\alpha = \frac{1}{2} \ln \frac{1 - \varepsilon}{\varepsilon}$ with $w_i := w_i e^{-\alpha y_i t(x_i)}$,
or $\alpha = \ln \frac{1 - \varepsilon}{\varepsilon}$ with $w_i := w_i e^{\alpha [y_i ≠ t(x_i)]}$. In code the weights
may be divided by their sum after every round or not (then $\varepsilon$ is divided by it); without that you may also
write $w_i = e^{-y_i f(x_i)}$ as in the lecture. Keep to one way.

*In Python, with numpy arrays.* Write `adaboost(X, y, fit, K)`, which returns `(w, alpha, answers)`: the weights after
`K` rounds, the list of all $\alpha_k$, and the answers −1 or 1 to the objects of the sample. `tree = fit(X, y, w)`
fits a tree, `tree(X)` gives its answers. The module `trees` has such trees (`trees.fit_stump`). No tree is free of
errors.

*By hand.* In some round the weights of five objects are $w = {weights}$, the right answers $y = {y}$, those of the
new tree $t = {t}$. Write $\alpha$ exactly, such as `ln(2)/3`, and the new weights so that their sum is 1.

*Upper bounds.* The threshold loss $T(z) = [z < 0]$ of the margin $z = y f(x)$ is replaced by an upper bound:
1) ${bound_1}$, 2) ${bound_2}$, 3) ${bound_3}$, 4) ${bound_4}$. Four curves go through these points:

| $z$ | $-1$ | $0$ | $1$ | $2$ |
|---|---|---|---|---|
| A | ${curve_A}$ |
| B | ${curve_B}$ |
| C | ${curve_C}$ |
| D | ${curve_D}$ |
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assignments.colloquium._adaboosting import Row, Weights, boosted
from assignments.colloquium.given import trees
from grader.author import Answer, Code, Slip, Task, case, given
from grader.comparators.choice import Matching
from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.value import Value

MISTAKES = {
    "half_lost": Slip(
        "1/2",
        r"Without the ½ in $\alpha$ the update $e^{-\alpha y t}$ goes twice too far: it belongs to "
        r"$\alpha = \frac{1}{2} \ln \frac{1 - \varepsilon}{\varepsilon}$.",
    ),
    "not_updated": Slip(
        "1/4",
        "The weights of the objects are never updated, so that every tree is fitted to the same sample.",
    ),
    "correct_heavier": Slip(
        "1/4",
        "You make the objects heavier on which the tree is *right*; those on which it errs must become heavier.",
    ),
    "unweighted_error": Slip(
        "1/2", r"$\varepsilon$ is the sum of the weights of the errors, not their number divided by $N$."
    ),
    "labels_zero_one": Slip(
        "1/4",
        "You compute with labels 0 and 1; the formulas are right for −1 and 1 only: $y t$ tells right from wrong.",
    ),
}


def wrong(*names):
    return {"wrong": {None: None, **{name: MISTAKES[name] for name in names}}}


SEEN_IN_ANSWERS = [name for name in MISTAKES if name != "correct_heavier"]
"""Where the right ones become heavier the same tree is found again and again, as where no weight changes."""

entry = {"entry": "adaboost"}
alphas = Code(
    "alphas", 2, Close(), **entry, element=1, slips=wrong(*MISTAKES),
    asks=r"The function `adaboost(X, y, fit, K)`. Here its second result is judged, all $\alpha_k$.",
)  # fmt: skip
objects = Code(
    "objects", 1, Close(), **entry, element=0, continues=alphas, slips=wrong(*MISTAKES),
    asks="The first result of `adaboost`: the weights of the objects.",
)  # fmt: skip
answers = Code(
    "answers", 1, Close(), **entry, element=2, continues=alphas, slips=wrong(*SEEN_IN_ANSWERS),
    asks="The third result of `adaboost`: the answers.",
)  # fmt: skip
error = Answer(
    "error", "1/2", Value(), slips=wrong("unweighted_error"),
    asks=r"`q6_error`: the weighted share of errors $\varepsilon$.",
)  # fmt: skip
alpha = Answer("alpha", 1, Formula(()), asks=r"`q6_alpha`: the weight $\alpha$ of the tree.")
updated = Answer(
    "updated", 1, Value(), slips=wrong("half_lost", "correct_heavier"),
    asks="`q6_updated`: the new weights of the five objects, divided by their sum.",
)  # fmt: skip
curves = Answer(
    "curves", "1/2", Matching(tuple("ABCD"), tuple("1234")),
    asks="`q6_curves`: which curve is which formula? Answer like `A-1 B-2 C-3 D-4`.",
)  # fmt: skip
METHODS = (
    "a|AdaBoost",
    "b|логистическая регрессия|logistic regression",
    "c|SVM|support vector machine",
    "d|МНК|least squares",
)
methods = Answer(
    "methods", "1/2", Matching(tuple("1234"), METHODS),
    asks="`q6_methods`: which method uses which bound? a) AdaBoost, b) logistic regression, c) support vector "
    "machine, d) least squares. Answer like `1-a 2-b 3-c 4-d`.",
)  # fmt: skip

BOUNDS = {  # method → formula, values at −1, 0, 1, 2
    "a": ("e^{-z}", (2.72, 1, 0.37, 0.14)),
    "b": (r"\log_2 (1 + e^{-z})", (1.89, 1, 0.45, 0.18)),
    "c": (r"\max(0, 1 - z)", (2, 1, 0, 0)),
    "d": ("(1 - z)^2", (4, 1, 0, 1)),
}


SHARES = tuple(map(Fraction, ("1/4", "1/3", "1/5", "1/6", "2/5")))


def dealt(rng):
    """Deal unequal weights and one or two errors whose share is neither their number nor a half."""
    while True:
        parts = [rng.randint(1, 5) for _ in range(5)]
        y = [rng.choice((-1, 1)) for _ in range(5)]
        missed = set(rng.sample(range(5), rng.choice((1, 2))))
        share = Fraction(sum(parts[i] for i in missed), sum(parts))
        neat = sum(parts) in (10, 12, 15) and share in SHARES
        if neat and share != Fraction(len(missed), 5) and len(set(y)) == 2:
            break
    order, curve = rng.sample("abcd", 4), rng.sample("abcd", 4)
    return {
        "weights": Weights(Fraction(part, sum(parts)) for part in parts),
        "y": tuple(y),
        "t": tuple(-sign if i in missed else sign for i, sign in enumerate(y)),
        **{f"bound_{n}": BOUNDS[method][0] for n, method in enumerate(order, 1)},
        **{f"curve_{letter}": Row(BOUNDS[method][1]) for letter, method in zip("ABCD", curve, strict=True)},
        "order": "".join(order),
        "curve": "".join(curve),
    }


task = Task(
    parts=[error, alpha, updated, curves, methods, alphas, objects, answers],
    variants=dealt,
    conventions={
        "alpha_is": {"half": "α = ½ ln((1 − ε)/ε)", "whole": "α = ln((1 − ε)/ε)"},
        "sum": {
            "one": "the weights are divided by their sum in every round",
            "kept": "the weights are multiplied on from 1/N and not divided by their sum",
            "exponents": "the weights are those of the lecture, exp(−y f(x))",
        },
    },
)


SHAPES = (  # objects, features, rounds, aspect
    (6, 1, 1, "one round"),
    (8, 1, 2, "two rounds"),
    (9, 2, 3, "several rounds"),
    (15, 2, 5, "several rounds"),
    (30, 3, 10, "many rounds"),
    (40, 2, 8, "many rounds"),
)


@alphas.cases
@objects.cases
@answers.cases
def samples(rng):
    fit, x = given(trees.fit_stump), np.arange(1.0, 7.0)[:, None]
    yield case(x, np.array([1, 1, -1, -1, 1, -1]), fit, 1, aspect="one round", public=True)
    yield case(x, np.array([-1, 1, 1, -1, 1, 1]), fit, 2, aspect="two rounds", public=True)
    for objects, features, K, aspect in SHAPES:
        yield case(*noisy(rng, objects, features, fit, K), fit, K, aspect=aspect)


def noisy(rng, objects, features, fit, K):
    """A sample on which no tree of the first K is free of errors or as good as a coin, and no vote is a draw."""
    while True:
        X = rng.normal(size=(objects, features))
        y = np.where(X.sum(axis=1) + rng.normal(0, 1.2, objects) > 0, 1, -1)
        if abs(y.sum()) == objects:
            continue
        with np.errstate(all="ignore"):
            exponents, alphas, _ = boosted(X, y, fit, K, "half", "exponents")
        if np.isfinite(alphas).all() and alphas.min() > 0.02 and np.abs(np.log(exponents)).min() > 0.01:
            return X, y


@alphas.oracle
def right_alphas(X, y, fit, K, *, alpha_is, wrong):
    return None, boosted(X, y, fit, K, alpha_is, wrong=wrong)[1], None


@objects.oracle
def right_objects(X, y, fit, K, *, alpha_is, sum, wrong):
    return boosted(X, y, fit, K, alpha_is, sum, wrong)[0], None, None


@answers.oracle
def right_answers(X, y, fit, K, *, alpha_is, wrong):
    return None, None, boosted(X, y, fit, K, alpha_is, wrong=wrong)[2]


@error.oracle
def right_error(weights, y, t, wrong):
    missed = [a != b for a, b in zip(y, t, strict=True)]
    if wrong == "unweighted_error":
        return Fraction(sum(missed), len(y))
    return sum(w for w, miss in zip(weights, missed, strict=True) if miss)


@error.misconception(credit="1/4")
def share_of_right_answers(weights, y, t):
    """This is the weighted share of *right* answers; $\\varepsilon$ is that of the errors."""
    return 1 - right_error(weights, y, t, None)


def exactly(number):
    """A fraction from the student's own answer or from ours."""
    return Fraction(str(np.ravel(number)[0]))


@alpha.oracle
def right_alpha(error, alpha_is):
    share = exactly(error)
    return f"{'1/2*' if alpha_is == 'half' else ''}ln({(1 - share) / share})"


@alpha.misconception(credit="1/2")
def fraction_turned_over(error, alpha_is):
    """The fraction is upside down: a tree that errs less often than a coin has a positive weight."""
    share = exactly(error)
    return f"{'1/2*' if alpha_is == 'half' else ''}ln({share / (1 - share)})"


@updated.oracle
def right_weights(weights, y, t, error, wrong):
    share = exactly(error)
    odds = (1 - share) / share
    factors = {None: odds, "half_lost": odds**2, "correct_heavier": 1 / odds}
    grown = [w * (factors[wrong] if a != b else 1) for w, a, b in zip(weights, y, t, strict=True)]
    return [w / sum(grown) for w in grown]


@updated.misconception(credit="1/4")
def weights_left_alone(weights):
    """These are the old weights; those of the errors must grow, those of the others shrink."""
    return list(weights)


@updated.misconception(credit="1/2")
def not_divided_by_their_sum(weights, y, t, error):
    """The weights are multiplied rightly, but their sum is not 1 yet: divide each of them by the sum."""
    share = exactly(error)
    return [w * ((1 - share) / share if a != b else 1) for w, a, b in zip(weights, y, t, strict=True)]


@curves.oracle
def right_curves(order, curve):
    return {letter: str(order.index(method) + 1) for letter, method in zip("ABCD", curve, strict=True)}


@curves.misconception(credit="1/2")
def exponential_for_logistic(order, curve):
    """The exponential and the logistic curve are swapped: the exponential one is steeper on the left."""
    swapped = {"a": "b", "b": "a"}
    return right_curves(order, [swapped.get(method, method) for method in curve])


@methods.oracle
def right_methods(order):
    return dict(zip("1234", order, strict=True))


@methods.misconception(credit="1/2")
def logistic_for_adaboost(order):
    """AdaBoost and logistic regression are swapped: AdaBoost's weights are values of its bound, $e^{-y f(x)}$."""
    swapped = {"a": "b", "b": "a"}
    return dict(zip("1234", (swapped.get(method, method) for method in order), strict=True))
