r"""Vanishing and exploding gradients

In $\frac{\partial s_k}{\partial W} = \sum_{i=1}^{k} \left( \prod_{j=i+1}^{k} \frac{\partial s_j}{\partial s_{j-1}}
\right) \frac{\partial s_i}{\partial W_*}$ products of up to $k - 1$ factors stand.

*By hand.* The state is a number and every factor is the same: $\frac{\partial s_j}{\partial s_{j-1}} = q$. Give
$\frac{\partial s_k}{\partial s_1}$ exactly, a power such as `0.5^8` included, or rounded: a large number to two
decimals, a small one to seven.

*What helps?* Each of these helps against gradients that vanish, against those that explode, or against neither.

{remedies}

*In Python, with numpy arrays.* Write `clip_by_norm(g, threshold)`, which returns the pair of the clipped gradient and
of whether it was scaled (`True` or `False`). `g` is an array of any shape, of whole numbers or decimals; its norm is
the root of the sum of the squares of all entries. You may scale from the threshold on (≥) or above it only (>).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from grader.author import Answer, Code, Slip, Task, case
from grader.author.wording import Options
from grader.comparators.choice import Matching
from grader.comparators.close import Close
from grader.comparators.value import Value
from reference.recurrent import clip_by_norm

REMEDIES = {
    "clipping": "to bound the norm of the gradient",
    "skipping": "skip connections, which hand the gradient past some layers or steps",
    "lstm": "a cell with gates and a state that is added to, such as LSTM",
    "flatter": "to bound the norm of the weights, where it has grown far above 1",
    "deeper": "to unroll the network over more steps",
}
AGAINST = {"clipping": "e", "skipping": "v", "lstm": "v", "flatter": "e", "deeper": "n"}
KINDS = ("v|vanish|vanishing|затухание", "e|explode|exploding|взрыв", "n|neither|none|ни от чего")
CLIPPING = {
    "norm": {
        "root": None,
        "square": Slip("1/2", "You compare and divide with the *square* of the norm; the root is lost."),
        "sum": Slip(
            "1/2", "You took the sum of the absolute values; the norm is the root of the sum of squares."
        ),
        "largest": Slip(
            "1/2", "You took the largest entry for the norm; it is the root of the sum of squares."
        ),
        "rows": Slip(
            "1/4",
            "Every row is scaled by a norm of its own, and the direction changes; there is one norm for all.",
        ),
    },
    "scales": {
        "above": None,
        "always": Slip(
            "1/4", "You scale small gradients up, too; below the threshold the gradient stays as it is."
        ),
    },
}
CLIPPED = {
    "scaling": {
        "by_norm": None,
        "elements": Slip(
            "1/4",
            "You clip each entry on its own, and the direction of the gradient changes; all entries are multiplied "
            "by one number.",
        ),
        "not_divided": Slip(
            "1/4", r"You multiply by the threshold without dividing by the norm: the factor is "
            r"$\mathrm{threshold}/\|g\|$.",
        ),
    },
}  # fmt: skip
POWERS = {
    "factors": {
        "right": None,
        "more": Slip("1/2", r"One factor too many: from $s_1$ to $s_k$ there are $k - 1$ steps."),
        "fewer": Slip("1/2", r"One factor too few: from $s_1$ to $s_k$ there are $k - 1$ steps."),
    },
    "joined": {
        "multiplied": None,
        "added": Slip(0, "You added the factors; by the chain rule they are multiplied."),
    },
}
GROWING = (Fraction(3, 2), Fraction(5, 3), Fraction(2))
SHRINKING = (Fraction(1, 2), Fraction(2, 3), Fraction(3, 4))

large = Answer(
    "large", 1, Value(decimals=2), slips=POWERS,
    asks=r"`q18_large`: $\frac{\partial s_k}{\partial s_1}$ for $q = {q_large}$ and $k = {k_large}$.",
)  # fmt: skip
small = Answer(
    "small", 1, Value(decimals=7), slips=POWERS,
    asks=r"`q18_small`: $\frac{\partial s_k}{\partial s_1}$ for $q = {q_small}$ and $k = {k_small}$.",
)  # fmt: skip
remedies = Answer(
    "remedies", 1, Matching(tuple("12345"), KINDS, partial=True),
    asks="`q18_remedies`: what helps against what? Answer like `1-v 2-e 3-n` (vanish, explode, neither).",
)  # fmt: skip
clipped = Code(
    "clipped", 2, Close(), entry="clip_by_norm", element=0, slips={**CLIPPING, **CLIPPED},
    asks="The first of what `clip_by_norm(g, threshold)` returns: the gradient.",
)  # fmt: skip
scaled = Code(
    "scaled", "1/2", Close(relative=0.0), entry="clip_by_norm", element=1, slips=CLIPPING, continues=clipped,
    asks="The second of what `clip_by_norm(g, threshold)` returns: whether the gradient was scaled.",
)  # fmt: skip


def dealt(rng):
    return {
        "q_large": str(rng.choice(GROWING)),
        "k_large": rng.randint(9, 11),
        "q_small": str(rng.choice(SHRINKING)),
        "k_small": rng.randint(9, 11),
        "remedies": Options.dealt(rng, REMEDIES),
    }


task = Task(
    parts=[large, small, remedies, clipped, scaled],
    variants=dealt,
    conventions={
        "threshold": {
            "from": "scaled from the threshold on (≥)",
            "above": "scaled above the threshold only (>)",
        },
    },
)


def power(q, k, factors, joined):
    count = {"right": k - 1, "more": k, "fewer": k - 2}[factors]
    return Fraction(q) * count if joined == "added" else Fraction(q) ** count


@large.oracle
def large_power(q_large, k_large, factors, joined):
    return power(q_large, k_large, factors, joined)


@small.oracle
def small_power(q_small, k_small, factors, joined):
    return power(q_small, k_small, factors, joined)


@remedies.oracle
def what_helps(remedies):
    return {remedies.label(code): AGAINST[code] for code in remedies.codes}


@remedies.misconception(credit="1/4")
def turned_round(remedies):
    """Vanishing and exploding are swapped: bounding a norm keeps gradients from exploding."""
    other = {"v": "e", "e": "v", "n": "n"}
    return {remedies.label(code): other[AGAINST[code]] for code in remedies.codes}


@remedies.misconception(credit="1/2")
def clipping_for_both(remedies):
    """Bounding the norm of the gradient makes a large one smaller; one that vanishes does not become larger."""
    return {remedies.label(code): AGAINST[code] if code != "clipping" else "v" for code in remedies.codes}


def norm_of(g, norm):
    match norm:
        case "square":
            return np.sum(g**2)
        case "sum":
            return np.sum(np.abs(g))
        case "largest":
            return np.max(np.abs(g))
        case "rows":
            return np.sqrt(np.sum(g**2, axis=-1, keepdims=True))
    return np.sqrt(np.sum(g**2))


def beyond(size, bound, threshold, scales):
    if scales == "always":
        return np.ones_like(size, dtype=bool)
    return size >= bound if threshold == "from" else size > bound


def gradient_clipped(g, bound, threshold, norm, scales, scaling):
    size = norm_of(g, norm)
    scaled = beyond(size, bound, threshold, scales)
    if (norm, scales, scaling) == ("root", "above", "by_norm"):
        return clip_by_norm(g, bound), bool(scaled)
    if scaling == "elements":
        return np.clip(g, -bound, bound), bool(np.any(np.abs(g) > bound))
    factor = bound if scaling == "not_divided" else bound / size
    return np.where(scaled, factor * g, g), bool(np.any(scaled))


@clipped.oracle
def clipped_in_code(g, bound, *, threshold, norm, scales, scaling):
    return gradient_clipped(g, bound, threshold=threshold, norm=norm, scales=scales, scaling=scaling)


@scaled.oracle
def scaled_in_code(g, bound, *, threshold, norm, scales):
    return gradient_clipped(g, bound, threshold=threshold, norm=norm, scales=scales, scaling="by_norm")


@clipped.cases
@scaled.cases
def gradients(rng):
    yield case(np.array([3.0, -4.0]), 2.5, aspect="above the threshold", public=True)
    yield case(np.array([0.3, -0.4]), 2.5, aspect="below the threshold", public=True)
    yield case(np.array([3, -4]), 5, aspect="at the threshold")  # whole numbers: nothing is rounded
    yield case(np.array([0.3, -0.4]), 0.45, aspect="above the threshold")
    yield case(np.array([1.2, -0.5]), 1.5, aspect="below the threshold")
    yield case(np.array([[0.6, 0.0], [0.0, -0.8]]), 0.9, aspect="a matrix")
    yield case(np.array([1.2, -0.9]), 1.4, aspect="no entry above the threshold")
    g = rng.normal(size=(4, 3))
    yield case(g, float(0.4 * np.linalg.norm(g)), aspect="a matrix")
    yield case(1e3 * rng.normal(size=(2, 3, 4)), 1.5, aspect="far above the threshold")
    yield case(1e-3 * rng.normal(size=20), 1.0, aspect="below the threshold")
