"""What may be changed in a syntax tree: the slips of somebody who knows the solution but not all of its details.

Operators, comparisons and bounds, constants and indices, axes, transposes, arguments in another order, keyword
arguments and statements left out. A text that is a formula itself, such as a row of a table of derivatives, is
changed like one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy, deepcopy

Path = tuple[tuple[str, int | None], ...]
"""The way to a node: names of fields, with the place where a field is a list."""

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult, ast.Div),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
"""Operators whose operands may be written in the wrong order."""
KIN = (
    ("sum", "mean"),
    ("min", "max"),
    ("minimum", "maximum"),
    ("argmin", "argmax"),
    ("any", "all"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("floor", "ceil"),
    ("sin", "cos"),
    ("sinh", "cosh"),
    ("var", "std"),
    ("dot", "multiply"),
)
ALIKE = {one: other for pair in KIN for one, other in (pair, pair[::-1])}
"""Functions that are taken for each other."""
FORGETTABLE = {
    *(
        "transpose",
        "flip",
        "fliplr",
        "flipud",
        "abs",
        "conj",
        "sqrt",
        "square",
        "exp",
        "log",
        "cumsum",
        "sorted",
    ),
    *("sort", "reversed", "rot90"),
}
"""Functions whose call may be forgotten: the argument stands in its place."""
SYMMETRIC = {"min", "max", "minimum", "maximum", "result_type", "gcd", "lcm", "hypot", "isclose", "allclose"}
"""Functions whose arguments may stand in any order."""
FIXED = {
    (ast.FunctionDef, "args"),
    (ast.FunctionDef, "returns"),
    (ast.FunctionDef, "decorator_list"),
    (ast.AnnAssign, "annotation"),
    (ast.Raise, "exc"),
    (ast.Raise, "cause"),
    (ast.Assert, "msg"),
}
"""Fields in which no answer is computed."""
UNCHANGED = (ast.JoinedStr, ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)
FIXED_KEYWORDS = {"dtype", "strict", "copy", "order", "out", "subok", "casting"}
"""Keyword arguments that say how something is stored or checked, not what it is."""


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Every change of one node, as a node that may stand in its place."""
    match node:
        case ast.BinOp():
            yield from _operation(node)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield node.operand
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield ast.BoolOp(other, node.values)
        case ast.Compare(ops=[operator]):
            for changed in COMPARISONS.get(type(operator), ()):
                yield ast.Compare(node.left, [changed()], node.comparators)
        case ast.Constant():
            yield from _constant(node)
        case ast.Slice():
            yield from _slice(node)
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Call():
            yield from _call(node)
        case ast.IfExp():
            yield ast.IfExp(_negated(node.test), node.body, node.orelse)
        case _:
            yield from _statement(node)


def touched(node: ast.AST, changed: ast.AST) -> Path:
    """The way from `node` to what of it `changed` leaves out, where that is the argument of a keyword."""
    if not isinstance(node, ast.Call) or not isinstance(changed, ast.Call):
        return ()
    gone = [number for number, keyword in enumerate(node.keywords) if keyword not in changed.keywords]
    return (("keywords", gone[0]), ("value", None)) if gone else ()


def _operation(node: ast.BinOp) -> Iterator[ast.AST]:
    for operator in OPERATORS.get(type(node.op), ()):
        yield ast.BinOp(node.left, operator(), node.right)
    if isinstance(node.op, ORDERED) and ast.dump(node.left) != ast.dump(node.right):
        yield ast.BinOp(node.right, node.op, node.left)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, float):
        yield from (ast.Constant(2 * value or 1.0), ast.Constant(-value)) if value else (ast.Constant(1.0),)
    elif isinstance(value, str):
        yield from (ast.Constant(text) for text in formulas_like(value))


def formulas_like(text: str) -> Iterator[str]:
    """Changes of a text that is a formula in Python's notation: `dU / cos(U) ** 2`."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return
    if not any(isinstance(node, (ast.BinOp, ast.UnaryOp)) for node in ast.walk(tree)):
        return
    for path, node in places(tree):
        for changed in changes(node):
            if not _same_in_print(node, changed):
                yield ast.unparse(replaced(tree, path, changed))


def _same_in_print(one: ast.AST, other: ast.AST) -> bool:
    """Whether a formula means the same: a typed `*` is the product of matrices, too."""
    return (
        isinstance(one, ast.BinOp)
        and isinstance(other, ast.BinOp)
        and isinstance(one.op, ast.MatMult)
        and (isinstance(other.op, ast.Mult))
    )


def places(tree: ast.AST, path: Path = ()) -> Iterator[tuple[Path, ast.AST]]:
    """Every node below `tree` that may be changed, with the way to it."""
    for name, value in ast.iter_fields(tree):
        if (type(tree), name) in FIXED:
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not isinstance(node, UNCHANGED) and not _kept(node):
                yield (*path, (name, index)), node
                yield from places(node, (*path, (name, index)))


def replaced(tree: ast.AST, path: Path, new: ast.AST) -> ast.AST:
    """A tree with `new` at the end of `path`; what is not on the way is shared with `tree`."""
    if not path:
        return new
    (name, index), rest = path[0], path[1:]
    result, value = copy(tree), getattr(tree, name)
    if index is None:
        setattr(result, name, replaced(value, rest, new))
    else:
        setattr(result, name, [*value[:index], replaced(value[index], rest, new), *value[index + 1 :]])
    return result


def _kept(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg in FIXED_KEYWORDS


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)
    if node.step is not None:
        yield ast.Slice(node.lower, node.upper, None)


def _call(node: ast.Call) -> Iterator[ast.AST]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in ALIKE:
        func = deepcopy(node.func)
        setattr(func, "attr" if isinstance(func, ast.Attribute) else "id", ALIKE[name])
        yield ast.Call(func, node.args, node.keywords)
    if name in FORGETTABLE and node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    for number, (one, other) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if name not in SYMMETRIC and ast.dump(one) != ast.dump(other) and not isinstance(one, ast.Starred):
            yield ast.Call(
                node.func, [*node.args[:number], other, one, *node.args[number + 2 :]], node.keywords
            )
    for number, keyword in enumerate(node.keywords):
        if keyword.arg not in FIXED_KEYWORDS:
            yield ast.Call(node.func, node.args, node.keywords[:number] + node.keywords[number + 1 :])


def _statement(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.AugAssign(target=ast.Name() | ast.Attribute() | ast.Subscript()):
            yield ast.Assign([node.target], node.value, lineno=node.lineno)
            for operator in OPERATORS.get(type(node.op), ()):
                yield ast.AugAssign(node.target, operator(), node.value)
            yield ast.Pass()
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.Assign(targets=[ast.Subscript()]):
            yield ast.Pass()
        case ast.If():
            yield ast.If(_negated(node.test), node.body, node.orelse)
        case ast.Break() | ast.Continue():
            yield ast.Pass()


def _negated(test: ast.expr) -> ast.expr:
    return (
        test.operand
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        else ast.UnaryOp(ast.Not(), test)
    )
