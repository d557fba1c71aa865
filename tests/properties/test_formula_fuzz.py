"""A hundred thousand texts, random and mutated from real answers: each is read or refused, in bounded work."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from grader.algebra.comparison.answer_equality import compare_answers
from grader.algebra.comparison.verdicts import Equal, Undecided, Unequal
from grader.algebra.names import Symbols
from grader.algebra.reader.answers import read_answer
from grader.algebra.reader.reading import read
from grader.algebra.reader.typed import read_typed
from grader.algebra.reader.values import read_value
from grader.algebra.unreadable import Unreadable

CALLS_TO_READ = 250_000
CALLS_TO_COMPARE = 1_500_000
"""Calls, of Python or C, within which any text is read, and any two answers are compared."""
OPEN = Symbols((), functions=("f", "g"), open=True, mixed=True, imaginary=True)
CLOSED = Symbols(("x", "y", "t", "w_{1,1}", "∂L/∂G1", "alpha"), variable="y")
RUSSIAN = Symbols(("x", "y"), decimal_comma=True)
ANSWERS = (
    "(xy + e^(txy))^y (ln(xy + e^(txy)) + y(x + t x e^(txy))/(xy + e^(txy)))",
    "(x*y + exp(t*x*y))**y*(y*(t*x*exp(t*x*y) + x)/(x*y + exp(t*x*y)) + log(x*y + exp(t*x*y)))",
    r"\left(xy+e^{txy}\right)^{y}\left(\ln(xy+e^{txy})+\frac{y(x+txe^{txy})}{xy+e^{txy}}\right)",
    "2sin^2 x cos x - tg x / (1 + |x|) + √x·x₁",
    "y' = 0,5x + arctg 2x; ответ",
    r"\frac{\partial L}{\partial G_1} w_{11} + \alpha^2",
    r"\sum_{k=1}^{n} \frac{x^k}{k!} + \prod_{i=0}^{3} (x - i)",
    r"\int_0^{\pi} \sin x \, dx + \lim_{t \to 0^+} \frac{1}{t}",
    r"\begin{pmatrix} 1 & x \\ y & \frac12 \end{pmatrix}^{T} \cdot \begin{vmatrix} a & b \\ c & d \end{vmatrix}",
    r"\boxed{x \in (-\infty, -1] \cup \{2, 3\} \setminus [0, 1)}",
    "x = 1 ± sqrt(2) or (p; q) = (3, 2)",
    "Matrix([[1, 2], [x, y]]).T, Sum(k**2, (k, 1, n)), Integral(x, (x, 0, 1))",
    r"\hat{y}_i - \bar{y} + \log_{2} 8 + 0.\overline{3} + 12\% + 30^\circ",
    "np.log1p(np.exp(-x)) + scipy.special.expit(w @ x + b)",
    r"\binom{n}{k} + {n \choose 2} + \gcd(12, 18x) + 7 \bmod 3",
    "((((((x+1)/2)/3)/4)/5)^6)!",
    r"\begin{cases} x^2, & \text{if } x > 0 \\ -x & \text{иначе} \end{cases} + |x - 100| + lambda",
    "Piecewise((0, x < 0), (x, 0 <= x < 1), (1, True)) + where(x > y, sin'(x), 0) + x(y > 1)",
    r"Ответ: ln(0,5x) + max(0,5; x) + Σ_{k=1}^{3} x^k + {x \over y} + `x`",
)
PIECES = (
    *"xyte0123456789.,;:+-*/^_=<>!|'\"()[]{}&%$#@~`\\ \n\t√²₁∂πе×·−≤∞∈∪±°½’\ud800\0",
    *(
        "sin",
        "ln",
        "log_",
        "d/dy",
        "d(",
        "/dy",
        "dx",
        "\\frac",
        "\\sqrt[",
        "\\left(",
        "\\right|",
        "\\sum_{k=1}^",
    ),
    *(
        "\\int",
        "\\lim_{x\\to",
        "\\begin{pmatrix}",
        "\\end{pmatrix}",
        "\\\\",
        "\\text{",
        "\\mathrm{tg}",
        "\\overline{",
    ),
    *(
        "Matrix([[",
        "\\begin{cases}",
        "where(x > 0,",
        "Piecewise((",
        "Sum(",
        "Interval(",
        "9**9",
        "1e9",
        "max(",
        "\\binom",
        "f'(",
        "**",
        "\\ue000",
        "\\hat",
        "{,}",
        "or",
    ),
)


class TooMuchWorkError(Exception):
    """A text took more calls than any text may."""


def bounded(action: Callable[[], Any], calls: int) -> Any:
    """Run an action; raise `TooMuchWorkError` if it makes more calls than that."""
    left = calls

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        left -= event in ("call", "c_call")
        if left < 0:
            raise TooMuchWorkError

    sys.setprofile(count)
    try:
        return action()
    except Unreadable as error:
        return error
    finally:
        sys.setprofile(None)


def texts(seed: int, count: int) -> Iterator[str]:
    """Give random texts, mutated answers, and pieces that are repeated; the same for the same seed."""
    dice = random.Random(seed)
    for _ in range(count):
        if dice.random() < 0.1:
            unit = "".join(dice.choices(PIECES, k=dice.randrange(1, 4)))
            yield (
                dice.choice(("", "x + ", r"\frac"))
                + unit * dice.choice((30, 300))
                + dice.choice(("", "ж", ")"))
            )
            continue
        if dice.random() < 0.3:
            yield "".join(dice.choices(PIECES, k=dice.randrange(1, 60)))
            continue
        text = dice.choice(ANSWERS)
        for _ in range(dice.randrange(1, 8)):
            text = mutated(text, dice)
        yield text


def mutated(text: str, dice: random.Random) -> str:
    """Change a text at a random place: drop, double, swap or insert something."""
    start = dice.randrange(len(text) + 1)
    end = min(len(text), start + dice.choice((1, 1, 2, 5, 20)))
    match dice.randrange(5):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + text[start:end] * dice.choice((1, 1, 3, 40)) + text[end:]
        case 2:
            return text[:start] + dice.choice(PIECES) + text[start:]
        case 3:
            return text[:start] + dice.choice(ANSWERS)[: end - start + 10] + text[end:]
    return text[:start] + text[start:end][::-1] + text[end:]


def check(text: str, compare: bool) -> None:
    """Read a text in every way, and compare what was read."""
    for reader in (
        lambda: read(text, CLOSED),
        lambda: read(text, OPEN),
        lambda: read_typed(text, CLOSED),
        lambda: read_answer(text, RUSSIAN),
        lambda: read_value(text),
    ):
        error = bounded(reader, CALLS_TO_READ)
        assert not isinstance(error, Unreadable) or 1 <= error.column <= len(text) + 1 or len(text) > 4000
    answer = bounded(lambda: read_answer(text, OPEN), CALLS_TO_READ)
    if not compare or isinstance(answer, Unreadable):
        return
    other = read_answer("x^2 + sin(x y)", OPEN)
    for pair in ((answer, other), (other, answer), (answer, answer)):
        verdict = bounded(lambda pair=pair: compare_answers(*pair), CALLS_TO_COMPARE)  # type: ignore[misc]
        assert isinstance(verdict, (Equal, Unequal, Undecided))


def test_some_texts_are_read_or_refused() -> None:
    """A thousand texts, so that a change that breaks the reader is seen at once."""
    for number, text in enumerate(texts(1, 1000)):
        check(text, compare=number % 20 == 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
def test_a_hundred_thousand_texts_are_read_or_refused(seed: int) -> None:
    """Nothing but `Unreadable` is raised, its column lies in the text, and no text takes more work than any may."""
    for number, text in enumerate(texts(seed, 5000)):
        check(text, compare=number % 5 == 0)
