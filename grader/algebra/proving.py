"""Confirming with a computer algebra system that two formulas are equal, in a child that is killed in time.

Off the way of an answer: `compare` decides without it. A proof upgrades "equal at random points" to "proved"; where
none is found, nothing follows. The child gets trees, never text, so that nothing a student wrote is parsed by anyone
else.
"""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from typing import Any

import msgspec

from grader.algebra.nodes import (
    Call,
    Constant,
    Derivative,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from grader.algebra.programs import KNOWN
from grader.algebra.unknown_functions import with_stand_ins

MEMORY = 1 << 30
"""Bytes that the child may have."""


def proved(left: Node, right: Node, *, seconds: float = 5.0, positive: tuple[str, ...] = ()) -> bool:
    """Tell whether a proof was found that two formulas are equal for all real values of their symbols.

    `positive` names symbols that are positive. False says nothing: the formulas may still be equal.
    """
    if not (_plain(left) and _plain(right)):
        return False
    question = msgspec.json.encode([_listed(left), _listed(right), list(positive), MEMORY, seconds])
    command = [sys.executable, "-I", "-m", "grader.algebra._prover"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            answer, _ = child.communicate(question, timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return False
    return answer == b"proved"


def _plain(node: Node) -> bool:
    known = not isinstance(node, Call) or node.function in KNOWN or node.function == "log"
    kinds = (Number, Symbol, Constant, Negative, Sum, Product, Quotient, Power, Call, Derivative)
    return known and isinstance(node, kinds) and all(map(_plain, node.children))


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
    return [type(node).__name__.lower(), *map(_listed, node.children)]
