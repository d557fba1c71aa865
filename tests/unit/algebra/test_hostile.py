"""Whatever is typed as a formula is answered at once, and nothing of it is executed."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from grader.algebra.comparison.equality import Equal, Undecided, Unequal, compare
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import Unreadable, read

LETTERS = Symbols(("x", "y", "z", "t"))
REFERENCE = "(x*y + exp(t*x*y))**y"
MARKER = "executed_by_a_formula"
REFUSED = {
    "power tower": ("9**9**9**9", "exponent_too_large"),
    "large power": ("2**10**10", "exponent_too_large"),
    "factorial": ("(10^8)!", "number_too_long"),
    "power of powers": ("(10^5)^(10^5)^2", "exponent_too_large"),
    "deep brackets": ("(" * 900 + "x" + ")" * 900, "too_deep"),
    "deeper brackets": ("(" * 3000 + "x" + ")" * 3000, "too_long"),
    "many terms": ("+".join(["x"] * 20_000), "too_long"),
    "import": (f"__import__('os').system('touch {MARKER}')", "unknown_name"),
    "attributes": ("x.__class__.__mro__[1].__subclasses__()", "unknown_sign"),
    "lambda": ("(lambda: x)()", "unknown_name"),
    "open": (f"open('{MARKER}', 'w')", "unknown_name"),
    "digits": ("1" * 100_000, "too_long"),
    "digits that fit": ("1" * 3000, "number_too_long"),
    "large exponent": ("(x+1)^(10^7)", "exponent_too_large"),
    "large decimal exponent": ("1e999999999", "number_too_long"),
    "signs": ("-" * 1900 + "x", "too_deep"),
    "roots": ("√" * 1900 + "x", "too_deep"),
    "functions": ("sin " * 900 + "x", "too_deep"),
    "fractions": ("/".join(["x"] * 900), "too_deep"),
    "powers": ("^".join(["x"] * 900), "too_deep"),
    "superscripts": ("x" + "² " * 1000, "too_deep"),
    "bars": ("|" * 1900 + "x", "too_deep"),
    "fractions without braces": (r"\frac" * 600, "too_deep"),
    "binomials without braces": (r"\binom" * 600, "too_deep"),
    "functions and numbers": ("8lnsin" * 30 + "ж", "too_long"),
    "many points": ("0." * 900 + "ж", "unknown_sign"),
    "derivatives": ("d/dx " * 500 + "x", "too_deep"),
    "derivative of a long product": (f"d/dx({'*'.join(['x'] * 900)})", "too_deep"),
    "factors": ("*".join(["x"] * 1999), "too_long"),
    "letters": ("x" * 3999, "too_long"),
    "indices": ("log_" * 999, "too_long"),
    "null": ("x\0", "unknown_sign"),
    "surrogate": ("x\ud800", "unknown_sign"),
}
ANSWERED = {
    "power": "(x+y+z+t+1)^300",
    "tower of symbols": "x^x^x^x^x^x",
    "exponentials": "exp(exp(exp(exp(exp x))))",
    "tower of e": "e^e^e^e^e^e^x",
    "sine of a huge number": "sin(e^e^e^e^5)",
    "largest exponent": "(x+1)^(10^6)",
    "sine of a large power": "sin(x^1000000)",
    "many factors": "*".join(["x"] * 999),
    "pole everywhere": "1/(x - x)",
    "logarithm of nothing": "ln(x - x)",
    "zero to the zero": "0^0",
    "over zero": "1/0",
}


@pytest.mark.parametrize(("text", "wanted"), REFUSED.values(), ids=REFUSED)
def test_what_is_too_much_is_refused(text: str, wanted: str) -> None:
    """It is refused for its size or its first unknown name, not after trying."""
    with pytest.raises(Unreadable) as raised:
        read(text, LETTERS)
    assert wanted == raised.value.wanted


@pytest.mark.parametrize("text", ANSWERED.values(), ids=ANSWERED)
def test_what_can_be_read_is_compared_within_bounds(text: str) -> None:
    """Numbers of any size, poles and undefined values lead to an answer in both directions."""
    for pair in product((read(text, LETTERS), read(REFERENCE, LETTERS)), repeat=2):
        assert isinstance(compare(*pair), (Equal, Unequal, Undecided))


def test_nothing_is_executed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command hidden in a formula leaves no trace."""
    monkeypatch.chdir(tmp_path)
    for text, _ in REFUSED.values():
        with pytest.raises(Unreadable):
            read(text, LETTERS)
    assert list(tmp_path.iterdir()) == []
