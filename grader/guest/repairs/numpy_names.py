"""Names, methods and keywords that numpy has removed are restored."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable
from types import BuiltinFunctionType
from typing import Any

import numpy as np

from ..repairing import File, Handlers, Node, Register, call, constant

_REPAIR = "numpy_names"


def _asscalar(a: Any) -> Any:
    return a.item()


def _asfarray(a: Any, dtype: Any = np.float64) -> Any:
    if dtype is None or not np.issubdtype(np.dtype(dtype), np.inexact):
        dtype = np.float64
    return np.asarray(a, dtype=dtype)


def _msort(a: Any) -> Any:
    return np.sort(a, axis=0)


def _find_common_type(array_types: Any, scalar_types: Any) -> Any:
    return np.result_type(*array_types, *scalar_types)


def _in1d(ar1: Any, ar2: Any, assume_unique: bool = False, invert: bool = False) -> Any:
    return np.isin(np.ravel(ar1), np.ravel(ar2), assume_unique=assume_unique, invert=invert)


_NAMES: dict[str, Any] = {
    "int": int, "float": float, "complex": complex, "object": object, "str": str, "bool": bool, "long": int,
    "unicode": str, "float_": np.float64, "complex_": np.complex128, "cfloat": np.complex128,
    "singlecomplex": np.complex64, "longfloat": np.longdouble, "unicode_": np.str_, "string_": np.bytes_,
    "bool8": np.bool_, "int0": np.intp, "uint0": np.uintp, "object0": np.object_, "str0": np.str_,
    "Inf": np.inf, "Infinity": np.inf, "infty": np.inf, "PINF": np.inf, "NINF": -np.inf, "PZERO": 0.0,
    "NZERO": -0.0, "NaN": np.nan, "NAN": np.nan,
    "product": np.prod, "cumproduct": np.cumprod, "sometrue": np.any, "alltrue": np.all,
    "round_": np.round, "row_stack": np.vstack, "mat": np.asmatrix, "asfarray": _asfarray, "in1d": _in1d,
    "trapz": np.trapezoid, "msort": _msort, "asscalar": _asscalar, "find_common_type": _find_common_type,
    "rank": np.ndim, "alen": len,
    "AxisError": np.exceptions.AxisError, "ComplexWarning": np.exceptions.ComplexWarning,
    "VisibleDeprecationWarning": np.exceptions.VisibleDeprecationWarning,
}  # fmt: skip


def _itemset(array: Any, *arguments: Any) -> None:
    *place, value = arguments
    if not place:
        array[(0,) * array.ndim] = value
    elif len(place) == 1 and not isinstance(place[0], tuple):
        array.flat[place[0]] = value
    else:
        array[place[0] if len(place) == 1 else tuple(place)] = value


def _newbyteorder(array: Any, new_order: str = "S") -> Any:
    return array.view(array.dtype.newbyteorder(new_order))


def _tostring(array: Any, order: Any = "C") -> bytes:
    return bytes(array.tobytes(order))


_METHODS: dict[str, Callable[..., Any]] = {
    "itemset": _itemset,
    "newbyteorder": _newbyteorder,
    "ptp": np.ptp,
    "tostring": _tostring,
}


def prepare(register: Register) -> None:
    """Let numpy answer to the old names when a student's file asks, and install the guarded calls."""
    original = np.__getattr__

    def restored(name: str) -> Any:
        if name in _NAMES and register.is_student(sys._getframe(1)):
            register.note(_REPAIR, f"numpy.{name}")
            return _NAMES[name]
        return original(name)

    def method(array: Any, name: str, *arguments: Any, **keywords: Any) -> Any:
        if issubclass(type(array), (np.ndarray, np.generic)) and not hasattr(np.ndarray, name):
            register.note(_REPAIR, f"ndarray.{name}")
            return _METHODS[name](array, *arguments, **keywords)
        return getattr(array, name)(*arguments, **keywords)

    def reshape(function: Any, *arguments: Any, newshape: Any, **keywords: Any) -> Any:
        if function is np.reshape:
            register.note(_REPAIR, "reshape(newshape=…)")
            return np.reshape(*arguments, newshape, **keywords)
        if type(function) is BuiltinFunctionType and type(function.__self__) is np.ndarray:
            register.note(_REPAIR, "reshape(newshape=…)")
            return function(newshape, *arguments, **keywords)
        return function(*arguments, newshape=newshape, **keywords)

    np.__dict__["__getattr__"] = restored
    builtins.__numpy_method__ = method  # type: ignore[attr-defined]
    builtins.__numpy_reshape__ = reshape  # type: ignore[attr-defined]


def handlers(file: File, register: Register) -> Handlers:
    """Guard calls of methods that arrays have lost, and of `reshape` with its old keyword."""

    def changed(node: Node) -> Node:
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in _METHODS:
            node.args = [function.value, constant(function.attr, function), *node.args]
            node.func = call("__numpy_method__", [], function).func
        elif any(keyword.arg == "newshape" for keyword in node.keywords):
            node.args = [function, *node.args]
            node.func = call("__numpy_reshape__", [], function).func
        return node

    return {ast.Call: changed} if _is_suspicious(file.text) else {}


def _is_suspicious(text: str) -> bool:
    return "newshape" in text or any(method in text for method in _METHODS)
