"""A course's helper module that was not handed in becomes an empty stand-in: only what uses it fails."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

from ..repairing import File, Handlers, Node, Register
from ..stand_ins import Finder, absent_module, harmless_module, is_foreign
from .relative_imports import without_package

LIBRARIES = frozenset({
    "grader", "reference", "assignments", "guest", "numpy", "scipy", "sympy", "torch", "torchvision", "torchaudio",
    "tensorflow", "keras", "sklearn", "pandas", "jax", "mxnet", "theano", "xgboost", "lightgbm", "catboost",
    "statsmodels", "transformers",
})  # fmt: skip
"""Never stood in for: who needs one of these must hear that it is not there."""
_HARMLESS = ("google.colab", "nbimporter", "import_ipynb", "ipdb", "pudb", "line_profiler", "memory_profiler")
_COMPILERS = ("numba",)


def prepare(register: Register) -> None:
    """Answer, after everyone else, imports that a student's file makes in earnest."""

    def find(stem: str) -> ModuleType | None:
        module = register.sibling(stem) if "relative_imports" in register.active else None
        if module is not None:
            register.note("relative_imports", stem)
        return module

    def make(fullname: str) -> ModuleType | None:
        frame = register.importer()
        if frame is None or is_foreign(fullname):
            return None
        root = fullname.partition(".")[0]
        if (frame.f_code.co_filename, frame.f_lineno) in register.guarded:
            return None
        if root in LIBRARIES:
            register.remark_once("module_missing", name=root)
            return None
        shown = without_package(fullname)
        note = partial(register.note, "helper_modules", shown)
        if shown in frame.f_code.co_names:  # and not only on the way to a module inside it
            note()
        if root in _COMPILERS:
            return harmless_module(fullname, note, _compilers())
        if root == "google" or fullname.startswith(_HARMLESS):
            return harmless_module(fullname, note)
        return absent_module(shown, find)

    sys.meta_path.append(Finder(make))


def _compilers() -> dict[str, Any]:
    """Give decorators that would only have made the code faster."""

    def jit(*arguments: Any, **keywords: Any) -> Callable[..., Any]:
        if len(arguments) == 1 and not keywords and callable(arguments[0]):
            return arguments[0]  # type: ignore[no-any-return]
        return lambda function: function

    return {"jit": jit, "njit": jit, "autojit": jit, "prange": range}


_CATCHING = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


def _catches_imports(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(node, ast.Name) and node.id in _CATCHING for node in ast.walk(handler.type))


def handlers(file: File, register: Register) -> Handlers:
    """Remember the imports that the file itself expects to fail."""

    def guard(node: Node) -> Node:
        if any(map(_catches_imports, node.handlers)):
            last = node.body[-1].end_lineno or node.lineno
            register.guarded |= {(file.name, line) for line in range(node.lineno, last + 1)}
        return node

    return {ast.Try: guard}
