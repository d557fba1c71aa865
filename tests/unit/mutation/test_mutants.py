"""What is changed in a function, what is left alone, and how a mutant is known."""

from __future__ import annotations

import ast

import pytest

from grader.mutation.mutants import Mutant, mutants_of
from grader.mutation.swapping import TooLongError, swapped_constant, swapped_function, time_limit

CHANGES = {
    "a + b": {"a - b"},
    "a - b": {"a + b", "b - a"},
    "a @ b": {"a * b", "b @ a"},
    "a ** 2": {"a * 2", "2 ** a", "a ** 3", "a ** 1"},
    "-a": {"a"},
    "a < b": {"a <= b", "a > b"},
    "a == b": {"a != b"},
    "a and b": {"a or b"},
    "not a": {"a"},
    "a[0]": {"a[1]", "a[-1]"},
    "a[1:n]": {"a[:n]", "a[1:]", "a[2:n]", "a[0:n]"},
    "a[::n]": {"a[:]"},
    "a.T": {"a"},
    "a.sum(axis=0)": {"a.mean(axis=0)", "a.sum()", "a.sum(axis=1)", "a.sum(axis=-1)"},
    "np.flip(a)": {"a"},
    "f(a, b)": {"f(b, a)"},
    "max(a, b)": {"min(a, b)"},
    "f(a, strict=True)": set(),
    "f'{a + 1}'": set(),
    "a if b else c": {"a if not b else c"},
    "2.5": {"5.0", "-2.5"},
    "True": {"False"},
    "'x * y'": {"'x / y'"},
    "'a word'": set(),
    "'x @ y'": {"'y @ x'"},
}


def made(source: str) -> list[Mutant]:
    """Mutants of a function with that source."""
    (definition,) = ast.parse(source).body
    return mutants_of("m.f", definition)


@pytest.mark.parametrize("expression", CHANGES)
def test_what_is_changed_in_an_expression(expression: str) -> None:
    """Exactly the slips of somebody who knows the solution, each once."""
    mutants = made(f"def f(a, b, c, n):\n    return {expression}")
    assert sorted(m.after.removeprefix("return ") for m in mutants) == sorted(CHANGES[expression])


STATEMENTS = {
    "a += b": {"a = b", "a -= b", "pass"},
    "if a:\n        b()": {"if not a:", "pass"},
    "a[n] = b": {"pass"},
    "for n in a:\n        break": {"pass"},
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_what_is_changed_in_a_statement(statement: str) -> None:
    """Statements are dropped, sums overwritten, conditions turned round."""
    mutants = made(f"def f(a, b, n):\n    {statement}\n    return a")
    assert {m.after for m in mutants} == STATEMENTS[statement]


def test_decorators_defaults_and_docstrings_are_left_alone() -> None:
    """Nothing is computed in them."""
    assert made('@g(1)\ndef f(a, n: int = 2) -> "x * y":\n    """x * y"""\n    return a') == []


def test_a_mutant_is_known_by_its_change() -> None:
    """Wherever the function stands, whatever stands beside it; a table is known by its row."""
    one, other = (
        made(text) for text in ("def f(a):\n    return a + 1", "\n\n@g\ndef f(a):\n    return a + 1")
    )
    assert [m.key for m in one] == [m.key for m in other]
    assert one[0].diff == "- return a + 1\n+ return a - 1"
    assert [m.key for m in made("T = {'a': 1, 'b': 'x'}")] == [
        ("m.f", "'a': 1", "'a': 2"),
        ("m.f", "'a': 1", "'a': 0"),
    ]


def test_lines_can_be_left_out() -> None:
    """Such as those that serve mistakes only."""
    (definition,) = ast.parse("def f(a):\n    b = a + 2\n    return b * a").body
    assert {m.line for m in mutants_of("m.f", definition, frozenset({3}))} == {2}


def test_poison_goes_from_the_change_outwards() -> None:
    """`...` stands for the constant, then for what is computed with it."""
    mutant = made("def f(a):\n    return g(a + 1)")[-1]
    returned = [text.splitlines()[-1].strip() for text in mutant.poisoned()]
    assert returned == ["return g(a + ...)", "return g(...)", "return ..."]


def test_poison_takes_the_place_of_an_argument_that_is_left_out() -> None:
    """A keyword that is not handed on is no reason to suspect the whole call."""
    (mutant,) = made("def f(a):\n    return g(h=a)")
    returned = [text.splitlines()[-1].strip() for text in mutant.poisoned()]
    assert returned == ["return g(h=...)", "return ..."]


def doubled(a: int) -> int:
    """A function to be swapped."""
    return 2 * a


def test_a_function_is_swapped_for_a_while() -> None:
    """Whoever has imported it calls the other one; afterwards all is as before."""
    with swapped_function(doubled, "def doubled(a):\n    return 3 * a", []):  # type: ignore[arg-type]
        assert doubled(2) == 6
    assert doubled(2) == 4


def test_a_constant_is_swapped_wherever_it_is_held() -> None:
    """Two modules share a table."""
    table = {"a": 1}
    one, other = {"TABLE": table}, {"ROWS": table}
    with swapped_constant(one, "TABLE", "TABLE = {'a': 2}", [one, other], []):
        assert (one["TABLE"], other["ROWS"]) == ({"a": 2}, {"a": 2})
    assert (one["TABLE"], other["ROWS"]) == ({"a": 1}, {"a": 1})


def test_what_never_ends_is_stopped() -> None:
    """A loop whose end was mutated away."""
    with pytest.raises(TooLongError), time_limit(0.05):
        while True:
            pass
