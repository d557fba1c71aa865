"""What equal formulas have in common: their values at a few fixed points."""

from __future__ import annotations

from grader.algebra.comparison.equality import FIRST_BITS
from grader.algebra.comparison.evaluating import EVALUATOR, Evaluator
from grader.algebra.comparison.points import Domain, point
from grader.algebra.comparison.programs import compiled
from grader.algebra.comparison.special import is_special
from grader.algebra.nodes import Node

POINTS = 4
DIGITS = 9


def values_at_points(
    node: Node, domain: Domain = (), evaluator: Evaluator = EVALUATOR
) -> tuple[str, ...] | None:
    """Short decimals of a formula's values, an empty text where it has none; None where it has none anywhere.

    Formulas that are equal give the same but for rounding in the last digit, which is next to impossible; other
    formulas hardly ever do.
    """
    if is_special(node):
        return None
    program = compiled(node)
    found = []
    for number in range(POINTS):
        at = point(0, number, program.symbols, domain)
        value = evaluator.evaluate(program, at, FIRST_BITS)
        known = value is not None and evaluator.settled(value)
        found.append(evaluator.decimal(value, DIGITS) if known else "")
    return tuple(found) if any(found) else None
