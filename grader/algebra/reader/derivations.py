"""Derivations as people write them: lines cut into steps, names for subexpressions, side calculations.

A line continues the one above it (`= 2xy`), begins with the question (`f' = …`, `d/dx = …`, `y' = …`), names
something (`u = xy + e^(txy)`, after which `u` and `u'` may be used), or is a calculation on the side whose two sides
must be equal (`u' = x + tx·e^(txy)`, `ln f = y ln u`). `f` stands for the function that is differentiated, where it
is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct, structs

from grader.algebra.differentiation.differentiating import derivative
from grader.algebra.differentiation.wrong_rules import WRONG_RULES
from grader.algebra.names import FUNCTIONS, Symbols, key_of
from grader.algebra.nodes import Derivative, Node, Symbol, has_derivative, rebuilt, subtrees
from grader.algebra.reader.typed import read_typed
from grader.algebra.replacing import replaced
from grader.algebra.unreadable import Unreadable

MAX_LINES = 100
FUNCTION = "f"
"""Stands for the function that is differentiated, unless a symbol is called so."""

_LINE_END = re.compile(r"\n|\\\\")
_SURROUNDINGS = re.compile(
    r"\\(?:begin|end)\s*\{(?:align|aligned|alignat|gather|gathered|split|multline|equation|eqnarray)\*?\}"
    r"(?:\s*\{\d+\})?|\\(?:notag|nonumber)\b|\$\$"
)
"""What LaTeX puts around lines that stand below each other."""
_LABEL = re.compile(
    r"\s*\$*\s*(?:[^\W\d_]\w*\s*'+(?:_?\w+)?(?:\s*\([\w\s,;]*\))?|[d∂]\s*\w*\s*/\s*[d∂]\s*\w+|\\frac\s*\{[^{}]*\}\s*\{[^{}]*\})\s*"
)
"""What may stand for the question on the left of the first sign of equality: `y'`, `f'(x)`, `df/dy`."""
_BY = re.compile(r"(?:/|\}\s*\{)\s*(?:\\partial|[d∂])\s*([^\W\d]\w*(?:_\{\w+\})?)\s*\}?[\s$]*$")
"""What a label differentiates by."""
_NAME = re.compile(
    r"[\s$]*(?:(?:let|where|пусть|где)\s+)?([^\W\d_](?:_?\d)?)(?:\s*\([\w\s,;]*\))?[\s$]*", re.IGNORECASE
)
"""What may stand on the left of an own name's meaning: `u`, `u_1`, `f(x, y)`."""

Kind = Literal["step", "function", "side"]


class Step(Struct, frozen=True):
    """One expression of a derivation.

    place   its line or, if all stands in one line, its number there
    tree    with what own names and symbols mean; `typed` without
    kind    "step": on the way from the question to the answer; "function": what is differentiated, still as it is;
            "side": equal to the step before it, and to nothing else
    """

    place: str
    text: str
    tree: Node
    typed: Node
    kind: Kind = "step"
    opens: bool = False


class UnreadableStepError(Exception):
    """A step cannot be read; `error` says why."""

    def __init__(self, place: str, text: str, error: Unreadable) -> None:
        super().__init__(str(error))
        self.place = place
        self.text = text
        self.error = error


def lines_of(actual: Any) -> list[str] | None:
    """The lines of an answer that are not empty; None for what is neither a text nor a list of texts."""
    items = list(actual) if type(actual) in (list, tuple) else [actual]
    if not items or not all(isinstance(item, str) for item in items):
        return None
    texts = (_SURROUNDINGS.sub(" ", str(item)) for item in items)
    lines = (line.replace("&", " ") for text in texts for line in _LINE_END.split(text))
    return [line for line in lines if line.strip(" \t\r$")]


def steps_of(
    lines: list[str],
    symbols: Symbols,
    function: Node | None,
    meanings: Mapping[str, Node] = MappingProxyType({}),
) -> list[Step]:
    """Read the steps of a derivation. Raises `UnreadableStepError`.

    function   what is differentiated, where it is known
    meanings   declared symbol → what it stands for
    """
    return list(_Reader(symbols, function, meanings, single=len(lines) == 1).steps(lines))


class _Reader:
    """Reads line by line and remembers the names that are given."""

    def __init__(
        self, symbols: Symbols, function: Node | None, meanings: Mapping[str, Node], single: bool
    ) -> None:
        self.symbols = symbols
        self.function = function
        self.single = single
        self.count = 0
        self.kind: Kind = "step"
        self.declared = {key_of(name) for name in symbols.names}
        self.given = meanings
        self.meanings: dict[str, Node] = {}
        if function is not None and FUNCTION not in self.declared:
            self.meanings[FUNCTION] = function

    def steps(self, lines: list[str]) -> Iterator[Step]:
        for number, line in enumerate(lines, 1):
            parts = [part for part in cut(line) if part.strip(" \t\r$")]
            for step in self._line(line, parts, number):
                self.kind = step.kind
                yield step

    def _line(self, line: str, parts: list[str], number: int) -> Iterator[Step]:
        name = self._new_name(parts)
        if line.lstrip(" \t$").startswith("="):
            yield from (self._step(part, number, self.kind) for part in parts)
        elif name is not None:
            yield from self._named(name, parts[1:], number)
        elif len(parts) > 1 and self._asks(parts[0]):
            yield from (self._step(part, number) for part in parts[1:])
        elif len(parts) > 1 and self._is_elsewhere(parts[0]) and not self._is_given(parts[0]):
            yield from self._aside([self._step(part, number, "side") for part in parts[1:]])
        elif len(parts) > 1:
            yield from self._equation(parts, number)
        else:
            yield from (self._step(part, number) for part in parts)

    def _asks(self, label: str) -> bool:
        """Whether what stands on the left is the question."""
        asks = _LABEL.fullmatch(label) is not None and not self._is_elsewhere(label)
        return asks and not self._is_prime_of_own(label) and not self._is_given(label)

    def _is_elsewhere(self, label: str) -> bool:
        """Whether a label such as `dL/du` is about a derivative by something else than is asked for."""
        found = _BY.search(label) if _LABEL.fullmatch(label) else None
        wanted = key_of(self.symbols.variable)
        return found is not None and bool(wanted) and key_of(found[1]) != wanted

    def _new_name(self, parts: list[str]) -> str | None:
        found = _NAME.fullmatch(parts[0]) if len(parts) > 1 else None
        if found is None:
            return None
        name = key_of(found[1])
        known = name in self.declared or name in FUNCTIONS or name in ("e", "π")
        return None if known else name

    def _is_prime_of_own(self, label: str) -> bool:
        """Whether a label such as `u'` is about a name that was given, and so begins a side calculation."""
        found = re.match(r"[\s$]*([^\W\d_](?:_?\d)?)\s*'", label)
        own = key_of(found[1]) if found else ""
        return own in self.meanings and own != FUNCTION

    def _named(self, name: str, parts: list[str], number: int) -> Iterator[Step]:
        """The meaning of a name; of several equal expressions each is checked against the one before it."""
        steps = [self._step(part, number, "side") for part in parts]
        if name == FUNCTION and self.function is not None:
            yield from (structs.replace(step, kind="function") for step in steps)
            return
        self.meanings.setdefault(name, steps[0].tree)
        yield from self._aside(steps)

    def _aside(self, steps: list[Step]) -> Iterator[Step]:
        """A calculation on the side that begins with the first of `steps`."""
        yield structs.replace(steps[0], opens=True)
        yield from steps[1:]

    def _equation(self, parts: list[str], number: int) -> Iterator[Step]:
        """A line with something of its own on the left: a step, or the beginning of a side calculation."""
        first = self._step(parts[0], number)
        own = self._mentions_own(parts[0])
        if own:
            yield structs.replace(first, kind="side", opens=True)
        else:
            yield first
        yield from (self._step(part, number, "side" if own else "step") for part in parts[1:])

    def _mentions_own(self, text: str) -> bool:
        tree = self._read(text)
        names = {part.name for part in subtrees(tree) if type(part) is Symbol}
        return bool(names & {*self.meanings, *self.given})

    def _is_given(self, label: str) -> bool:
        """Whether a label such as `dL/dp` is a symbol that means something, and so begins a side calculation."""
        try:
            tree = self._read(label)
        except Unreadable:
            return False
        return isinstance(tree, Symbol) and tree.name in self.given

    def _step(self, text: str, number: int, kind: Kind = "step") -> Step:
        self.count += 1
        place = str(self.count if self.single else number)
        try:
            tree = self._read(text)
        except Unreadable as error:
            raise UnreadableStepError(place, text, error) from None
        return Step(place, text, replaced(replaced(tree, self.meanings), self.given), tree, kind)

    def _read(self, text: str) -> Node:
        return read_typed(text, replace(self.symbols, names=(*self.symbols.names, *self.meanings)))


def cut(line: str, at: str = "=") -> Iterator[str]:
    """Cut at the signs `at` outside brackets."""
    depth = start = 0
    for place, sign in enumerate(line):
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign == at and depth <= 0:
            yield line[start:place]
            start = place + 1
    yield line[start:]


def own_steps(steps: list[Step]) -> int:
    """Count the different steps of one's own: what only repeats the question, or another step, is none."""
    trees = [step.typed for step in steps if step.kind != "function"]
    own = trees[1:] if trees and isinstance(trees[0], Derivative) else trees
    return len(set(own))


def carried_out(node: Node, wrong: frozenset[str]) -> Node:
    """The formula with the derivatives in it carried out by wrong rules."""
    if isinstance(node, Derivative):
        return derivative(carried_out(node.body, wrong), node.variable, wrong)
    return rebuilt(node, lambda child: carried_out(child, wrong)) if has_derivative(node) else node


@lru_cache(maxsize=64)  # whoever is dealt the same differentiates the same
def results_by_wrong_rules(before: Node) -> Mapping[str, Node]:
    """Wrong rule → what carrying out the derivatives in `before` gives with it, where it gives something else."""
    if not has_derivative(before):
        return {}
    right = carried_out(before, frozenset())
    results = {rule: carried_out(before, frozenset({rule})) for rule in WRONG_RULES}
    return {rule: result for rule, result in results.items() if result != right}
