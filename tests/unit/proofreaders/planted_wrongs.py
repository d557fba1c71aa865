"""Mistakes that cannot be told: from right answers, from each other, or at all."""

from __future__ import annotations

from tests.courses import CODE
from tests.unit.proofreaders.planting import Planted

TWICE = CODE.replace("yield case(2.5)", "yield case(2.0)")
VALUE = """
from grader.comparators.value import Value

one = Answer("one", 1, Value())
task = Task(parts=[one], variants={variants})


@one.oracle
def right(a, b):
    return a * b
"""


def wrong(name: str, body: str, credit: str = "0") -> str:
    """A misconception about doubling."""
    declared = f'\n@double.misconception(credit="{credit}")\ndef {name}(x):'
    return f'{declared}\n    """Wrong: {name}."""\n    return {body}\n'


def mistaken(variants: str, body: str) -> str:
    """A task with one answer and one misconception."""
    text = VALUE.format(variants=variants)
    return text + f'\n@one.misconception()\ndef wrong(a, b):\n    """Wrong."""\n    return {body}\n'


WRONGS = {
    "a square where only 2 is posed": Planted(
        CODE.replace("yield case(1.0", "yield case(2.0").replace("2.5", "0.0") + wrong("squared", "x * x"),
        "P101",
        "@double.misconception",
        ("separation",),
    ),
    "two mistakes of different credit": Planted(
        TWICE.replace("yield case(1.0, public=True)", "yield case(2.0, public=True)")
        + wrong("plus_five", "x + 5", "1/2")
        + wrong("plus_seven_fifths", "x * 3.5"),
        "P102",
        '@double.misconception(credit="0")',
        ("separation",),
    ),
    "a variant that hides a mistake": Planted(
        mistaken('{"a": (2, 3), "b": (2, 5)}', "a + b"), "P101", "@one.misconception", ("separation",)
    ),
    "a mistake that changes nothing": Planted(
        mistaken('{"a": (2, 3), "b": (7, 5)}', "b * a"), "P101", "@one.misconception", ("separation",)
    ),
    "a mistake that no variant shows": Planted(
        mistaken('{"a": (2, 3), "b": (7, 5)}', "b * a").replace("Value())", "Value(), occasional=True)"),
        "P103",
        "@one.misconception",
        ("separation",),
    ),
    "a variant that cannot be dealt": Planted(
        """
        from itertools import count

        one, dealt = Answer("one", 1, Close()), count()
        task = Task(parts=[one], variants=lambda rng: {"a": 1 / (3 - next(dealt))})
        one.oracle(lambda a: a)
        """,
        "P501",
        "next(dealt)",
        ("separation",),
    ),
    "a variant that cannot be dealt now and then": Planted(
        """
        from itertools import count

        one, dealt = Answer("one", 1, Close()), count()
        task = Task(parts=[one], variants=lambda rng: {"a": 1 / (150 - next(dealt))})
        one.oracle(lambda a: a)
        """,
        "P501",
        "next(dealt)",
        ("variants",),
    ),
    "a sentence behind another one": Planted(
        CODE + wrong("tripled", "3 * x", "1/2") + wrong("thrice", "x + 2 * x", "0.5"),
        "P104",
        'credit="0.5"',
        ("separation",),
    ),
}
