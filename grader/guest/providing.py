"""Names that a file uses and never binds, given to it where it uses them."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from .repairing import File, Handlers, Node, Register, call, constant


class Names:
    """A set of names and the cheap ways to see in a text that they are used, and that they are imported."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        # attributes are others' names, and where a module is imported its own name is not used
        self._used = re.compile(rf"(?<![\w.])(?:{'|'.join(names)})\b(?![ \t]+(?:as|import)\b)")
        self._imported = re.compile(rf"\b(?:import|as)[ \t]+({'|'.join(names)})\b(?![ \t]+as\b|\.)")

    def unbound_in(self, file: File) -> set[str]:
        """Give the names that a file uses and never binds."""
        wanted = set(self._used.findall(file.text))
        if wanted:
            wanted -= set(self._imported.findall(file.text))
        return wanted - file.bound if wanted else wanted


def provide(hook: str, repair: str, make: Callable[[str], Any], register: Register) -> None:
    """Install the builtin `hook`, which gives what `make` makes of a name and notes that it was needed."""
    made: dict[str, Any] = {}

    def provided(name: str) -> Any:
        scope = sys._getframe(1).f_globals
        if name in scope:  # a star import brought it after all
            return scope[name]
        if name not in made:
            try:
                made[name] = make(name)
            except ImportError:
                raise NameError(f"name {name!r} is not defined", name=name) from None
        register.note(repair, name)
        return made[name]

    setattr(builtins, hook, provided)


def handlers(hook: str, names: Names, file: File) -> Handlers:
    """Say how uses of the names that `file` never binds are changed into calls of `hook`."""
    wanted = names.unbound_in(file)
    if not wanted:
        return {}

    def name(node: Node) -> Node:
        if node.id in wanted and isinstance(node.ctx, ast.Load):
            return call(hook, [constant(node.id, node)], node)
        return node

    return {ast.Name: name}
