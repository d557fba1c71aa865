r"""Boosting for regression

The sample is $\{x_i, y_i\}$, $i = 1, …, N$. Boosting builds a composition $a(x)$ of $K$ trees with the learning rate
$\lambda$: in every round a tree $a_k$ is fitted to the residuals $r_i = y_i - a(x_i)$, and $\lambda a_k(x)$ is added
to the composition. You may begin with $a(x) = 0$, as in the lecture, or with the mean of all $y_i$; keep to it in
code and on paper.

*Link with the gradient.* The loss on one object is $L = {loss}$, where $a$ is the answer of the composition and $y$
the right one. What does fitting trees to the antigradient amount to?

{links}

*By hand.* There are four objects, $x = 1, 2, 3, 4$ with $y = {y}$, and $\lambda = \frac{1}{2}$. The first tree asks
«is $x ≤ {first}$?», the second one «is $x ≤ {second}$?»; on either side a tree answers with the mean of what it is
fitted to. Write numbers like `q5_r = [1, -2, 0.5, 3]`.

*In Python, with numpy arrays.* Write `boost_regression(X, y, fit, K, lam)`, which returns the answers $a(x_i)$ of the
composition of `K` trees to the objects of the sample. `X` has the shape `(N, d)`, `y` and the result `(N,)`;
`tree = fit(X, r)` fits a base learner to `r`, and `tree(X)` gives its answers. The module `trees` has such learners
to try it out.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assignments.colloquium.given import trees
from grader.author import Answer, Code, Options, Slip, Task, case, given
from grader.author.near_misses import broken_line
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.derivation import Derivation
from grader.comparators.formula import Formula
from grader.comparators.value import Value
from reference.boosting import boost_regression

RATE = {
    "rate_in_residuals": {
        "kept": None,
        "lost": Slip(
            "1/2",
            r"The learning rate is lost in the residuals: they are $y_i - a(x_i)$ for the composition as it "
            r"answers, in which the tree is multiplied by $\lambda$.",
        ),
    },
    "rate_in_answer": {
        "kept": None,
        "lost": Slip(
            "1/2",
            r"The learning rate is lost in the answer: the composition is $a(x) + \lambda a_k(x)$, not the plain "
            "sum of the trees.",
        ),
    },
}
TARGETS = {
    "targets": {
        "residuals": None,
        "y": Slip(
            "1/4",
            "Every tree of yours is fitted to $y$ itself; from the second one on it has to be fitted to what the "
            "composition still lacks, the residuals.",
        ),
    },
}
AGAIN = Slip(
    "1/4",
    "You subtract the whole composition from the residuals again and again ($r ← r - a(x)$); subtract it from $y$, "
    "or only the new tree from the residuals.",
)
CODE_TARGETS = {"targets": {**TARGETS["targets"], "residuals_of_residuals": AGAIN}}
GRADIENT = {
    "sign": {
        "minus": None,
        "lost": Slip("1/2", "This is the gradient; the *anti*gradient has the opposite sign."),
    },
    "factor": {
        "kept": None,
        "of_square_lost": Slip("1/2", "The derivative of a square brings down a 2; it got lost."),
        "in_front_lost": Slip("1/2", "The number in front of the loss got lost; it stays in the derivative."),
    },
}
LINKS = {
    "algorithms": "to gradient descent in the space of algorithms: each tree is a step that moves all $a(x_i)$",
    "thresholds": "to gradient descent in the thresholds of the trees, which move along the antigradient",
    "rate": r"to gradient descent in $\lambda$, which becomes smaller from tree to tree",
    "average": "to an average of trees each of which is fitted without regard to the others",
}
CHOSEN = {
    "chosen": {
        "algorithms": None,
        "thresholds": Slip(
            "1/4", "A tree is fitted as a whole; what moves along the antigradient are the answers $a(x_i)$."
        ),
        "rate": Slip(0, r"$\lambda$ is given beforehand: it is the length of a step."),
        "average": Slip(
            0, "That would be a random forest; here each tree is fitted to what the composition lacks."
        ),
    }
}
LOSSES = {
    r"\frac{1}{2} (a - y)^2": Fraction(1, 2),
    r"\frac{3}{2} (a - y)^2": Fraction(3, 2),
    r"\frac{5}{2} (a - y)^2": Fraction(5, 2),
    "3 (a - y)^2": Fraction(3),
}
"""Losses by the number in front, which is never 1 or 2: each slip changes the answer in its own way."""

RIGHT = {"rate_in_residuals": "kept", "rate_in_answer": "kept", "targets": "residuals"}
WAYS = (
    RIGHT,
    {**RIGHT, "rate_in_residuals": "lost"},
    {**RIGHT, "rate_in_answer": "lost"},
    {**RIGHT, "targets": "y"},
)

boost = Code(
    "boost_regression", 3, Close(), slips={**RATE, **CODE_TARGETS},
    asks="The function `boost_regression(X, y, fit, K, lam)`.",
)  # fmt: skip
residual = Answer(
    "residual", 1, Formula(("a", "y")), slips=GRADIENT,
    asks=r"`q5_residual`: the antigradient $-\partial L/\partial a$ as a formula of $a$ and $y$.",
)  # fmt: skip
steps = Answer(
    "steps", 1, Derivation(("a", "y")), slips=GRADIENT, near=[broken_line("1/2")],
    asks=r"`q5_steps`: the way there, a line for each step, from `-d/da` of the loss to your answer.",
)  # fmt: skip
link = Answer(
    "link",
    "1/2",
    Choice(("1", "2", "3", "4")),
    slips=CHOSEN,
    asks="`q5_link`: the number of the right answer.",
)
r = Answer(
    "r", 1, Value(), slips={key: RATE[key] for key in ("rate_in_residuals",)},
    asks="`q5_r`: the four residuals to which the second tree is fitted.",
)  # fmt: skip
a = Answer(
    "a", 1, Value(), slips={key: RATE[key] for key in ("rate_in_answer",)} | TARGETS,
    asks="`q5_a`: the four answers of the composition of both trees.",
)  # fmt: skip


def dealt(rng):
    """Deal numbers that stay exact to the end, and on which every mistake shows."""
    while True:
        y = [12 * rng.randint(-2, 3) for _ in range(4)]
        first, second = 2, rng.choice((1, 3))
        hand = {"y": tuple(y), "first": first, "second": second, "loss": rng.choice(sorted(LOSSES))}
        rounds = [
            tuple(on_paper(y, first, second, start, **way)) for start in ("zero", "mean") for way in WAYS
        ]
        if len(set(rounds)) == len(rounds) and min(map(len, map(set, rounds))) > 1:
            return {**hand, "links": Options.dealt(rng, LINKS)}


task = Task(
    parts=[residual, steps, link, r, a, boost],
    variants=dealt,
    conventions={
        "start": {
            "zero": "the composition begins with 0",
            "mean": "the composition begins with the mean of y",
        }
    },
)


def composed(X, y, fit, K, lam, start, *, rate_in_residuals, rate_in_answer, targets):
    begin = float(np.mean(y)) if start == "mean" else 0.0
    if (rate_in_residuals, rate_in_answer, targets) == ("kept", "kept", "residuals"):
        return boost_regression(X, y, fit, K, lam, begin)
    a = answer = np.full(len(y), begin)
    r = y - a
    for _ in range(K):
        tree = fit(X, y if targets == "y" else r)(X)
        a = a + (1 if rate_in_residuals == "lost" else lam) * tree
        answer = answer + (1 if rate_in_answer == "lost" else lam) * tree
        r = (r if targets == "residuals_of_residuals" else y) - a
    return answer


def split_at(*thresholds):
    """A base learner that asks for one threshold after the other."""
    left = iter(thresholds)

    def fit(X, r):
        threshold = next(left)
        below = np.less_equal(X, threshold)
        low, high = r[below].mean(), r[~below].mean()
        return lambda X: np.where(np.less_equal(X, threshold), low, high)

    return fit


X = np.arange(1, 5)


def on_paper(y, first, second, start, **switches):
    return composed(X, np.array(y), split_at(first, second), 2, 0.5, start, **switches)


@residual.oracle
def antigradient(loss, sign, factor):
    number = {"kept": 2 * LOSSES[loss], "of_square_lost": LOSSES[loss], "in_front_lost": 2}[factor]
    difference = "a - y" if sign == "lost" else "y - a"
    return difference if number == 1 else f"{number}*({difference})"


@steps.oracle
def antigradient_in_steps(loss, sign, factor):
    # the left side tells the comparator by which variable a prime differentiates
    return f"d/da(-{LOSSES[loss]}*(a - y)**2) = {antigradient(loss, sign, factor)}"


@link.oracle
def link_chosen(links, chosen):
    return links.label(chosen)


@r.oracle
def residuals(y, first, start, rate_in_residuals):
    way = {**RIGHT, "rate_in_answer": rate_in_residuals}
    answers = composed(X, np.array(y), split_at(first), 1, 0.5, start, **way)
    return np.array(y) - answers


@r.misconception(credit="1/4")
def sign_turned(y, first, start):
    """These are the residuals with the opposite sign: what is lacking is $y_i - a(x_i)$."""
    return -residuals(y, first, start, "kept")


@a.oracle
def answers(y, first, second, r, start, rate_in_answer, targets):
    begin = float(np.mean(y)) if start == "mean" else 0.0
    before = split_at(first)(X, np.array(y) - begin)(X)
    fitted = np.array(y) if targets == "y" else np.ravel(r)
    after = split_at(second)(X, fitted)(X)
    return begin + (1 if rate_in_answer == "lost" else 0.5) * (before + after)


@a.misconception(credit="1/4")
def second_tree_only(y, first, second, r):
    """These are the answers of the second tree alone; the composition adds up both, each times the learning rate."""
    return 0.5 * split_at(second)(X, np.ravel(r))(X)


SAMPLES = (  # objects, features, trees, rate, aspect
    (6, 1, 1, 0.1, "one round"),
    (7, 2, 2, 0.3, "two rounds"),
    (9, 3, 3, 1.0, "rate 1"),
    (12, 2, 8, 0.2, "many rounds"),
    (5, 1, 20, 0.5, "many rounds"),
)


@boost.cases
def samples(rng):
    fit, x = given(trees.fit_tree), np.arange(1.0, 5.0)[:, None]
    yield case(x[:2], np.array([0.0, 4.0]), fit, 1, 0.5, aspect="one round", public=True)
    yield case(x, np.array([1.0, 3.0, 2.0, 6.0]), fit, 2, 0.5, aspect="two rounds", public=True)
    for objects, features, K, lam, aspect in SAMPLES:
        yield case(
            rng.normal(size=(objects, features)), rng.normal(3, 2, objects), fit, K, lam, aspect=aspect
        )


@boost.oracle
def right_boost(X, y, fit, K, lam, *, start, rate_in_residuals, rate_in_answer, targets):
    return composed(
        X, y, fit, K, lam, start,
        rate_in_residuals=rate_in_residuals, rate_in_answer=rate_in_answer, targets=targets,
    )  # fmt: skip


@boost.misconception(credit="1/4")
def last_tree_only(X, y, fit, K, lam, *, start):
    """The composition is overwritten by every new tree; add the tree to it."""
    a = np.full(len(y), float(np.mean(y)) if start == "mean" else 0.0)
    for _ in range(K):
        a = lam * fit(X, y - a)(X)
    return a
