"""Functions of which nothing is known, such as f in f(2x): each has a stand-in that no usual identity fits.

f(u, v) becomes sin(e^(a·w)) + b·w² + c·w for w = u + d·v, where a, b, c, d depend on the name alone. What holds for
every f holds for the stand-in; what does not, fails for all but accidental numbers.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b

from grader.algebra.building import add, multiply, raise_to
from grader.algebra.differentiation.differentiating import derivative
from grader.algebra.names import BRACKETED, FUNCTIONS
from grader.algebra.nodes import TWO, Call, E, Node, Power, Symbol, is_primed, number, rebuilt

_ARGUMENT = "\ue0ff"
_KNOWN = frozenset((*FUNCTIONS.values(), *BRACKETED.values(), "log", "transpose"))


def stand_in(function: str, arguments: tuple[Node, ...]) -> Node:
    """Give the stand-in of `function`, with as many primes as are behind its name, at `arguments`."""
    name = function.rstrip("'")
    steps = (multiply((_noise(name, place), argument)) for place, argument in enumerate(arguments[1:], 3))
    inner = add((arguments[0], *steps))
    return substituted(_shape(name, len(function) - len(name)), {_ARGUMENT: inner})


@lru_cache(maxsize=64)
def _shape(name: str, primes: int) -> Node:
    if primes:
        return derivative(_shape(name, primes - 1), _ARGUMENT)
    w = Symbol(_ARGUMENT)
    wave = Call("sin", (Power(E, multiply((_noise(name, 0), w))),))
    return add((wave, multiply((_noise(name, 1), raise_to(w, TWO))), multiply((_noise(name, 2), w))))


def _noise(name: str, place: int) -> Node:
    digest = blake2b(f"{name} {place}".encode(errors="replace"), digest_size=2).digest()
    return number(Fraction(1 + int.from_bytes(digest, "big"), 1 << 16))


def with_stand_ins(node: Node) -> Node:
    """Give `node` with a stand-in for every function of which nothing is known."""
    node = rebuilt(node, with_stand_ins)
    if is_primed(node):
        return node
    if isinstance(node, Call) and node.function not in _KNOWN:
        return stand_in(node.function, node.arguments)
    return node


def slope_of(node: Node, variable: str) -> Node:
    """Differentiate a formula in which functions may be unknown. Raises `NoRuleError`."""
    return derivative(with_stand_ins(node), variable)


def substituted(node: Node, symbols: dict[str, Node]) -> Node:
    """Give `node` with other trees for some of its free symbols; none of these trees may hold a bound one."""
    if isinstance(node, Symbol):
        return symbols.get(node.name, node)
    return rebuilt(node, lambda part: substituted(part, symbols))
