"""Values as an author would write them into a task file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.author.parts import Case
from grader.model.given import Given

USUAL = (np.dtype(np.float64), np.dtype(np.int64), np.dtype(np.bool_))
"""Types of arrays that numpy finds by itself."""


def source_of_case(case: Case) -> str:
    """The line that yields `case`, for the generator of cases."""
    arguments = [source(argument) for argument in case.arguments]
    arguments += [f"aspect={case.aspect!r}"] * bool(case.aspect)
    return f"yield case({', '.join(arguments)})"


def source(value: Any) -> str:
    """Python source of plain data; arrays are written with `np`."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, Given):
        arguments = [f"{value.module}.{value.name}", *map(source, value.arguments)]
        return f"given({', '.join(arguments)})"
    if isinstance(value, np.generic):
        return repr(value.item()) if value.dtype in USUAL else f"np.{value.dtype}({value.item()!r})"
    if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
        return f'float("{value}")'
    if type(value) in (list, set):
        inner = ", ".join(map(source, value))
        return f"[{inner}]" if isinstance(value, list) else f"{{{inner}}}" if value else "set()"
    if isinstance(value, tuple):
        return f"({', '.join(map(source, value))}{',' * (len(value) == 1)})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in value.items()) + "}"
    return repr(value)


def _array(array: np.ndarray[Any, np.dtype[Any]]) -> str:
    if not array.size:
        return f"np.zeros({array.shape}, np.{array.dtype})"
    entries = _rows(array.tolist())
    rebuilt = np.array(array.tolist())
    dtype = "" if rebuilt.dtype == array.dtype else f", np.{array.dtype}"
    return f"np.array({entries}{dtype})"


def _rows(entries: Any) -> str:
    if isinstance(entries, list):
        return f"[{', '.join(map(_rows, entries))}]"
    if isinstance(entries, float) and entries.is_integer() and abs(entries) < 1e15:
        return f"{int(entries)}.0"
    if isinstance(entries, float) and not np.isfinite(entries):
        return {"nan": "np.nan", "inf": "np.inf"}.get(str(entries), "-np.inf")
    return repr(entries)
