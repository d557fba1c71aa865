"""Names that a file uses and never binds, given to it where it uses them."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from .repairing import File, Handlers, Node, Register, call, constant


def pattern_of(names: Mapping[str, Any]) -> re.Pattern[str]:
    """Give what finds any of the names in a text, as a whole word."""
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def provide(hook: str, repair: str, makers: Mapping[str, Callable[[], Any]], register: Register) -> None:
    """Install the builtin `hook`, which gives the value of a name and notes that it was needed."""
    made: dict[str, Any] = {}

    def provided(name: str) -> Any:
        scope = sys._getframe(1).f_globals
        if name in scope:  # a star import brought it after all
            return scope[name]
        if name not in made:
            try:
                made[name] = makers[name]()
            except ImportError:
                raise NameError(f"name {name!r} is not defined", name=name) from None
        register.note(repair, name)
        return made[name]

    setattr(builtins, hook, provided)


def handlers(hook: str, names: Mapping[str, Any], pattern: re.Pattern[str], file: File) -> Handlers:
    """Say how uses of the names that `file` never binds are changed into calls of `hook`."""
    wanted = file.mentions(pattern)
    if not wanted:
        return {}
    wanted = {name for name in wanted if name in names and name not in file.bound}
    if not wanted:
        return {}

    def name(node: Node) -> Node:
        if node.id in wanted and isinstance(node.ctx, ast.Load):
            return call(hook, [constant(node.id, node)], node)
        return node

    return {ast.Name: name}
