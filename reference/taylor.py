"""Taylor's formula for polynomials in several variables, exactly.

Source: document 004 (colloquium), questions 1 and 3. A polynomial is a mapping from exponents to coefficients:
{(2, 0): 3, (1, 1): -1} is 3x² − xy. A point has a number for each variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import prod

Polynomial = Mapping[tuple[int, ...], int]
Point = Sequence[int | Fraction]


def value(f: Polynomial, point: Point) -> int | Fraction:
    """f at `point`, exactly."""
    return sum(c * prod(x**e for x, e in zip(point, powers, strict=True)) for powers, c in f.items())


def derivative(f: Polynomial, axis: int) -> dict[tuple[int, ...], int]:
    """∂f/∂x_axis."""
    return {
        tuple(e - (i == axis) for i, e in enumerate(powers)): c * powers[axis]
        for powers, c in f.items()
        if powers[axis]
    }


def gradient(f: Polynomial, point: Point) -> list[int | Fraction]:
    """∇f at `point`."""
    return [value(derivative(f, axis), point) for axis in range(len(point))]


def hessian(f: Polynomial, point: Point) -> list[list[int | Fraction]]:
    """∇²f at `point`."""
    return [gradient(derivative(f, axis), point) for axis in range(len(point))]


def first_order(f: Polynomial, names: Sequence[str], point: Point) -> str:
    """Document 004, question 1: f(x) ≈ f(x₀) + (x − x₀)ᵀ∇f(x₀), as a Python expression in `names`."""
    from_point = [f"({name} {'+' if x < 0 else '-'} {abs(x)})" for name, x in zip(names, point, strict=True)]
    return _joined([(value(f, point), ""), *zip(gradient(f, point), from_point, strict=True)])


def second_order(f: Polynomial, name: str, step: str) -> str:
    """Document 004, question 3, for one variable: f(x + h) ≈ f(x) + h f′(x) + ½ h² f″(x), as a Python expression.

    >>> second_order({(2,): 3}, "x", "h")
    '3*x**2 + h*(6*x) + h**2/2*(6)'
    """
    first = derivative(f, 0)
    terms = (formula(part, (name,)) for part in (f, first, derivative(first, 0)))
    return "{} + {step}*({}) + {step}**2/2*({})".format(*terms, step=step)


def newton_step(f: Polynomial, point: Point) -> list[Fraction]:
    """Document 004, question 3, for one or two variables: x − (∇²f(x))⁻¹∇f(x), exactly.

    Raises `ZeroDivisionError` where the Hessian is singular.
    """
    g, H = gradient(f, point), hessian(f, point)
    if len(point) == 1:
        return [point[0] - Fraction(g[0]) / H[0][0]]
    (a, b), (c, d) = H
    determinant = Fraction(a * d - b * c)
    return [
        point[0] - (d * g[0] - b * g[1]) / determinant,
        point[1] - (a * g[1] - c * g[0]) / determinant,
    ]


def formula(f: Polynomial, names: Sequence[str]) -> str:
    """The polynomial as a Python expression in `names`: `3*x**2 - x*y + 1`."""
    return _joined((c, "*".join(_powers(powers, names, "{}**{}"))) for powers, c in f.items())


def in_print(f: Polynomial, names: Sequence[str]) -> str:
    """The polynomial in LaTeX: `3x^{2} - xy + 1`."""
    return _joined(((c, "".join(_powers(powers, names, "{}^{{{}}}"))) for powers, c in f.items()), "")


def _powers(powers: Sequence[int], names: Sequence[str], form: str) -> list[str]:
    pairs = zip(names, powers, strict=True)
    return [name if power == 1 else form.format(name, power) for name, power in pairs if power]


def _joined(terms: Iterable[tuple[int | Fraction, str]], times: str = "*") -> str:
    """Terms (coefficient, factor or nothing) as a sum with its signs in their places; `0` where all vanish."""
    text = ""
    for c, factor in terms:
        if c:
            size = "" if abs(c) == 1 and factor else f"{abs(c)}{times if factor else ''}"
            text += f"{' - ' if c < 0 else ' + '}{size}{factor}"
    text = text or " + 0"
    return text.removeprefix(" + ") if not text.startswith(" - ") else f"-{text[3:]}"
