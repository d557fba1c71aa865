"""Functions and tables that are others for a while, wherever they have been imported."""

from __future__ import annotations

import ast
import signal
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType, FrameType, FunctionType
from typing import Any


class TooLongError(BaseException):
    """A mutant does not come to an end. No Exception, so that nothing catches it by accident."""


@contextmanager
def swapped_function(function: FunctionType, source: str, caches: Iterable[Any]) -> Iterator[None]:
    """`function` runs the code of the definition `source`; every cache is emptied before and after."""
    name = function.__name__
    namespace: dict[str, Any] = dict(function.__globals__)
    _define(source, function.__code__.co_filename, namespace)
    code = namespace[name].__code__
    original = function.__code__
    if code.co_freevars != original.co_freevars:  # a method that calls super()
        raise ValueError(f"{name} is bound to what stands around it")
    _empty(caches)
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = original
        _empty(caches)


@contextmanager
def swapped_constant(
    names: dict[str, Any], name: str, source: str, modules: Iterable[dict[str, Any]], caches: Iterable[Any]
) -> Iterator[None]:
    """The constant `name` among `names` has the value that the assignment `source` gives it, in all `modules`."""
    namespace: dict[str, Any] = dict(names)
    _define(source, str(names.get("__file__")), namespace)
    original = names[name]
    holders = [
        (module, key) for module in modules for key, value in list(module.items()) if value is original
    ]
    _empty(caches)
    for holder, key in holders:
        holder[key] = namespace[name]
    try:
        yield
    finally:
        for holder, key in holders:
            holder[key] = original
        _empty(caches)


def _define(source: str, file: str, namespace: dict[str, Any]) -> None:
    exec(_compiled(source, file), namespace)


@lru_cache(maxsize=64)  # one mutant is tried on many inputs
def _compiled(source: str, file: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a mutant may be written badly
        return compile(source, file, "exec")


def _empty(caches: Iterable[Any]) -> None:
    for cache in caches:
        cache.cache_clear()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooLongError` after so much CPU time; without effect outside the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def definitions(tree: ast.Module) -> dict[int, ast.FunctionDef]:
    """First line (that of the first decorator) → function, at the top of a module or in one of its classes."""
    found: dict[int, ast.FunctionDef] = {}
    for node in tree.body:
        for inner in [node, *(node.body if isinstance(node, ast.ClassDef) else [])]:
            if isinstance(inner, ast.FunctionDef):
                first = min([inner.lineno, *(decorator.lineno for decorator in inner.decorator_list)])
                found[first] = inner
    return found


def constants(tree: ast.Module) -> dict[str, ast.Assign]:
    """Name → assignment, of tables that are written down and not computed."""
    found: dict[str, ast.Assign] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        computed = any(isinstance(inner, (ast.Call, ast.Lambda)) for inner in ast.walk(node.value))
        if len(node.targets) == 1 and not computed:
            found[node.targets[0].id] = node
    return found
