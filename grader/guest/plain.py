"""Plain data as JSON and back: the only thing that crosses the wall of the box.

Runs on both sides and imports nothing of ours. Exact types only: a subclass may lie about itself.
None, bool and str stand for themselves; all else is a one-key object:

    {"i": "123"}                      int, in decimal
    {"f": "0x1.8p+1"}                 float, in hexadecimal ("nan", "inf", "-inf")
    {"c": ["0x…", "0x…"]}             complex
    {"l": […]}, {"t": […]}, {"s": […]}  list, tuple, set
    {"d": [[key, value], …]}          dict
    {"a": ["<f8", [2, 3], "base64"]}  numpy array, C order; a numpy scalar is {"n": […]} likewise
    {"y": "x**2 + 1"}                 a sympy object, as text
"""

from __future__ import annotations

import json
import math
from binascii import a2b_base64, b2a_base64
from typing import Any

import numpy as np

KINDS = "biufc"
DTYPES = frozenset({"|b1", "|i1", "|u1", *(f"<{kind}{size}" for kind in "iu" for size in (2, 4, 8))}) | {
    *("<f2", "<f4", "<f8", "<c8", "<c16")
}
"""All that arrays may consist of; longer numbers are rounded to these, which every machine has."""
MAX_DEPTH = 100
MAX_DIGITS = 4000
MAX_COLLISIONS = 100
"""Keys of equal hash in one set or dict: a table of thousands of them would take minutes to build."""


class Unsupported(Exception):  # noqa: N818 - named after what is wrong with a value
    """A value has no plain encoding; the message is the name of its type."""


class Malformed(Exception):  # noqa: N818 - named after what is wrong with bytes
    """Bytes are not the plain encoding of anything."""


class Symbolic(str):
    """Text of a sympy object."""

    __slots__ = ()


def encode(value: Any, depth: int = 0) -> Any:
    """Give the JSON-ready form of `value`. Raises `Unsupported`."""
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return _whole(value, Unsupported)
    if depth > MAX_DEPTH:
        raise Unsupported("nested too deep")
    if kind is int:
        if value.bit_length() > MAX_DIGITS * 3:
            raise Unsupported("int of too many digits")
        return {"i": str(value)}
    if kind is float:
        return {"f": value.hex()}
    if kind is complex:
        return {"c": [value.real.hex(), value.imag.hex()]}
    if kind in _SEQUENCES:
        return {_SEQUENCES[kind]: [encode(item, depth + 1) for item in value]}
    if kind is dict:
        return {"d": [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]}
    return _encode_array(value, kind)


_SEQUENCES: dict[type, str] = {list: "l", tuple: "t", set: "s", frozenset: "s"}


def _encode_array(value: Any, kind: type) -> Any:
    if kind is Symbolic:
        return {"y": _whole(str(value), Unsupported)}
    if kind is np.ndarray and value.dtype.kind in KINDS:
        tag = "a"
    elif issubclass(kind, np.generic) and kind.__module__ == "numpy" and value.dtype.kind in KINDS:
        tag = "n"
    elif kind is np.ndarray and value.dtype.kind == "O" and value.size <= 10_000:
        return {"l": [encode(item, 1) for item in value.tolist()]} if value.ndim else encode(value.item(), 1)
    else:
        raise Unsupported(f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins."))
    array = np.asarray(value)
    if array.dtype.str not in DTYPES:
        array = _usual(array)
    return {tag: [array.dtype.str, list(array.shape), b2a_base64(array.tobytes(), newline=False).decode()]}


def _usual(array: np.ndarray[Any, np.dtype[Any]]) -> np.ndarray[Any, np.dtype[Any]]:
    """The array in a type that every machine has."""
    dtype = array.dtype.newbyteorder("<")
    if dtype.str not in DTYPES:
        dtype = np.dtype("<c16" if dtype.kind == "c" else "<f8")
    with np.errstate(all="ignore"):
        return array.astype(dtype)


def _whole(text: str, refusal: type[Exception]) -> str:
    """Give `text` back, or raise `refusal` where it holds half of a character, which no file can."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise refusal("str with half a character") from None
    return text


def dumps(value: Any) -> bytes:
    """Give `value` as JSON bytes. Raises `Unsupported`."""
    try:
        return json.dumps(encode(value), ensure_ascii=True, separators=(",", ":")).encode()
    except RecursionError:
        raise Unsupported("nested too deep") from None


def loads(data: bytes, limit: int = 1 << 24) -> Any:
    """Read what `dumps` wrote. Raises `Malformed`, and nothing else, whatever the bytes are."""
    if len(data) > limit:
        raise Malformed("larger than allowed")
    try:
        return decode(json.loads(data))
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise Malformed(type(error).__name__) from None


def decode(data: Any, depth: int = 0) -> Any:
    """Give the value that the JSON-ready `data` stands for. Raises `Malformed`."""
    if data is None or type(data) is bool:
        return data
    if type(data) is str:
        return _whole(data, Malformed)
    if depth > MAX_DEPTH:
        raise Malformed("nested too deep")
    if type(data) is not dict or len(data) != 1:
        raise Malformed("not a tagged value")
    ((tag, body),) = data.items()
    reader = _READERS.get(tag)
    if reader is None:
        raise Malformed("unknown tag")
    return reader(body, depth + 1)


def _read_int(body: Any, depth: int) -> int:
    if type(body) is not str or len(body) > MAX_DIGITS or not body.isascii():
        raise Malformed("int")
    if not body.removeprefix("-").isdecimal():
        raise Malformed("int")
    value = int(body)
    if value.bit_length() > MAX_DIGITS * 3:
        raise Malformed("int of too many digits")
    return value


def _read_float(body: Any, depth: int) -> float:
    if type(body) is not str or len(body) > 40:
        raise Malformed("float")
    try:
        return float.fromhex(body)
    except (ValueError, OverflowError):
        raise Malformed("float") from None


def _read_complex(body: Any, depth: int) -> complex:
    if type(body) is not list or len(body) != 2:
        raise Malformed("complex")
    return complex(_read_float(body[0], depth), _read_float(body[1], depth))


def _read_items(body: Any, depth: int) -> list[Any]:
    if type(body) is not list:
        raise Malformed("sequence")
    return [decode(item, depth) for item in body]


def _read_set(body: Any, depth: int) -> set[Any]:
    return set(_distinct(_read_items(body, depth)))


def _read_dict(body: Any, depth: int) -> dict[Any, Any]:
    if type(body) is not list:
        raise Malformed("dict")
    for pair in body:
        if type(pair) is not list or len(pair) != 2:
            raise Malformed("dict")
    keys = _distinct([decode(key, depth) for key, _ in body])
    return dict(zip(keys, [decode(value, depth) for _, value in body], strict=True))


def _distinct(keys: list[Any]) -> list[Any]:
    """Give `keys` back if a hash table can be built of them. Raises `Malformed`."""
    keys = [_lasting(key) for key in keys]
    try:
        hashes = set(map(hash, keys))
    except TypeError:
        raise Malformed("key") from None
    if len(keys) - len(hashes) > MAX_COLLISIONS:
        raise Malformed("keys of equal hash")
    return keys


def _lasting(key: Any) -> Any:
    """A set inside a set or a key was a frozen one, or it could not have been there."""
    if type(key) is set:
        return frozenset(key)
    return tuple(_lasting(item) for item in key) if type(key) is tuple else key


def _read_array(body: Any, depth: int) -> np.ndarray[Any, np.dtype[Any]]:
    if type(body) is not list or len(body) != 3 or type(body[2]) is not str:
        raise Malformed("array")
    dtype = _read_dtype(body[0])
    shape = body[1]
    if type(shape) is not list or len(shape) > 32 or not all(type(n) is int and n >= 0 for n in shape):
        raise Malformed("shape")
    try:
        data = a2b_base64(body[2], strict_mode=True)
    except ValueError:
        raise Malformed("array") from None
    if math.prod(shape) * dtype.itemsize != len(data):
        raise Malformed("array")
    # numpy trusts a truth value to be 0 or 1, and computes nonsense with any other
    if dtype.kind == "b" and data.strip(b"\0\1"):
        raise Malformed("bool")
    try:
        return np.frombuffer(data, dtype).reshape(shape).copy()
    except (ValueError, OverflowError):
        raise Malformed("array") from None


def _read_dtype(name: Any) -> np.dtype[Any]:
    if type(name) is not str or name not in DTYPES:
        raise Malformed("dtype")
    return np.dtype(name)


def _read_scalar(body: Any, depth: int) -> Any:
    array = _read_array(body, depth)
    if array.shape:
        raise Malformed("scalar")
    return array[()]


def _read_symbolic(body: Any, depth: int) -> Symbolic:
    if type(body) is not str:
        raise Malformed("symbolic")
    return Symbolic(_whole(body, Malformed))


_READERS = {
    "i": _read_int,
    "f": _read_float,
    "c": _read_complex,
    "l": _read_items,
    "t": lambda body, depth: tuple(_read_items(body, depth)),
    "s": _read_set,
    "d": _read_dict,
    "a": _read_array,
    "n": _read_scalar,
    "y": _read_symbolic,
}
