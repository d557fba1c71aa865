"""Cases that miss what a solution may have wrong, and marks of mutants that are no good."""

from __future__ import annotations

from tests.courses import CODE
from tests.unit.proofreaders.planting import Planted

ARRAYS = """
import numpy as np

f = Code("f", 1, Close())
task = Task(parts=[f])


@f.cases
def cases(rng):
{cases}


@f.oracle
def right({names}):
{body}
"""
ONLY_ONE = CODE.replace("    yield case(2.5)\n", "")
NO_MATTER = CODE.replace("return 2 * x", "return 2 * x if x != 7.5 else 2 * x")


def missed(names: str, body: str, *cases: str, line: str = "return") -> Planted:
    """A function with cases that do not pin it down."""
    posed = "\n".join(f"    yield case({case})" for case in cases)
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    text = ARRAYS.format(cases=posed, names=names, body=lines)
    return Planted(text, "P201", line, ("adequacy",))


def marked(entry: str, code: str, line: str) -> Planted:
    """A task with a mark in `equivalent/q1.toml`."""
    files = {"equivalent/q1.toml": f"# marks\n{entry}"}
    return Planted(CODE, code, line, ("adequacy",), "equivalent/q1.toml", files)


def mark(of: str, before: str, after: str, reason: str = "It is the same.") -> str:
    """An entry."""
    return f'[[equivalent]]\nof = "{of}"\nbefore = "{before}"\nafter = "{after}"\nreason = "{reason}"\n'


SURVIVORS = {
    "an operator that the cases miss": Planted(ONLY_ONE, "P201", "return 2 * x", ("adequacy",)),
    "an axis that the cases miss": missed(
        "a", "return a.sum(axis=0)", "np.array([[1.0, 2.0], [2.0, 5.0]])", "np.array([[3.0]])"
    ),
    "a transpose that the cases miss": missed(
        "a", "return a.T", "np.array([[1.0, 2.0], [2.0, 5.0]])", "np.array([[3.0]])"
    ),
    "an index that the cases miss": missed(
        "a", "return a[-1]", "np.array([1.0, 2.0])", "np.array([5.0, 7.0])"
    ),
    "a bound that the cases miss": missed(
        "a, n", "return a[n:]", "np.array([1.0, 2.0]), 0", "np.array([4.0, 7.0, 1.0]), 0"
    ),
    "a comparison that the cases miss": missed("x", "return 1.0 if x > 2 else 0.0", "5.0", "-4.0", "3.0"),
    "a constant that the cases miss": missed("x", "return max(x, 1)", "5.0", "8.0"),
    "an order of arguments that the cases miss": missed(
        "a, b", "return np.power(a, b)", "2.0, 4.0", "3.0, 3.0"
    ),
    "a statement that the cases miss": missed("x", "y = x\ny += x - 1.0\nreturn y", "1.0", line="y += x"),
    "a mutant that nothing kills": Planted(NO_MATTER, "P202", "return 2 * x", ("adequacy",)),
    "a mark without a reason": marked(
        mark("exam.q1.right", "return 2 * x", "return 2 / x", "yes"), "P203", "[[equivalent]]"
    ),
    "a mark with an unknown key": marked("[[equivalent]]\nname = 1\n", "P203", "# marks"),
    "marks that are no TOML": marked("of =\n", "P203", "# marks"),
    "a mark of what has gone": marked(
        mark("exam.q1.right", "return 3 * x", "return 3 / x"), "P204", "[[equivalent]]"
    ),
    "a mark of what is killed": marked(
        mark("exam.q1.right", "return 2 * x", "return 2 / x"), "P204", "[[equivalent]]"
    ),
}
