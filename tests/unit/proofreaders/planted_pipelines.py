"""Oracles that are not right themselves, stubs that earn, comparisons and variants that are no good."""

from __future__ import annotations

from tests.courses import CODE
from tests.unit.proofreaders.planting import Planted

VALUE = """
from grader.comparators.value import Value
from grader.comparators.formula import Formula

one = Answer("one", 1, {compare})
task = Task(parts=[one], variants={variants})


@one.oracle
def right({names}):
    return {body}
"""


def answering(variants: str, names: str, body: str, compare: str = "Value()") -> str:
    """A task with one answer."""
    return VALUE.format(variants=variants, names=names, body=body, compare=compare)


def coded(code: str, line: str, check: str, **changes: str) -> Planted:
    """The task of doubling with some of its texts replaced."""
    text = CODE
    for old, new in changes.items():
        text = text.replace(
            {"pose": "yield case(2.5)", "body": "return 2 * x", "compare": "Close()"}[old], new
        )
    return Planted(text, code, line, (check,))


def dealt(code: str, line: str, *task: str, compare: str = "Value()") -> Planted:
    """A task with one answer; the check is of its variants."""
    return Planted(answering(*task, compare=compare), code, line, ("variants",))


PIPELINES = {
    "an oracle that fails for some": Planted(
        answering('{"a": (1, 2, 0)}', "a", "6 / a"), "P301", "@one.oracle", ("pipeline",)
    ),
    "an oracle that fails in a later case": coded(
        "P301",
        "@double.oracle",
        "pipeline",
        pose="yield from map(case, (1, 2, 3, 7))",
        body="return 1 / (x - 7)",
    ),
    "an oracle that is not accepted for some": Planted(
        answering('{"a": (1, 2, 3)}', "a", 'a if a < 3 else "three"'), "P302", "@one.oracle", ("pipeline",)
    ),
    "a function that rightly gives nothing": coded(
        "P303", '"double", 2', "pipeline", body="return None", compare="lambda expected, actual: None"
    ),
    "an answer that may be left out": Planted(
        answering('{"a": (1, 2)}', "a", "a", "lambda expected, actual: None"), "P303", '"one"', ("pipeline",)
    ),
    "a tolerance that swallows a mistake almost": coded(
        "P401",
        "@double.misconception",
        "margins",
        compare="Close(relative=0.01)",
        body='return 2 * x\n\n\n@double.misconception()\ndef off(x):\n    """Off."""\n    return 2.05 * x',
    ),
    "decimals that swallow a mistake almost": Planted(
        answering('{"a": (1, 2)}', "a", "a / 4", "Value(decimals=1)")
        + '\n\n@one.misconception()\ndef off(a):\n    """Off."""\n    return a / 4 + 0.06\n',
        "P401",
        "@one.misconception",
        ("margins",),
    ),
    "a tolerance below rounding": coded(
        "P402", '"double", 2', "margins", compare="Close(relative=1e-17)", body="return 2 * x + 1e-9"
    ),
    "cases from another generator": coded(
        "P403",
        "@double.cases",
        "margins",
        pose="import numpy as np; yield case(np.random.default_rng().random())",
    ),
    "an oracle that is drawn": Planted(
        CODE.replace(
            "@double.oracle", "from itertools import count\n\ncalls = count()\n\n\n@double.oracle"
        ).replace("return 2 * x", "return 2 * x + next(calls)"),
        "P404",
        "@double.oracle",
        ("margins",),
    ),
    "cases that are all public": coded(
        "P405", "@double.cases", "margins", pose="yield case(2.5, public=True)"
    ),
    "a hidden case that is public": coded(
        "P406", "@double.cases", "margins", pose="yield case(2.5)\n    yield case(1.0)"
    ),
    "answers that are all the same": coded("P407", "@double.cases", "margins", body="return x - x"),
    "variants that are all the same": dealt("P502", "variants=", "lambda rng: {'a': 3}", "a", "a"),
    "a parameter that is not used": dealt("P503", '"b"', '{"a": (1, 2), "b": (1, 2)}', "a", "a"),
    "an answer that does not depend on the variant": dealt(
        "P504", "@one.oracle", '{"a": (1, 2, 3, 4)}', "a", "0 * a + 1"
    ),
    "a variant whose answer is nothing": dealt("P505", "@one.oracle", '{"a": (1, 2, 0)}', "a", "[a, 2 * a]"),
    "a derivative without its variable": dealt(
        "P505", "@one.oracle", '{"f": ("2*x", "3", "x**2")}', "f", "f", compare='Formula(("x",))'
    ),
    "a variant with many more numbers": dealt("P506", "@one.oracle", '{"a": (1, 2, 9)}', "a", "[1] * a"),
    "a variant with much larger numbers": dealt("P506", "@one.oracle", '{"a": (1, 2, 2000)}', "a", "a"),
    "a variant with many more operations": dealt(
        "P506",
        "@one.oracle",
        '{"a": (1, 2, 9)}',
        "a",
        '"+".join(f"x^{n}" for n in range(a))',
        compare='Formula(("x",))',
    ),
}
