"""Symbolic proof confirms, never rejects, and ends in time; it is asked only where nothing else decides."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from grader.algebra.comparison import proving
from grader.algebra.comparison.equality import compare
from grader.algebra.comparison.proving import decide, proved
from grader.algebra.comparison.verdicts import Equal, Undecided
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import read
from grader.comparators.derivation import Derivation
from grader.comparators.formula import Formula

LETTERS = Symbols(("x", "y", "t", "n"))
PATIENT = 60


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    proving.proved.cache_clear()
    yield
    proving.proved.cache_clear()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(x + y)^2", "x^2 + 2xy + y^2"),
        ("sin(x)^2 + cos(x)^2", "1"),
        ("d/dx(x^2 sin x)", "2x sin x + x^2 cos x"),
        ("1/ch(x)^2", "1 - th(x)^2"),
    ],
)
def test_equal_formulas_are_proved_equal(left: str, right: str) -> None:
    """A proof is found for what a textbook would show."""
    assert proved(read(left, LETTERS), read(right, LETTERS), seconds=PATIENT)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sin(x)^2", "sin(x)"),
        ("sqrt(x^2)", "x"),
        ("x", "x + 0/(sin(x)^2 + cos(x)^2 - 1)"),
        ("x", "x + 0*ln(sin(x)^2 + cos(x)^2 - 1)"),
        ("x", "x + 0*(sin(x)^2 + cos(x)^2 - 1)^(-1)"),
        (r"\int_{-1}^{1} \frac{1}{x} dx", "0"),
    ],
)
def test_a_wrong_formula_is_never_proved(left: str, right: str) -> None:
    """No proof is found where formulas differ, be it for negative values alone, or one of them has no value."""
    assert not proved(read(left, LETTERS), read(right, LETTERS), seconds=PATIENT)


def test_what_is_positive_may_be_used() -> None:
    """The domain goes with the question."""
    root, x = read("sqrt(x^2)", LETTERS), read("x", LETTERS)
    assert proved(root, x, domain=(("x", "positive"),), seconds=PATIENT)


def test_a_proof_that_takes_too_long_is_given_up() -> None:
    """The child has used up its time of the processor, and the answer is that nothing was proved."""
    hard = read("(x + y + t + 1)^90 (x - y)^90", LETTERS)
    assert not proved(hard, read("x", LETTERS), seconds=1)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{k=1}^{\infty} \frac{1}{k^2}", r"\frac{\pi^2}{6}"),
        (r"\int_0^{\infty} t e^{-t} dt", "1"),
        (r"\int_0^n x dx + \sum_{k=1}^{n} k", "n^2 + n/2"),
        (r"\lim_{x \to 0} \frac{\sin xy}{x}", "y"),
    ],
)
def test_what_has_no_value_at_a_point_is_proved(left: str, right: str) -> None:
    """Endless sums, integrals with bounds and limits are undecided without a proof."""
    trees = read(left, LETTERS), read(right, LETTERS)
    assert compare(*trees) == Undecided("undefined")
    assert decide(*trees) == Equal("proof")
    assert decide(*trees, explain=False) == Undecided("undefined")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\int_0^1 x dx", "1/3"),
        (r"\lim_{x \to 0} \frac{|x|}{x}", "1"),
        (r"\int_0^1 x dx", "1/2 + 0/(sin(y)^2 + cos(y)^2 - 1)"),
    ],
)
def test_without_a_proof_a_person_decides(left: str, right: str) -> None:
    """Nothing is rejected because no proof was found."""
    assert decide(read(left, LETTERS), read(right, LETTERS)) == Undecided("undefined")


def test_a_proof_does_not_depend_on_what_was_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much of a class went before, a pair is asked about, and once only: the order changes no mark."""
    started = []

    class Child:
        def __init__(self, *_: object, **__: object) -> None:
            started.append(self)

        def __enter__(self) -> Child:
            return self

        def __exit__(self, *_: object) -> None: ...

        def communicate(self, question: bytes, timeout: float) -> tuple[bytes, None]:
            return b"proved" if json.loads(question)[1] == ["number", "199", "1"] else b"", None

    monkeypatch.setattr(proving.subprocess, "Popen", Child)
    integral = read(r"\int_0^1 x dx", LETTERS)
    for _ in range(2):
        verdicts = [decide(integral, read(str(number), LETTERS)) for number in range(200)]
        assert verdicts == [Undecided("undefined")] * 199 + [Equal("proof")]
    assert len(started) == 200


def test_what_is_decided_anyway_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Usual formulas, right and wrong, start no child."""
    monkeypatch.setattr(proving, "proved", lambda *_, **__: pytest.fail("a child was started"))
    for text in ("sin x", "2 sin(x/2) cos(x/2)", "cos x", "x/0", "sqrt(-1 - x^2)"):
        decide(read("sin x", LETTERS), read(text, LETTERS))


def test_comparators_ask_for_a_proof() -> None:
    """An integral that was worked out is right, as the last line of a derivation, too."""
    expected = r"\int_0^1 2 x y dx"
    assert Formula(("x", "y"))(expected, "y") is None
    assert not Formula(("x", "y")).agrees(expected, "y")
    assert Derivation(("x", "y"))(expected, [r"2y \int_0^1 x dx", "= 2y/2"]) is None


def test_the_way_of_an_answer_is_free_of_sympy() -> None:
    """Reading and comparing imports neither sympy nor the child of a proof."""
    code = (
        "import sys, grader.algebra.comparison.answer_equality, grader.comparators.formula;"
        "sys.exit(any(name.partition('.')[0] == 'sympy' or name.endswith('_prover') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
