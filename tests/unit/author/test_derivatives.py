"""Wrong rules of differentiation, as authors declare them."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.algebra.comparison.equality import Equal, compare
from grader.algebra.differentiation.differentiating import Dependent
from grader.algebra.differentiation.wrong_rules import WRONG_RULES
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import read
from grader.author.catalogue import Catalogue
from grader.author.derivatives import DERIVATIVE_RULES, derivative_slips, differentiated, rules_at_work
from grader.author.loading import import_file
from grader.author.parts import Answer
from grader.author.readings import evaluate, full_reading, paired_readings, single_readings
from grader.comparators.formula import Formula

T2 = import_file(Path(__file__).parents[3] / "assignments" / "colloquium" / "t2.py")
LETTERS = ("x", "y", "t")
DEPENDENT = {"implicit_derivative_dropped": (("y", "t"),)}
OWN_FUNCTIONS = {
    "inner_derivative_of_power_lost": ("sin({n}x + y)^3 + cos(5x)", "ln(2x)*(x^2 + y)^{n}"),
    "arcctg_sign": ("3x^2 + arcctg({n}x)", "x*arcctg({n}x + y)"),
    "sigmoid_of_argument": ("sigmoid({n}x + y)", "x^2*sigmoid(y*x^{n})"),
    "double_angle": ("sin(x*y)^2 + {n}x", "x*cos({n}x + y)^2"),
    "named_constants_varied": ("x^3*y + π^{n}", "sin(y*x) + {n}ln 3"),
    "implicit_derivative_dropped": ("x*y^{n}", "sin(x*y) + {n}y"),
}
"""Functions for rules that task t2 deals none for, or none in which they can be told from others."""


def dealt(number: int) -> tuple[str, str]:
    """A function of task t2 and the variable."""
    variant = T2.task.deal(random.Random(number))
    return variant["f"], variant["variable"]


def functions(rule: str) -> list[tuple[str, str]]:
    """At least twenty functions in which `rule` changes something."""
    if rule in OWN_FUNCTIONS:
        texts = [text.replace("{n}", str(n)) for n in range(2, 12) for text in OWN_FUNCTIONS[rule]]
        return [(text, "x") for text in texts]
    found: list[tuple[str, str]] = []
    number = 0
    while len(found) < 20:
        f, variable = dealt(number)
        if rule in rules_at_work(f, variable, LETTERS):
            found.append((f, variable))
        number += 1
    return found


def equal(left: str, right: str) -> bool:
    """Whether two formulas are equal."""
    symbols = Symbols(LETTERS)
    return isinstance(compare(read(left, symbols), read(right, symbols), explain=False), Equal)


ANSWER = Answer("answer", 1, Formula(LETTERS), slips=derivative_slips())


@ANSWER.oracle
def right(f: str, variable: str, dependent: Dependent, **rules: Any) -> str:
    """The derivative by whatever rules are on."""
    return differentiated(f, variable, LETTERS, rules, dependent)


def diagnosed(answer: str, f: str, variable: str, dependent: Dependent = ()) -> tuple[str, ...] | None:
    """Codes of the first reading that gives `answer`, as the judge goes through them; None where none does."""
    context = {"f": f, "variable": variable, "dependent": dependent}
    at_work = rules_at_work(f, variable, LETTERS, dependent)
    readings = [full_reading(ANSWER, ()), *single_readings(ANSWER, ()), *paired_readings(ANSWER, ())]
    for reading in readings:
        if set(reading.codes) <= at_work and equal(evaluate(ANSWER, reading, (), context), answer):
            return reading.codes
    return None


def test_every_rule_of_the_engine_has_a_sentence() -> None:
    """An author may declare every wrong rule, and every sentence is said in Russian by the engine itself."""
    assert sorted(WRONG_RULES) == sorted(DERIVATIVE_RULES)
    unsaid = [rule for rule, slip in DERIVATIVE_RULES.items() if not Catalogue().has("ru", slip.says)]
    assert unsaid == []


@pytest.mark.parametrize("rule", DERIVATIVE_RULES)
def test_every_wrong_rule_is_recognised(rule: str) -> None:
    """On twenty dealt functions a rule is named, or one that gives the same and is paid or ranked no lower."""
    named = 0
    order = [reading.codes for reading in single_readings(ANSWER, ())]
    dependent = DEPENDENT.get(rule, ())
    for f, variable in functions(rule):
        answer = differentiated(f, variable, LETTERS, {rule: True}, dependent)
        if equal(answer, differentiated(f, variable, LETTERS, {}, dependent)):
            continue
        codes = diagnosed(answer, f, variable, dependent)
        assert codes is not None
        assert len(codes) == 1
        assert order.index(codes) <= order.index((rule,))
        named += codes == (rule,)
    assert named >= 3, f"{rule} always passes for another rule"


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=60, deadline=None)
def test_a_right_answer_is_never_taken_for_a_wrong_rule(number: int, data: st.DataObject) -> None:
    """Neither one rule nor two are seen in a right derivative; what two rules give is explained by two at most."""
    f, variable = dealt(number)
    assert diagnosed(differentiated(f, variable, LETTERS), f, variable) == ()
    rules = data.draw(
        st.lists(st.sampled_from(sorted(rules_at_work(f, variable, LETTERS))), min_size=1, max_size=2)
    )
    answer = differentiated(f, variable, LETTERS, dict.fromkeys(rules, True))
    codes = diagnosed(answer, f, variable)
    assert codes is not None
    assert len(codes) <= len(set(rules))


def test_authors_choose_rules_and_credits() -> None:
    """Rules are named or left out, and paid otherwise; a misspelt one is the author's error."""
    slips = derivative_slips("cos_sign", "sin_sign", credits_={"sin_sign": "3/4"})
    assert list(slips) == ["sin_sign", "cos_sign"]
    assert Fraction("3/4") == Fraction(str(slips["sin_sign"][True].credit))
    assert "sin_sign" not in derivative_slips(without=["sin_sign"])
    with pytest.raises(ValueError, match="no_such_rule"):
        derivative_slips("no_such_rule")


COURSE = "(x*y + e^(t*x*y))^y"
"""The document's example, differentiated by y."""


@pytest.mark.parametrize(
    "answer",
    [
        "y (xy + e^{txy})^{y-1} (x + tx e^{txy}) + (xy + e^{txy})^y ln(xy + e^{txy})",
        "(xy + e^(txy))^y (ln(xy + e^(txy)) + y(x + tx e^(txy))/(xy + e^(txy)))",
        "(xy + e^(txy))^(y-1) (xy + txy e^(txy) + xy ln(xy + e^(txy)) + e^(txy) ln(xy + e^(txy)))",
        "(x*y + exp(t*x*y))**y*(y*(t*x*exp(t*x*y) + x)/(x*y + exp(t*x*y)) + log(x*y + exp(t*x*y)))",
    ],
)
def test_the_course_example_is_right_in_every_form(answer: str) -> None:
    """By the rules, by logarithms, expanded, and as sympy prints it."""
    assert diagnosed(answer, COURSE, "y") == ()


@pytest.mark.parametrize("rule", sorted(rules_at_work(COURSE, "y", LETTERS)))
def test_every_wrong_answer_to_the_course_example_is_named(rule: str) -> None:
    """Each rule that can go wrong in it is named, or one that gives the very same answer."""
    answer = differentiated(COURSE, "y", LETTERS, {rule: True})
    codes = diagnosed(answer, COURSE, "y")
    if equal(answer, differentiated(COURSE, "y", LETTERS)):
        assert codes == ()
        return
    assert codes is not None
    (code,) = codes
    assert equal(differentiated(COURSE, "y", LETTERS, {code: True}), answer)
