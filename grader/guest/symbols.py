"""Sympy objects as text, so that they can cross the wall of the box."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from .plain import Symbolic

_DEEPEST = 20


def textual(value: Any, depth: int = 0) -> Any:
    """Give `value` with each sympy object in it, also in lists, tuples, dicts and arrays, as `Symbolic` text."""
    kind = type(value)
    if _is_symbolic(kind):
        return Symbolic(sys.modules["sympy"].sstr(value))
    if depth > _DEEPEST:
        return value
    if kind is list or kind is tuple:
        return kind(textual(item, depth + 1) for item in value)
    if kind is dict:
        return {textual(key, depth + 1): textual(item, depth + 1) for key, item in value.items()}
    if kind is np.ndarray and value.dtype.kind == "O" and value.size <= 10_000:
        converted = np.empty(value.shape, dtype=object)
        for place, item in np.ndenumerate(value):
            converted[place] = textual(item, depth + 1)
        return converted
    return value


def _is_symbolic(kind: type) -> bool:
    # where nobody has imported it, nothing is made of it; and to import it would take longer than all else
    sympy = sys.modules.get("sympy")
    return sympy is not None and issubclass(kind, (sympy.Basic, sympy.MatrixBase))
