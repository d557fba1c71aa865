"""Taylor's formula for polynomials in several variables, exactly.

Source: document 004 (colloquium), questions 1 and 3. A polynomial is a mapping from exponents to coefficients:
{(2, 0): 3, (1, 1): -1} is 3x² − xy. A point has a number for each variable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    terms = [f"({d})*({name} - ({x}))" for d, name, x in zip(gradient(f, point), names, point, strict=True)]
    return " + ".join([f"({value(f, point)})", *terms])


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
    """The polynomial as a Python expression in `names`; `0` where there is nothing in it."""
    return (
        " + ".join(
            "*".join([f"({c})", *(f"{name}**{e}" for name, e in zip(names, powers, strict=True) if e)])
            for powers, c in f.items()
        )
        or "0"
    )


def in_print(f: Polynomial, names: Sequence[str]) -> str:
    """The polynomial in LaTeX: `3x^{2} - xy + 1`."""
    terms = []
    for powers, c in f.items():
        letters = "".join(
            name if e == 1 else f"{name}^{{{e}}}" for name, e in zip(names, powers, strict=True) if e
        )
        size = "" if abs(c) == 1 and letters else str(abs(c))
        terms.append(("-" if c < 0 else "+", size + letters))
    text = " ".join(f"{sign} {term}" for sign, term in terms)
    return text.removeprefix("+ ").replace("- ", "-", 1) if text.startswith(("+ ", "- ")) else text
