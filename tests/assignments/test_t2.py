"""Task t2: what is dealt, and which wrong rules are recognised in it."""

from __future__ import annotations

import ast
import math
import random
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import mpmath
import pytest
import sympy
from msgspec import Raw

from grader.author.derivatives import DERIVATIVE_RULES, differentiated, rules_at_work
from grader.author.loading import import_file, load_assignment
from grader.guest import plain
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_student
from grader.model.observation import Observation
from grader.model.verdict import Verdict
from reference.derivatives import TABLE

COLLOQUIUM = load_assignment(Path(__file__).parents[2] / "assignments" / "colloquium")
TASK = COLLOQUIUM.tasks["t2"]
ANSWER = TASK.part("answer")
EXPECTATIONS = Expectations(replace(COLLOQUIUM, tasks={"t2": TASK}))
T2 = import_file(Path(TASK.file))
LETTERS = ("x", "y", "t")


@cache
def dealt(number: int) -> dict[str, Any]:
    """The variant of one student."""
    return TASK.deal(random.Random(number))


def verdict(number: int, part: str, answer: Any) -> Verdict:
    """What is found in `answer` by a student who was dealt variant `number`."""
    observed = {f"t2/{part}/0": Observation("returned", Raw(plain.dumps(answer)))}
    (mark,) = mark_student(EXPECTATIONS, {"t2": dealt(number)}, observed)
    return next(found for found in mark.verdicts if found.part == part)


def by_rules(number: int, *rules: str) -> str:
    """The derivative of variant `number` with wrong rules."""
    variant = dealt(number)
    return differentiated(variant["f"], variant["variable"], LETTERS, dict.fromkeys(rules, True))


def compiled(text: str) -> Any:
    """A Python expression as a function of the letters; None where it is not real or has a pole."""
    names = {name: getattr(mpmath.fp, name) for name in (*TABLE, "log")}
    code = compile(ast.parse(text, mode="eval"), "t2", "eval")

    def value(**letters: float) -> float | None:
        try:
            found = eval(code, {"__builtins__": {}}, {**names, **letters})
        except (ArithmeticError, ValueError):
            return None
        real = complex(found)
        return real.real if real.imag == 0 and math.isfinite(real.real) else None

    return value


def test_thousands_of_different_functions_are_dealt() -> None:
    """Hardly any two of 4000 students have the same function and variable."""
    assert len({(dealt(n)["f"], dealt(n)["variable"]) for n in range(4000)}) > 3600


def test_every_function_of_the_table_is_dealt() -> None:
    """All rows of the document's table come, none rarer than in one of a hundred functions."""
    seen: Counter[str] = Counter()
    for number in range(1000):
        f = dealt(number)["f"]
        seen.update({name for name in TABLE if re.search(rf"\b{name}\(", f)})
        seen.update(
            ["1/"] * ("1 /" in f)
            + ["a**"] * bool(re.search(r"\d \*\* \(", f))
            + ["log_"] * ("log_" in dealt(number)["shown"])
        )
    assert sorted(seen) == sorted([*TABLE, "1/", "a**", "log_"])
    assert min(seen.values()) >= 10


@pytest.mark.parametrize("number", range(100))
def test_no_function_is_degenerate(number: int) -> None:
    """Every letter matters, the derivative too depends on the variable, and both are real somewhere near."""
    variant = dealt(number)
    f, slope = compiled(variant["f"]), compiled(T2.derivative(variant["f"], variant["variable"]))
    slopes = [compiled(T2.derivative(variant["f"], letter)) for letter in LETTERS]
    rng = random.Random(number)
    points = [
        {letter: rng.uniform(*(-3, 3) if n % 2 else (0.05, 4)) for letter in LETTERS} for n in range(200)
    ]
    real = [p for p in points if f(**p) is not None and slope(**p) is not None]
    assert len(real) >= 6
    for by_letter in slopes:
        assert len({round(v, 9) for p in real if (v := by_letter(**p)) is not None}) > 3


@pytest.mark.parametrize("number", range(300))
def test_functions_are_equally_hard(number: int) -> None:
    """Two to five rules of the table are needed, and no function is longer than a line."""
    variant = dealt(number)
    rules = 0
    for node in ast.walk(ast.parse(variant["f"])):
        power = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Pow, ast.Div))
        if (isinstance(node, ast.Call) or power) and variant["variable"] in ast.unparse(node):
            rules += 1
    assert 2 <= rules <= 6
    assert len(T2.in_print(variant["f"])) <= 45


@pytest.mark.parametrize("number", range(200))
def test_the_shown_function_is_the_dealt_one(number: int) -> None:
    """What the statement shows, read as students write, is what the oracle differentiates."""
    variant = dealt(number)
    assert ANSWER.compare(variant["f"], variant["shown"]) is None


def where_it_matters(rule: str) -> list[int]:
    """Twenty-two variants in which `rule` changes something."""
    found: list[int] = []
    number = 0
    while len(found) < 22:
        variant = dealt(number)
        if rule in rules_at_work(variant["f"], variant["variable"], LETTERS):
            found.append(number)
        number += 1
        assert number < 4000, f"{rule} hardly ever matters"
    return found


@pytest.mark.parametrize("rule", sorted(T2.SLIPS))
def test_every_wrong_rule_is_recognised(rule: str) -> None:
    """A wrong rule is named, or another one that gives the same function and pays no less."""
    named = 0
    for number in where_it_matters(rule):
        found = verdict(number, "answer", by_rules(number, rule))
        assert found.finding == "misconception", (number, rule)
        assert found.points >= 3 * Fraction(str(DERIVATIVE_RULES[rule].credit))
        for other in set(found.codes) - {rule}:
            assert ANSWER.compare(by_rules(number, other), by_rules(number, rule)) is None, (number, other)
        named += found.codes == (rule,)
    assert named >= 1, f"{rule} always passes for another rule"


@pytest.mark.parametrize("number", range(40))
def test_rules_that_change_nothing_give_the_right_text(number: int) -> None:
    """Only then are pairs of rules tried just where both of them matter."""
    f, variable = dealt(number)["f"], dealt(number)["variable"]
    same = {rule for rule in T2.SLIPS if T2.right(f, variable, **{rule: True}) == T2.right(f, variable)}
    assert same == T2.SLIPS.keys() - rules_at_work(f, variable, LETTERS)


@pytest.mark.parametrize("letter", LETTERS)
def test_the_wrong_variable_is_recognised(letter: str) -> None:
    """The derivative by another letter is named as that, or as a lost inner derivative where that is the same."""
    numbers = [number for number in range(40) if dealt(number)["variable"] != letter]
    named = 0
    for number in numbers:
        answer = T2.derivative(dealt(number)["f"], letter)
        found = verdict(number, "answer", answer)
        named += found.codes == (f"by_{letter}",)
        for other in set(found.codes) - {f"by_{letter}"}:
            assert ANSWER.compare(by_rules(number, other), answer) is None
    assert named >= 0.9 * len(numbers)


@pytest.mark.parametrize("number", range(60))
def test_two_wrong_rules_are_recognised(number: int) -> None:
    """Two slips in one answer are both named, unless fewer explain it."""
    variant = dealt(number)
    rules = sorted(rules_at_work(variant["f"], variant["variable"], LETTERS) & set(T2.SLIPS))
    pair = random.Random(number).sample(rules, 2)
    found = verdict(number, "answer", by_rules(number, *pair))
    assert found.finding in ("misconception", "right")
    assert len(found.codes) <= 2
    if found.codes:
        explained = by_rules(number, *found.codes) if set(found.codes) <= set(DERIVATIVE_RULES) else None
        assert explained is None or ANSWER.compare(explained, by_rules(number, *pair)) is None


FORMS = (sympy.expand, sympy.factor, sympy.together, sympy.powsimp, sympy.cancel)


@pytest.mark.parametrize("number", range(60))
def test_right_answers_in_other_forms(number: int) -> None:
    """sympy's derivative as it is, rewritten, and as LaTeX is right, and no wrong rule is seen in it."""
    variant = dealt(number)
    slope = sympy.diff(sympy.sympify(variant["f"]), sympy.Symbol(variant["variable"]))
    rewritten = FORMS[number % len(FORMS)](slope)
    for answer in (str(slope), str(rewritten), sympy.latex(slope), variant_of_printing(slope)):
        found = verdict(number, "answer", answer)
        assert (found.finding, found.codes) == ("right", ()), (variant["shown"], answer)


def variant_of_printing(slope: Any) -> str:
    """Russian names of functions and powers with a caret."""
    text = str(slope).replace("**", "^")
    return re.sub(r"\b[a-z]+(?=\()", lambda name: T2.IN_PRINT.get(name[0], name[0]), text)


@pytest.mark.parametrize("number", where_it_matters("power_rule_for_f_to_g"))
def test_powers_by_logarithms(number: int) -> None:
    """The form f·(ln f)′ is right wherever there is a power of two functions."""
    variant = dealt(number)
    f, variable = sympy.sympify(variant["f"]), sympy.Symbol(variant["variable"])
    answer = f"({f}) * ({sympy.diff(f.exp * sympy.log(f.base), variable)})"
    assert verdict(number, "answer", answer).finding == "right"


def test_the_example_of_the_document() -> None:
    """d[(xy + e^(txy))^y]/dy is differentiated rightly, as a person would write it."""
    expected = T2.derivative("(x*y + exp(t*x*y))**y", "y")
    by_hand = "(xy + e^(txy))^y (ln(xy + e^{txy}) + y (x + tx e^{txy}) / (xy + e^{txy}))"
    assert ANSWER.compare(expected, by_hand) is None
    assert ANSWER.compare(expected, "y (xy + e^(txy))^(y-1) (x + tx e^(txy))") is not None


@pytest.mark.parametrize("number", range(30))
def test_steps_are_followed(number: int) -> None:
    """A chain of two forms is right, in one line or two; a chain by a wrong rule is named as that rule."""
    variant = dealt(number)
    first, second = T2.derivative(variant["f"], variant["variable"]), by_rules(number)
    question = f"({variant['shown']})'"
    chains = (
        [f"f' = {first} + 0", f"= {second}"],
        f"df/d{variant['variable']} = {first} + 0 = {second}",
        [question, f"= {first}", f"= {second} + 0"],
        f"{question} = {first} + ({variant['variable']} - {variant['variable']})' + (0)' = {second}",
    )
    for chain in chains:
        assert verdict(number, "steps", chain).finding == "right", chain
    wrong = by_rules(number, "inner_derivative_lost")
    found = verdict(number, "steps", [f"{wrong} + 0", wrong])
    assert found.finding == "misconception"
    assert found.points <= Fraction(1, 2)


def test_a_step_that_does_not_follow_is_shown() -> None:
    """Where a right line goes over into a wrong one, the report shows that line; what follows from it is paid."""
    variant = dealt(0)
    right = T2.derivative(variant["f"], variant["variable"])
    found = verdict(0, "steps", [right, f"{right} + {variant['variable']}"])
    assert (found.finding, found.codes) == ("misconception", ("broken_line",))
    assert found.difference is not None
    assert (found.difference.kind, found.difference.place) == ("line", "2")
