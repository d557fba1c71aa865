"""Every comparator obeys the same laws, whatever it compares."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import plugins
from grader.comparators.any_order import AnyOrder
from grader.comparators.chain import Chain
from grader.comparators.choice import Choice, Matching, Ordering
from grader.comparators.close import Close
from grader.comparators.derivation import Derivation
from grader.comparators.equations import Equations
from grader.comparators.formula import Formula
from grader.comparators.in_form import InForm, Requirement
from grader.comparators.matrix_formula import MatrixFormula
from grader.comparators.one_of import OneOf
from grader.comparators.statistical import Mask, Normal, Statistical, Uniform
from grader.comparators.up_to_constant import UpToConstant
from grader.comparators.up_to_factor import UpToFactor
from grader.comparators.up_to_indices import UpToIndices
from grader.comparators.up_to_sign import UpToSign
from grader.comparators.value import Value
from grader.model.verdict import Difference

SHAPES = {"X": ("N", "n"), "W": ("n", "m"), "dZ": ("N", "m")}
EXAMPLES: dict[str, list[tuple[Any, list[Any]]]] = {
    "close": [(Close(), [1.5, [1.0, 2.0], [[1.0, 2.0], [3.0, 4.0]], np.eye(3), 1j])],
    "value": [(Value(), [3, [1, 2], [[1, 2], [3, 4]]]), (Value(decimals=2), [0.5])],
    "choice": [
        (Choice(options=("a", "b", "c")), ["a", "b"]),
        (Choice(options=("a", "b", "c"), several=True), [["a"], ["a", "c"]]),
        (Ordering(("a", "b", "c")), [["a", "b", "c"], ["b", "a", "c"]]),
        (Matching(left=("A", "B"), right=("1", "2")), [{"A": "1", "B": "2"}, {"A": "2", "B": "1"}]),
    ],
    "formula": [(Formula(("x", "y")), ["x + y", "sin(x*y)", "x^y", "2"])],
    "matrix_formula": [(MatrixFormula(SHAPES), ["X @ W", "X.T @ dZ", "dZ @ W.T"])],
    "statistical": [
        (Statistical(2), [Normal(1, (3, 4)), Normal(2, (3, 4)), Uniform(-1, 1, (3, 4)), Mask(0.5, (4,))])
    ],
    "in_form": [(InForm(Formula(("x", "y")), (Requirement("expanded"),)), ["x*y + x", "x^2", "2"])],
    "one_of": [(OneOf(Formula(("x", "y"))), [])],
    "up_to_factor": [
        (UpToFactor(Formula(("x", "y"))), ["x + y", "sin(x)", ["x", "y"], ["y", "x"], "0"]),
        (UpToFactor(Value(), positive=True), [[1, 2], [-1, -2], [2, 1]]),
    ],
    "up_to_constant": [(UpToConstant(Formula(("x", "y"))), ["x + y", "x^2", ["x", "y"], ["x", "y + 1"]])],
    "up_to_sign": [(UpToSign(Formula(("x", "y"))), ["x + y", "x - y", ["x", "y"], ["x", "-y"]])],
    "any_order": [(AnyOrder(Formula(("x", "y"))), [["x", "y"], ["x", "x"], ["y", "y"]])],
    "up_to_indices": [
        (UpToIndices(Formula(("a1", "a2", "b1", "b2")), (("a1", "b1"), ("a2", "b2"))), ["a1*b1", "a1*b2"]),
        (UpToIndices(Value()), [[1, 2, 3], [1, 2, 2]]),
    ],
    "derivation": [(Derivation(("x",)), [])],
    "chain": [(Chain(MatrixFormula(SHAPES), least=1), ["X @ W", "X.T @ dZ", "dZ @ W.T"])],
    "equations": [(Equations(("x", "y"), "x"), ["x = y", "x = 2*y", "x = 1/y"])],
}
CASES = [(name, *example) for name in EXAMPLES for example in EXAMPLES[name]]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.tuples(inner, inner)
    ),
    max_leaves=12,
)


def test_every_comparator_has_an_example() -> None:
    """A new file in `grader/comparators` is under test before anyone writes a test for it."""
    assert sorted(EXAMPLES) == plugins.names("grader.comparators")


@pytest.mark.parametrize(("name", "compare", "answers"), CASES)
def test_an_answer_agrees_with_itself_only(name: str, compare: Any, answers: list[Any]) -> None:
    """Of several answers each agrees with itself and with no other."""
    agree = [[compare(right, given) is None for given in answers] for right in answers]
    assert agree == np.eye(len(answers), dtype=bool).tolist()


@pytest.mark.parametrize(("name", "compare", "answers"), CASES)
def test_a_quick_answer_is_the_same_answer(name: str, compare: Any, answers: list[Any]) -> None:
    """Where a comparator has a quick way to tell whether two answers agree, it tells the same."""
    quick = getattr(compare, "agrees", lambda right, given: compare(right, given) is None)
    for right in answers:
        assert [quick(right, given) for given in answers] == [compare(right, g) is None for g in answers]


@pytest.mark.parametrize(("name", "compare", "answers"), CASES)
@given(actual=ANYTHING)
@settings(max_examples=60, deadline=None)
def test_it_never_raises(name: str, compare: Any, answers: list[Any], actual: Any) -> None:
    """Whatever comes out of the box, there is a difference or there is none."""
    for right in [*answers, "x"][:1]:
        assert isinstance(compare(right, actual), (Difference, type(None)))
