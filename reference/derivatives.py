"""Derivatives of composite functions by the table of elementary functions.

Source: document 004 (colloquium), problem 2 and the table of 18 functions at its end: the right column
("hard" functions of an inner function U), with the rules for sum, product, quotient and power beside it.

The document's table has misprints; what stands here is right where it is not:

* (tg U)′ = U′/cos² U, the table has a minus sign (in both columns);
* (cos U)′ = −sin U · U′, the table has −sin x;
* (a^U)′ = a^U · ln a · U′, the table has U^x · ln U · U′.
"""

from __future__ import annotations

import ast

TABLE = {
    "sqrt": "dU / (2 * sqrt(U))",
    "sin": "cos(U) * dU",
    "cos": "-sin(U) * dU",
    "tan": "dU / cos(U) ** 2",
    "cot": "-dU / sin(U) ** 2",
    "exp": "exp(U) * dU",
    "log": "dU / U",
    "acos": "-dU / sqrt(1 - U ** 2)",
    "asin": "dU / sqrt(1 - U ** 2)",
    "atan": "dU / (1 + U ** 2)",
    "sinh": "cosh(U) * dU",
    "cosh": "sinh(U) * dU",
    "tanh": "dU / cosh(U) ** 2",
    "coth": "-dU / sinh(U) ** 2",
}
"""Function → its derivative, where U is the argument and dU the derivative of the argument.

The other rows of the document's table are log_a U, written `log(U, a)`, and U^α, 1/U and a^U, which are
powers and quotients here.
"""

LOGARITHM = "dU / (U * log(a))"

SUM = {ast.Add: "dU + dV", ast.Sub: "dU - dV"}
PRODUCT = "dU * V + U * dV"
QUOTIENT = "(dU * V - U * dV) / V ** 2"
POWER_OF_FUNCTION = "V * U ** (V - 1) * dU"
POWER_OF_CONSTANT = "U ** V * log(U) * dV"
POWER_OF_BOTH = "U ** V * (dV * log(U) + V * dU / U)"


def derivative(expression: str, variable: str) -> str:
    """Give the derivative of `expression` by `variable`; every other name is a constant.

    Both texts are Python expressions with + - * / **, numbers, names, and the functions of `TABLE`.
    Raises `ValueError` where `expression` holds anything else, `SyntaxError` where it is no expression.

    >>> derivative("sin(x * y)", "y")
    'cos(x * y) * x'
    >>> derivative("x ** y", "y")
    'x ** y * log(x)'
    """
    return ast.unparse(_derivative(ast.parse(expression.strip(), mode="eval").body, variable))


def _derivative(node: ast.expr, variable: str) -> ast.expr:
    if not _depends(node, variable):
        return _number(0)
    match node:
        case ast.Name():
            return _number(1)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return _filled("-dU", dU=_derivative(inner, variable))
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _derivative(inner, variable)
        case ast.BinOp(left=left, op=operator, right=right):
            return _of_operation(left, operator, right, variable)
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in TABLE:
            return _filled(TABLE[name], U=inner, dU=_derivative(inner, variable))
        case ast.Call(func=ast.Name(id="log"), args=[inner, base], keywords=[]) if not _depends(
            base, variable
        ):
            return _filled(LOGARITHM, U=inner, a=base, dU=_derivative(inner, variable))
    raise ValueError(f"no rule for {ast.unparse(node)!r}")


def _of_operation(left: ast.expr, operator: ast.operator, right: ast.expr, variable: str) -> ast.expr:
    """The rule that fits, with constant terms, factors, denominators, exponents and bases left out of it."""
    varies = (_depends(left, variable), _depends(right, variable))
    match operator, varies:
        case ((ast.Add() | ast.Sub()), (True, True)):
            rule = SUM[type(operator)]
        case ((ast.Add() | ast.Sub()), (True, False)):
            rule = "dU"
        case ast.Add(), (False, True):
            rule = "dV"
        case ast.Sub(), (False, True):
            rule = "-dV"
        case ast.Mult(), _:
            rule = {(True, False): "dU * V", (False, True): "U * dV"}.get(varies, PRODUCT)
        case ast.Div(), _:
            rule = {(True, False): "dU / V", (False, True): "-U * dV / V ** 2"}.get(varies, QUOTIENT)
        case ast.Pow(), _:
            rules = {(True, False): POWER_OF_FUNCTION, (False, True): POWER_OF_CONSTANT}
            rule = rules.get(varies, POWER_OF_BOTH)
        case _:
            raise ValueError(f"no rule for {ast.unparse(ast.BinOp(left, operator, right))!r}")
    return _filled(rule, U=left, V=right, dU=_derivative(left, variable), dV=_derivative(right, variable))


def _depends(node: ast.expr, variable: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == variable for part in ast.walk(node))


def _number(value: int) -> ast.expr:
    return ast.Constant(value)


def _filled(rule: str, **parts: ast.expr) -> ast.expr:
    """The rule with what its letters stand for, written without needless ones and signs."""
    return _Filling(parts).visit(ast.parse(rule, mode="eval").body)  # type: ignore[no-any-return]


class _Filling(ast.NodeTransformer):
    def __init__(self, parts: dict[str, ast.expr]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.parts.get(node.id, node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        inner = self.visit(node.operand)
        if isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.USub):
            return inner.operand
        return ast.UnaryOp(node.op, inner)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        match left, node.op, right:
            case (factor, ast.Mult(), ast.Constant(value=1)) | (ast.Constant(value=1), ast.Mult(), factor):
                return factor  # type: ignore[no-any-return]
            case base, ast.Pow(), ast.Constant(value=1):
                return base  # type: ignore[no-any-return]
            case ast.Constant(value=int(n)), ast.Sub(), ast.Constant(value=int(k)) if n >= k:
                return _number(n - k)
        return ast.BinOp(left, node.op, right)
