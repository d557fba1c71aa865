"""An array of one element counts as a number again: in `float(a)`, `math.exp(a)`, `"%f" % a` and `out[i] = a`."""

from __future__ import annotations

import ast
import builtins
import math
import re
import sys
from collections.abc import Callable
from types import BuiltinFunctionType
from typing import Any

import numpy as np

from ..repairing import File, Handlers, Node, Register, call, constant

_REPAIR = "one_element_float"
_TAKERS: frozenset[Any] = frozenset(
    {float, int, complex, *(taker for taker in vars(math).values() if type(taker) is BuiltinFunctionType)}
)
_MATH = re.compile(r"\bmath\b")
_REFUSAL = "setting an array element with a sequence."


def _is_one(value: Any) -> bool:
    kind = type(value)
    return (kind is np.ndarray or kind is np.matrix) and value.ndim > 0 and value.size == 1


def _takes_number(function: Any) -> bool:
    kind = type(function)  # exact types only: no student's __hash__ runs
    return (kind is type or kind is BuiltinFunctionType) and function in _TAKERS


def prepare(register: Register) -> None:
    """Install the guarded conversions."""

    def number(function: Any, argument: Any) -> Any:
        kind = type(argument)
        if (kind is np.ndarray or kind is np.matrix) and _is_one(argument) and _takes_number(function):
            register.note(_REPAIR, f"{function.__name__}(array)")
            return function(argument.item())
        return function(argument)

    def numbers(function: Any, *arguments: Any, **keywords: Any) -> Any:
        if any(map(_is_one, arguments)) and _takes_number(function):
            register.note(_REPAIR, f"{function.__name__}(array)")
            arguments = tuple(argument.item() if _is_one(argument) else argument for argument in arguments)
        return function(*arguments, **keywords)

    def formatted(template: str, values: Any) -> str:
        try:
            return str(template % values)
        except TypeError:
            if _is_one(values):
                values = values.item()
            elif type(values) is tuple and any(map(_is_one, values)):
                values = tuple(value.item() if _is_one(value) else value for value in values)
            else:
                raise
        shown = str(template % values)
        register.note(_REPAIR, '"%" array')
        return shown

    builtins.__number__ = number  # type: ignore[attr-defined]
    builtins.__numbers__ = numbers  # type: ignore[attr-defined]
    builtins.__formatted__ = formatted  # type: ignore[attr-defined]
    builtins.__number_of__ = lambda array: array.reshape(())  # type: ignore[attr-defined]
    builtins.__refused__ = _refusal(register)  # type: ignore[attr-defined]


def _refusal(register: Register) -> Callable[[Any, Any], bool]:
    """Give what tells, while a ValueError is on its way, whether the store truly has to fail."""

    def refused(container: Any, value: Any) -> bool:
        error = sys.exc_info()[1]
        own = error is not None and error.__traceback__ is not None and error.__traceback__.tb_next is None
        if own and str(error) == _REFUSAL and type(container) is np.ndarray and _is_one(value):
            register.note(_REPAIR, "out[…] = array")
            return False
        return True

    return refused


def handlers(file: File, register: Register) -> Handlers:
    """Guard conversions, `%` formats and stores into single items."""
    names = {"float", "int", "complex"} | _math_names(file)

    def conversion(node: Node) -> Node:
        function = node.func
        name = _spelling(function)
        if not node.args or name not in names or isinstance(node.args[0], (ast.Constant, ast.Starred)):
            return node
        node.args = [function, *node.args]
        hook = "__number__" if len(node.args) == 2 and not node.keywords else "__numbers__"
        node.func = call(hook, [], function).func
        return node

    def percent(node: Node) -> Node:
        if isinstance(node.op, ast.Mod) and isinstance(getattr(node.left, "value", None), str):
            return call("__formatted__", [node.left, node.right], node)
        return node

    return {
        ast.Call: conversion,
        ast.BinOp: percent,
        ast.Assign: _guard_assign,
        ast.AugAssign: _guard_augmented,
    }


def _spelling(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{function.value.id}."
    return ""


def _math_names(file: File) -> set[str]:
    """Names of functions imported from `math`, and `math.` itself under whatever name it goes."""
    if not _MATH.search(file.text):
        return set()
    names = {"math."}
    for node in file.nodes:
        if isinstance(node, ast.ImportFrom) and node.module == "math":
            for alias in node.names:
                names |= set(vars(math)) if alias.name == "*" else {alias.asname or alias.name}
        elif isinstance(node, ast.Import):
            names |= {f"{alias.asname}." for alias in node.names if alias.name == "math" and alias.asname}
    return names


_NEVER_ARRAYS = (
    ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.Lambda,
)  # fmt: skip


def _is_item(target: Node) -> bool:
    """A subscript that may name a single item, which one with a slice never does."""
    if not isinstance(target, ast.Subscript):
        return False
    indices = target.slice.elts if isinstance(target.slice, ast.Tuple) else [target.slice]
    return not any(isinstance(index, (ast.Slice, ast.Starred)) for index in indices)


def _guard_assign(node: Node) -> Node:
    if len(node.targets) != 1 or isinstance(node.value, _NEVER_ARRAYS) or not _is_item(node.targets[0]):
        return node
    return _guarded(node, node.targets[0], _load("__stored__", node))


def _guard_augmented(node: Node) -> Node:
    if isinstance(node.value, _NEVER_ARRAYS) or not _is_item(node.target):
        return node
    joined = ast.BinOp(_item(ast.Load(), node), node.op, _load("__stored__", node))
    return _guarded(node, node.target, ast.copy_location(joined, node))


def _guarded(node: Node, target: Node, again: ast.expr) -> ast.Try:
    """Wrap a store so that it is tried again with a number where numpy refuses the array.

        try:
            __into__ = __at__ = __stored__ = None
            (__into__ := out)[(__at__ := i)] = (__stored__ := value)
        except ValueError:
            if __refused__(__into__, __stored__):
                raise
            __into__[__at__] = __number_of__(again)

    Nothing is evaluated twice or in another order, and it costs next to nothing while no error occurs.
    """

    def at(new: Any) -> Any:
        return ast.copy_location(new, node)

    names = ("__into__", "__at__", "__stored__")
    clear = at(ast.Assign([_store(name, node) for name in names], constant(None, node)))
    target.value = at(ast.NamedExpr(_store("__into__", node), target.value))
    target.slice = at(ast.NamedExpr(_store("__at__", node), target.slice))
    node.value = at(ast.NamedExpr(_store("__stored__", node), node.value))
    test = call("__refused__", [_load("__into__", node), _load("__stored__", node)], node)
    check = at(ast.If(test, [at(ast.Raise(None, None))], []))
    repeat = at(ast.Assign([_item(ast.Store(), node)], call("__number_of__", [again], node)))
    handler = at(ast.ExceptHandler(_load("ValueError", node), None, [check, repeat]))
    return at(ast.Try([clear, node], [handler], [], []))  # type: ignore[no-any-return]


def _load(name: str, place: ast.AST) -> ast.Name:
    return ast.copy_location(ast.Name(name, ast.Load()), place)


def _store(name: str, place: ast.AST) -> ast.Name:
    return ast.copy_location(ast.Name(name, ast.Store()), place)


def _item(context: ast.expr_context, place: ast.AST) -> ast.Subscript:
    item = ast.Subscript(_load("__into__", place), _load("__at__", place), context)
    return ast.copy_location(item, place)
