"""The formulas to which wrong rules lead, singly and in pairs."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from grader.algebra.matrices.activation_rules import ACTIVATION_RULES
from grader.algebra.matrices.bound_rules import BOUND_RULES
from grader.algebra.matrices.equality import compare_matrices, expected_matrix
from grader.algebra.matrices.names import MatrixSymbols
from grader.algebra.matrices.nodes import Matrix
from grader.algebra.matrices.places import Right, Rule
from grader.algebra.matrices.rules import PLAIN_RULES
from grader.algebra.matrices.writing import write_matrix

MATRIX_RULES = MappingProxyType({**PLAIN_RULES, **ACTIVATION_RULES, **BOUND_RULES})
"""Wrong rule → the formulas that it makes of one."""

MAX_SINGLE, MAX_PAIR = 60, 240
"""So many formulas of one rule, and of two, are tried."""


@lru_cache(maxsize=4096)
def wrong_formulas(text: str, symbols: MatrixSymbols, rules: tuple[str, ...]) -> tuple[str, ...]:
    """Formulas that come of applying each of `rules` once to the right formula, without those equal to it.

    Empty where a rule finds nothing to apply to. Raises `ValueError` for a formula that cannot be read, and
    `KeyError` for a name that is no rule.
    """
    found = [expected_matrix(text, symbols)]
    for rule in rules:
        found = [new for node in found for new in _applied(MATRIX_RULES[rule], node, symbols)]
    texts = dict.fromkeys(write_matrix(node, symbols) for node in islice(found, MAX_PAIR))
    return tuple(other for other in texts if _differ(text, other, symbols))


def _differ(text: str, other: str, symbols: MatrixSymbols) -> bool:
    """Whether a formula has values, in some shapes, and differs there and as it stands from the right one."""
    if compare_matrices(text, other, symbols, explain=False) is None:
        return False
    try:
        return compare_matrices(other, text, symbols, explain=False) is not None
    except ValueError:  # it has no value, such as one that goes back beyond the first state
        return False


def _applied(rule: Rule, node: Matrix, symbols: MatrixSymbols) -> list[Matrix]:
    return [new for new in islice(rule(Right(node, symbols)), MAX_SINGLE) if new != node]
