"""Functions and methods in matrix formulas: `np.dot(X.T, dZ)`, `dZ.sum(axis=0)`, `Sum(g[i], (i, 1, k))`."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from grader.algebra.matrices.bounds import over
from grader.algebra.matrices.nodes import Bounds, Matrix, Operation, parts_of
from grader.algebra.sizes import MAX_MATRIX_POWER
from grader.algebra.unreadable import Unreadable

if TYPE_CHECKING:
    from grader.algebra.matrices.reading import MatrixReader

MAX_REPEATED = 200
"""So many parts there may be in a power that is written out."""

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_FLAGS = ("0", "1", 0, 1)
"""True and False, as words and as numbers."""
_TWO: dict[str, Operation] = {"dot": "product", "multiply": "elements", "outer": "outer"}
_ONE: dict[str, Operation] = {
    "transpose": "transpose",
    "inverse": "inverse",
    "trace": "trace",
    "norm": "norm",
    "diag": "diag",
}


def attribute(reader: MatrixReader, node: Matrix, start: int) -> Matrix:
    """Read `.T`, `.shape[0]` or a method behind `node`."""
    _, name, column = reader.take()
    if name in ("T", "mT"):
        return reader.make("transpose", start, node)
    if name == "shape":
        if reader.token.kind != "open" or reader.token.value != "[":
            raise reader.unreadable("opening_bracket")
        reader.take()
        size = _axis(reader)
        reader.close("]")
        return reader.make("size", start, node, value=size)
    parts, axis = arguments(reader, empty=name != "dot")
    if name in ("t", "transpose") and {part.value for part in parts if isinstance(part, Matrix)} <= {0, 1}:
        return reader.make("transpose", start, node)
    return applied(reader, name, (node, *parts), axis, start, column)


def arguments(reader: MatrixReader, *, empty: bool) -> tuple[tuple[Matrix | Bounds, ...], int | None]:
    """Read arguments in brackets; `axis=0`, `keepdims=True` and bounds of a sum may be among them."""
    if reader.token.kind != "open":
        raise reader.unreadable("opening_bracket")
    closing = _CLOSING[reader.take().value]
    parts: list[Matrix | Bounds] = []
    axis: int | None = None
    while not (empty and not parts and reader.token.kind == "close"):
        if reader.token.kind == "keyword":
            name = reader.take().value
            reader.expect("=")
            if name == "axis":
                axis = _axis(reader)
            elif reader.token.value in _FLAGS:
                reader.take()
            else:
                raise reader.unreadable("expression_expected")
        else:
            parts.append(reader.sum())
        if reader.token.kind == "bounds" and reader.token.value[2] == "trailing":
            parts.append(reader.take().value[1])
            break
        if not reader.follows(","):
            break
        reader.take()
    reader.close(closing)
    return tuple(parts), axis


def _axis(reader: MatrixReader) -> int:
    negative = reader.follows("-")
    if negative:
        reader.take()
    kind, value, _ = reader.token
    if kind != "number" or value not in (0, 1, 2):
        raise reader.unreadable("axis_expected")
    reader.take()
    axis = -int(value) if negative else int(value)
    if not -2 <= axis <= 1:
        raise reader.unreadable("axis_expected")
    return axis % 2


def applied(
    reader: MatrixReader,
    name: str,
    parts: tuple[Matrix | Bounds, ...],
    axis: int | None,
    start: int,
    column: int,
) -> Matrix:
    """Apply a function to what stands in its brackets. Raises `Unreadable`."""
    if name in ("sum", "prod") and len(parts) == 2 and isinstance(parts[1], Bounds):
        body = parts[0]
        assert isinstance(body, Matrix)
        return over(reader, name, body, parts[1], start)
    matrices = tuple(part for part in parts if isinstance(part, Matrix))
    if len(matrices) != len(parts):
        raise Unreadable(column, "argument_count", name)
    if name in _TWO and len(matrices) == 2:
        return reader.make(_TWO[name], start, *matrices)
    if name == "maximum":
        return _relu(reader, matrices, start, column)
    if name in ("ones", "identity"):
        return _constant(reader, name, matrices, start, column)
    if name in ("sum", "mean") and len(matrices) == 2 and matrices[1].value in (Fraction(0), Fraction(1)):
        axis = int(matrices[1].value)
        matrices = matrices[:1]
    if len(matrices) != 1 or name in _TWO or name == "prod":
        raise Unreadable(column, "argument_count", name)
    if name in ("sum", "mean"):
        return reader.make("sum" if name == "sum" else "mean", start, *matrices, value=axis)
    if name == "len":
        return reader.make("size", start, *matrices, value=0)
    if name in _ONE:
        return reader.make(_ONE[name], start, *matrices)
    return reader.make("apply", start, *matrices, value=name)


def step(reader: MatrixReader, node: Matrix, column: int) -> Matrix:
    """Read the rest of `(Z > 0)`, the derivative of relu, if a sign of relation follows. Nothing else is compared."""
    if reader.token.kind != "relation":
        return node
    if reader.token.value not in (">", ">=", "≥"):
        raise reader.unreadable("operator_expected")
    reader.take()
    if (reader.token.kind, reader.token.value) != ("number", 0):
        raise reader.unreadable("zero_expected")
    reader.take()
    return reader.make("apply", column, node, value="relu'")


def _relu(reader: MatrixReader, parts: tuple[Matrix, ...], start: int, column: int) -> Matrix:
    """The greatest of 0 and a matrix."""
    others = [part for part in parts if (part.operation, part.value) != ("number", 0)]
    if len(parts) != 2 or len(others) != 1:
        raise Unreadable(column, "argument_count", "maximum")
    return reader.make("apply", start, *others, value="relu")


def _constant(reader: MatrixReader, name: str, sizes: tuple[Matrix, ...], start: int, column: int) -> Matrix:
    """Ones of one or two dimensions (a column, if one), or an identity."""
    named = [_size(size, reader.symbols.dimensions) for size in sizes]
    if "" in named or not 1 <= len(named) <= 2 - (name == "identity"):
        raise Unreadable(column, "argument_count", name)
    if name == "identity":
        return reader.make("identity", start, value=named[0])
    return reader.make("ones", start, value=(named[0], named[1] if len(named) == 2 else "1"))


def _size(node: Matrix, dimensions: tuple[str, ...]) -> str:
    if node.operation == "symbol" and node.value in dimensions:
        return str(node.value)
    return "1" if node.operation == "number" and node.value == 1 else ""


def raised_function(reader: MatrixReader, name: str, column: int) -> Matrix:
    """Read the power of a function before its argument: `tanh^2(Z)`."""
    if reader.follows("^"):
        reader.take()
    braces = reader.token.kind == "open"
    closing = _CLOSING[reader.take().value] if braces else ""
    if reader.token.kind not in ("number", "raised") or reader.token.value not in range(
        1, MAX_MATRIX_POWER + 1
    ):
        raise reader.unreadable("small_power_expected")
    times = int(reader.take().value)
    if braces:
        reader.close(closing)
    body = applied(reader, name, (reader.operand(),), None, column, column)
    refuse_repeated(reader, body, times)
    total = body
    for _ in range(times - 1):
        total = reader.make("elements", column, total, body)
    return total


def refuse_repeated(reader: MatrixReader, node: Matrix, times: int) -> None:
    """Refuse powers of powers of powers: every one of them is written out."""
    if times * sum(1 for _ in islice(parts_of(node), MAX_REPEATED)) > MAX_REPEATED:
        raise reader.unreadable("too_deep")
