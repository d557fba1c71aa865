"""An array of one element counts as a number again: in `float(a)`, `math.exp(a)`, `"%f" % a` and `out[i] = a`."""

from __future__ import annotations

import ast
import builtins
import math
import re
import sys
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

    def number(function: Any, *arguments: Any, **keywords: Any) -> Any:
        for argument in arguments:
            if _is_one(argument):
                if _takes_number(function):
                    register.note(_REPAIR, f"{function.__name__}(array)")
                    arguments = tuple(a.item() if _is_one(a) else a for a in arguments)
                break
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

    def refused(container: Any, value: Any) -> bool:
        error = sys.exc_info()[1]
        own = error is not None and error.__traceback__ is not None and error.__traceback__.tb_next is None
        if own and str(error) == _REFUSAL and type(container) is np.ndarray and _is_one(value):
            register.note(_REPAIR, "out[…] = array")
            return False
        return True

    builtins.__number__ = number  # type: ignore[attr-defined]
    builtins.__formatted__ = formatted  # type: ignore[attr-defined]
    builtins.__number_of__ = lambda array: array.reshape(())  # type: ignore[attr-defined]
    builtins.__refused__ = refused  # type: ignore[attr-defined]


def handlers(file: File, register: Register) -> Handlers:
    """Guard conversions, `%` formats and stores into single items."""
    names = {"float", "int", "complex"} | _math_names(file)

    def conversion(node: Node) -> Node:
        function = node.func
        if not node.args or (
            isinstance(function, ast.Attribute) and not isinstance(function.value, ast.Name)
        ):
            return node
        name = f"{function.value.id}." if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name not in names or isinstance(node.args[0], (ast.Constant, ast.Starred)):
            return node
        node.args = [function, *node.args]
        node.func = call("__number__", [], function).func
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


_REPEATABLE = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.BinOp, ast.UnaryOp, ast.Tuple, ast.operator,
    ast.unaryop, ast.expr_context,
)  # fmt: skip
_REPEATABLE_CALLS = frozenset({"__number__", "abs", "int", "len", "max", "min"})
_NEVER_ARRAYS = (
    ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.Lambda,
)  # fmt: skip


def _is_item(target: ast.AST) -> bool:
    """A subscript of one item that may be evaluated twice without anyone noticing."""
    return isinstance(target, ast.Subscript) and all(map(_is_repeatable, ast.walk(target)))


def _is_repeatable(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _REPEATABLE_CALLS and not node.keywords
    return isinstance(node, _REPEATABLE)


def _guard_assign(node: Node) -> Node:
    if len(node.targets) != 1 or isinstance(node.value, _NEVER_ARRAYS) or not _is_item(node.targets[0]):
        return node
    return _guarded(node, node.targets[0], _name(ast.Load(), node))


def _guard_augmented(node: Node) -> Node:
    if isinstance(node.value, _NEVER_ARRAYS) or not _is_item(node.target):
        return node
    item = ast.copy_location(ast.Subscript(node.target.value, node.target.slice, ast.Load()), node)
    joined = ast.copy_location(ast.BinOp(item, node.op, _name(ast.Load(), node)), node)
    return _guarded(node, node.target, joined)


def _guarded(node: Node, target: Node, again: ast.expr) -> ast.Try:
    """Wrap a store so that it is tried again with a number where numpy refuses the array.

        try:
            __stored__ = None
            out[i] = (__stored__ := value)
        except ValueError:
            if __refused__(out, __stored__):
                raise
            out[i] = __number_of__(again)

    Costs nothing while no error occurs, and the value is evaluated once, in its place.
    """

    def at(new: Any) -> Any:
        return ast.copy_location(new, node)

    node.value = at(ast.NamedExpr(_name(ast.Store(), node), node.value))
    clear = at(ast.Assign([_name(ast.Store(), node)], constant(None, node)))
    test = call("__refused__", [target.value, _name(ast.Load(), node)], node)
    check = at(ast.If(test, [at(ast.Raise(None, None))], []))
    store = at(ast.Assign([target], call("__number_of__", [again], node)))
    handler = at(ast.ExceptHandler(at(ast.Name("ValueError", ast.Load())), None, [check, store]))
    return at(ast.Try([clear, node], [handler], [], []))  # type: ignore[no-any-return]


def _name(context: ast.expr_context, place: ast.AST) -> ast.Name:
    return ast.copy_location(ast.Name("__stored__", context), place)
