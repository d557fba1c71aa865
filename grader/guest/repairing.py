"""What was repaired and what was noticed, and the one pass over a syntax tree that all repairs share."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from .repairs import REPAIRS

Node = Any  # a node may be replaced by one of another type, which the types of `ast` cannot express
Handlers = dict[type[ast.AST], Callable[[Node], Node]]
Changes = dict[type[ast.AST], list[Callable[[Node], Node]]]

_MACHINERY = ("<frozen importlib", str(Path(__file__).parent) + os.sep)


class Register:
    """What one submission needed and was told; `files` are the names under which its code is compiled."""

    def __init__(self, active: frozenset[str]) -> None:
        self.active = active
        self.files: set[str] = set()
        self.guarded: set[tuple[str, int]] = set()
        self.remarks: list[tuple[str, dict[str, str]]] = []
        self.sibling: Callable[[str], ModuleType | None] = lambda stem: None
        self._used: dict[str, None] = {}
        self._told: set[tuple[str, ...]] = set()

    def note(self, repair: str, what: str) -> None:
        """Record that the running code relies on `repair`, for `what`."""
        self._used[repair] = None
        self.remark_once("repair", name=repair, what=what)

    def remark(self, code: str, **detail: str) -> None:
        """Tell the student something."""
        self.remarks.append((code, detail))

    def remark_once(self, code: str, **detail: str) -> None:
        """Tell the student something, unless it has been told in the same words."""
        key = (code, *detail.values())
        if key not in self._told:
            self._told.add(key)
            self.remark(code, **detail)

    def take_used(self) -> list[str]:
        """Give the repairs relied on since this was last asked."""
        used = sorted(self._used)
        self._used.clear()
        return used

    def is_student(self, frame: FrameType | None) -> bool:
        """Tell whether a frame runs the student's own text."""
        return frame is not None and frame.f_code.co_filename in self.files

    def importer(self) -> FrameType | None:
        """Give the frame of the student whose import statement is being carried out, if it is a student's."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename.startswith(_MACHINERY):
            frame = frame.f_back
        return frame if self.is_student(frame) else None


class File:
    """The syntax trees of one source, one per cell, and what they say about names."""

    def __init__(self, name: str, text: str, trees: list[ast.Module], python2: bool = False) -> None:
        self.name = name
        self.text = text
        self.trees = trees
        self.python2 = python2

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of every tree; costs as much as a pass, so only asked for on suspicion."""
        return [node for tree in self.trees for node in ast.walk(tree)]

    @cached_property
    def bound(self) -> set[str]:
        """Names that the file binds anywhere, in whatever scope."""
        return set(self._bindings())

    def _bindings(self) -> Iterator[str]:
        for node in self.nodes:
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                yield node.id
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield node.name
            elif isinstance(node, ast.arg):
                yield node.arg
            elif isinstance(node, ast.alias):
                yield node.asname or node.name.partition(".")[0]
            elif isinstance(node, ast.ExceptHandler) and node.name:
                yield node.name


def modules(active: frozenset[str]) -> list[ModuleType]:
    """Give the modules of the active repairs, in a fixed order."""
    return [_module(name) for name in REPAIRS if name in active]


@cache
def _module(name: str) -> ModuleType:
    return import_module(f".repairs.{name}", __package__)


def handlers_for(file: File, register: Register) -> Changes:
    """Collect how the active repairs change the trees of `file`."""
    collected: Changes = {}
    for module in modules(register.active):
        if hasattr(module, "handlers"):
            for kind, handler in module.handlers(file, register).items():
                collected.setdefault(kind, []).append(handler)
    return collected


_LEAVES = frozenset({"ctx", "op", "ops", "type_comment", "kind", "type_params"})
_CHILDLESS = frozenset({ast.Constant, ast.Name})
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = dict.fromkeys(_CHILDLESS, ())


def rewrite(node: Node, handlers: Changes) -> Node:
    """Change a tree in place, children first; gives the node that stands in its stead."""
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(field for field in kind._fields if field not in _LEAVES)
    for field in fields:
        value = getattr(node, field, None)
        if type(value) is list:
            for position, item in enumerate(value):
                if type(item) in _CHILDLESS and type(item) not in handlers:
                    continue
                if isinstance(item, ast.AST):
                    value[position] = rewrite(item, handlers)
        elif isinstance(value, ast.AST):
            setattr(node, field, rewrite(value, handlers))
    for handler in handlers.get(kind, ()):
        if type(node) is not kind:  # another repair has put something else in its place
            break
        node = handler(node)
    return node


def call(function: str, arguments: list[ast.expr], place: ast.AST) -> ast.Call:
    """Build a call of one of our builtins at the place of another node."""
    name = ast.copy_location(ast.Name(function, ast.Load()), place)
    return ast.copy_location(ast.Call(name, arguments, []), place)


def constant(value: object, place: ast.AST) -> ast.Constant:
    """Build a literal at the place of another node."""
    return ast.copy_location(ast.Constant(value), place)  # type: ignore[arg-type]
