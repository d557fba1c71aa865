"""Python 2 leftovers: its syntax is translated, its names are provided, its integers divide to integers."""

from __future__ import annotations

import ast
import builtins
import functools
import itertools
import operator
import pickle
import queue
import re
import sys
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np
from fissix.pgen2 import driver, pgen
from fissix.pgen2.parse import ParseError
from fissix.pgen2.tokenize import TokenError

from .. import providing
from ..repairing import File, Handlers, Node, Register, call
from ..stand_ins import Finder, harmless_module

# it would keep its tables in the home, which cannot be written to; made once, before any fork, they last
driver.load_packaged_grammar = lambda package, source: pgen.generate_grammar(source)
_REPAIR = "python2"
_HOOK = "__python2__"


def _cmp(a: Any, b: Any) -> int:
    return int(a > b) - int(a < b)


def _items(mapping: Any, **keywords: Any) -> Any:
    return iter(mapping.items())


def _keys(mapping: Any, **keywords: Any) -> Any:
    return iter(mapping.keys())


def _values(mapping: Any, **keywords: Any) -> Any:
    return iter(mapping.values())


_VALUES: dict[str, Any] = {
    "xrange": range, "unicode": str, "basestring": str, "long": int, "reduce": functools.reduce, "unichr": chr,
    "cmp": _cmp, "raw_input": lambda *prompt: input(*prompt), "izip": zip, "imap": map, "ifilter": filter,
}  # fmt: skip
_NAMES = providing.Names(_VALUES)


def _old_div(a: Any, b: Any) -> Any:
    return a // b if _is_integral(a) and _is_integral(b) else a / b


_ITERATING = {"iteritems": _items, "iterkeys": _keys, "itervalues": _values}
_BUILTINS = {**_VALUES, "range": range, "map": map, "filter": filter, "zip": zip, "input": input, "str": str}
_SIX = {
    **_ITERATING, "PY2": False, "PY3": True, "string_types": (str,), "integer_types": (int,), "text_type": str,
    "binary_type": bytes,
}  # fmt: skip
_MODULES: dict[str, dict[str, Any]] = {
    "six": _SIX,
    "six.moves": {**_BUILTINS, "cPickle": pickle, "zip_longest": itertools.zip_longest},
    "past": {},
    "past.builtins": _BUILTINS,
    "past.utils": {"old_div": _old_div},
    "future": {},
    "future.utils": {**_ITERATING, "viewitems": lambda mapping: mapping.items()},
    "future.builtins": {**_BUILTINS, "int": int, "open": open, "super": super, "object": object},
}
_COPIES = {"cPickle": pickle, "six.moves.cPickle": pickle, "Queue": queue, "__builtin__": builtins}


def prepare(register: Register) -> None:
    """Provide names and modules of Python 2, and its division."""
    providing.provide(_HOOK, _REPAIR, _VALUES.__getitem__, register)

    def make(fullname: str) -> ModuleType | None:
        contents = _MODULES.get(fullname)
        if fullname in _COPIES:
            contents = {k: v for k, v in vars(_COPIES[fullname]).items() if not k.startswith("__")}
        if contents is None and fullname.partition(".")[0] not in ("six", "past", "future"):
            return None
        frame = register.importer()
        if frame is None:
            return None
        note = partial(register.note, _REPAIR, fullname)
        if fullname in frame.f_code.co_names:  # and not only on the way to a module inside it
            note()
        return harmless_module(fullname, note, contents)

    def quotient(a: Any, b: Any) -> Any:
        return _divide(operator.truediv, a, b)

    def quotient_in_place(a: Any, b: Any) -> Any:
        return _divide(operator.itruediv, a, b)

    def _divide(true: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
        if _is_integral(a) and _is_integral(b):
            register.note(_REPAIR, "integer division")
            return a // b
        return true(a, b)

    sys.meta_path.append(Finder(make))
    builtins.__quotient__ = quotient  # type: ignore[attr-defined]
    builtins.__quotient_in_place__ = quotient_in_place  # type: ignore[attr-defined]


def _is_integral(value: Any) -> bool:
    kind = type(value)
    if kind is int or kind is bool:
        return True
    return (kind is np.ndarray or issubclass(kind, np.integer)) and value.dtype.kind in "iu"


def handlers(file: File, register: Register) -> Handlers:
    """Ask for names of Python 2; in a translated file, let `/` divide as it did there."""
    changed = providing.handlers(_HOOK, _NAMES, file)
    if file.python2 and not re.search(r"from\s+__future__\s+import[^\n#]*\bdivision\b", file.text):
        changed |= {ast.BinOp: _quotient, ast.AugAssign: _quotient_in_place}
    return changed


def _quotient(node: Node) -> Node:
    if isinstance(node.op, ast.Div):
        return call("__quotient__", [node.left, node.right], node)
    return node


def _quotient_in_place(node: Node) -> Node:
    if isinstance(node.op, ast.Div) and isinstance(node.target, ast.Name):
        old = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
        value = call("__quotient_in_place__", [old, node.value], node)
        return ast.copy_location(ast.Assign([node.target], value), node)
    return node


_MARKS = re.compile(
    r"`|<>|\b(?:print\b[ \t]*[^(\s=.,)]|print[ \t]*$|except\b[^:\n]*,|raise\b[^\n]*,|0[0-9]+\b|[0-9]+[lL]\b"
    r"|exec\b[ \t]+[\"'\w]|ur[\"']|def\b[^\n]*\([^\n)]*\(|lambda[ \t]*\()",
    re.MULTILINE,
)
_FIXERS = (
    "dict", "except", "exec", "filter", "funcattrs", "has_key", "itertools", "itertools_imports", "long", "map",
    "methodattrs", "ne", "next", "nonzero", "numliterals", "operator", "paren", "print", "raise", "raw_input",
    "reduce", "repr", "standarderror", "throw", "tuple_params", "types", "unicode", "basestring", "xrange", "zip",
)  # fmt: skip
_PYTHON3 = re.compile(
    r"\bf[\"'][^\"'\n]*\{|\bnonlocal\b|\byield[ \t]+from\b|\basync[ \t]+def\b|\)[ \t]*->"
    r"|\bprint\([^\n]*\b(?:end|sep)=|^[ \t]*def[^\n]*\w: ?\w",
    re.MULTILINE,
)
_MATRIX_PRODUCT = re.compile(r"[\w)\]] @ [\w(]")
_NO_CODE = re.compile(r"#[^\n]*|([\"'])(?:\\.|(?!\1)[^\\\n])*\1")


def looks_like_python3(text: str) -> bool:
    """Tell whether a text contains what Python 2 cannot read."""
    if _PYTHON3.search(text):
        return True
    # formulas are answered in strings: "x.T @ dz" says nothing about the language around it
    return bool(_MATRIX_PRODUCT.search(text) and _MATRIX_PRODUCT.search(_NO_CODE.sub("", text)))


def translated(text: str) -> str | None:
    """Give the text in Python 3, or None if it is not Python 2."""
    if not _MARKS.search(text):
        return None
    try:
        return str(_tool().refactor_string(text.rstrip() + "\n", "submission"))
    except (ParseError, TokenError, ValueError, IndentationError, RecursionError, AttributeError):
        return None


@functools.cache
def _tool() -> Any:
    from fissix.refactor import RefactoringTool  # noqa: PLC0415 - reads its tables, the way to which is laid above

    return RefactoringTool([f"fissix.fixes.fix_{name}" for name in _FIXERS])
