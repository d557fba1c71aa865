"""Confirming with a computer algebra system that two formulas are equal, in a child that is killed in time.

`compare` decides without it; `decide` asks for a proof where `compare` leaves a question open. A proof makes two
formulas equal; where none is found, nothing follows. The child gets trees, never text, so that nothing a student
wrote is parsed by anyone else. It has so much time of the processor, not of the clock: what else the machine does
must not change a mark.
"""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from grader.algebra.comparison.equality import compare
from grader.algebra.comparison.points import Domain, point
from grader.algebra.comparison.special import is_special, whole_symbols
from grader.algebra.comparison.unknown_functions import with_stand_ins
from grader.algebra.comparison.verdicts import Equal, Undecided, Verdict
from grader.algebra.names import KNOWN
from grader.algebra.nodes import (
    Call,
    Constant,
    Derivative,
    Integral,
    Limit,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    free_symbols,
    subtrees,
)

MEMORY = 1 << 30
"""Bytes that the child may have."""
SECONDS = 4
"""Of the processor, its start included."""
PATIENCE = 15
"""So many times as long the child may take by the clock."""
MAX_NODES = 200
_KINDS = (Number, Symbol, Constant, Negative, Sum, Product, Quotient, Power, Call)
_BINDING = (Derivative, Series, Integral, Limit)


def decide(
    expected: Node, actual: Node, *, domain: Domain = (), seed: int = 0, explain: bool = True
) -> Verdict:
    """Compare two expressions as `compare` does, and where that is undecided, look for a proof that they are equal.

    Without `explain` none is looked for, which takes a thousand times as long as to compare.
    """
    verdict = compare(expected, actual, domain=domain, seed=seed, explain=explain)
    if not explain or not isinstance(verdict, Undecided):
        return verdict
    if verdict.reason == "undefined" and not (is_special(expected) or is_special(actual)):
        return verdict  # nowhere do both have values
    whole = whole_symbols(expected) | whole_symbols(actual)
    domain = (*((name, "integer") for name in sorted(whole)), *domain)
    return Equal("proof") if proved(expected, actual, domain=domain) else verdict


@lru_cache(maxsize=4096)
def proved(left: Node, right: Node, *, domain: Domain = (), seconds: int = SECONDS) -> bool:
    """Tell whether a proof was found that two formulas are equal for all real values of their symbols.

    Of the `domain` it is used which symbols are positive, and which positive integers. False says nothing: the
    formulas may still be equal.
    """
    if not (_plain(left) and _plain(right)):
        return False
    names = tuple(sorted(free_symbols(left) | free_symbols(right)))
    where = {name: str(value) for name, value in point(0, 0, names, domain).items()}
    question = msgspec.json.encode([_listed(left), _listed(right), dict(domain), where, MEMORY, seconds])
    command = [sys.executable, "-I", "-m", "grader.algebra.comparison._prover"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            answer, _ = child.communicate(question, timeout=PATIENCE * seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return False
    return answer == b"proved"


def _plain(node: Node) -> bool:
    """Whether the child can build a formula: no matrices, no functions of which nothing is known."""
    parts = list(subtrees(node))
    return len(parts) <= MAX_NODES and all(
        (not isinstance(part, Integral) or part.bounds is not None)
        and isinstance(part, (*_KINDS, *_BINDING))
        and (not isinstance(part, Call) or part.function in KNOWN or part.function == "log")
        for part in parts
    )


def _listed(node: Node) -> list[Any]:
    """Give a tree as lists: a word, then what it takes."""
    match node:
        case Number(value=Fraction(numerator=above, denominator=below)):
            return ["number", str(above), str(below)]
        case Symbol(name=name):
            return ["symbol", name]
        case Constant(name=name):
            return ["constant", name]
        case Call(function=function, arguments=arguments):
            return ["call", function, *map(_listed, arguments)]
        case Derivative(body=body, variable=variable):
            return ["derivative", variable, _listed(with_stand_ins(body))]
        case Series(kind=kind, index=index):
            return ["series", kind, index, *map(_listed, node.children)]
        case Integral(variable=variable):
            return ["integral", variable, *map(_listed, node.children)]
        case Limit(variable=variable, side=side):
            return ["limit", variable, side, *map(_listed, node.children)]
    return [type(node).__name__.lower(), *map(_listed, node.children)]
