"""Sympy objects as text, so that they can cross the wall of the box."""

from __future__ import annotations

from typing import Any

import numpy as np
from sympy import Basic, MatrixBase, sstr

from .plain import Symbolic

_DEEPEST = 20


def textual(value: Any, depth: int = 0) -> Any:
    """Give `value` with each sympy object in it, also in lists, tuples, dicts and arrays, as `Symbolic` text."""
    kind = type(value)
    if issubclass(kind, (Basic, MatrixBase)):
        return Symbolic(sstr(value))
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
