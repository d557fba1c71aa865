"""Exact comparison of rational functions over the field of 2^61 − 1 elements (Schwartz 1980, Zippel 1979)."""

from __future__ import annotations

from typing import Literal

from grader.algebra.comparison.points import PRIME, residues
from grader.algebra.comparison.programs import Program

TRIALS = 3
_TRIES = 6


def compare_rational(
    expected: Program, actual: Program, seed: int
) -> Literal["equal", "different", "undefined", "undecided"]:
    """Compare two rational programs at random points.

    "different" is certain; "equal" errs with a probability of at most (degree / 2^61)^3. "undefined": `actual`
    divides by zero everywhere. "undecided": `expected` does.
    """
    names = tuple(dict.fromkeys((*expected.symbols, *actual.symbols)))
    agreed = undefined = 0
    for number in range(_TRIES):
        values = dict(zip(names, residues(seed, number, names), strict=True))
        right, yours = residue(expected, values), residue(actual, values)
        if right is None:
            continue
        if yours is None:
            undefined += 1
            continue
        if right != yours:
            return "different"
        agreed += 1
        if agreed == TRIALS:
            return "equal"
    return "undefined" if undefined >= TRIALS else "undecided"


def residue(program: Program, values: dict[str, int]) -> int | None:
    """Evaluate over GF(2^61 − 1); None where something is divided by zero."""
    results: list[int] = []
    for operation, left, right in program.instructions:
        value = _residue(operation, left, right, results, values, program.symbols)
        if value is None:
            return None
        results.append(value)
    return results[-1]


def _residue(
    operation: str,
    left: object,
    right: object,
    results: list[int],
    values: dict[str, int],
    symbols: tuple[str, ...],
) -> int | None:
    match operation, left, right:
        case "symbol", int(number), _:
            return values[symbols[number]]
        case "number", _, _:
            return _quotient(left.numerator, left.denominator)  # type: ignore[attr-defined]
        case "add", int(i), int(j):
            return (results[i] + results[j]) % PRIME
        case "subtract", int(i), int(j):
            return (results[i] - results[j]) % PRIME
        case "multiply", int(i), int(j):
            return results[i] * results[j] % PRIME
        case "divide", int(i), int(j):
            return _quotient(results[i], results[j])
        case "negate", int(i), _:
            return -results[i] % PRIME
        case "same", int(i), _:
            return results[i]
        case "integer_power", int(i), int(exponent):
            return _power(results[i], exponent)
    raise ValueError(operation)


def _quotient(above: int, below: int) -> int | None:
    return above * pow(below, -1, PRIME) % PRIME if below % PRIME else None


def _power(base: int, exponent: int) -> int | None:
    return None if exponent < 0 and base == 0 else pow(base, exponent, PRIME)
