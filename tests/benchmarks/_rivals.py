"""Other checkers, one in a process of its own: reads pairs as JSON lines, answers with a verdict and its time.

Run as a program by `formulas.py`, with the name of a checker, under an interpreter in which it is installed.
`simplify` and `equals` read Python with `sympify` and the rest with sympy's own readers; the others read LaTeX.
"""

# ruff: noqa: PLC0415 - each checker is optional

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Check = Callable[[dict[str, Any]], bool | None]


def _sympy_pair(pair: dict[str, Any]) -> tuple[Any, Any]:
    import sympy
    from sympy.parsing.sympy_parser import (
        convert_xor,
        implicit_multiplication_application,
        parse_expr,
        standard_transformations,
    )

    names = {name: sympy.Symbol(name) for name in pair["names"]}
    names["sigmoid"] = sympy.Lambda(sympy.Symbol("z"), 1 / (1 + sympy.exp(-sympy.Symbol("z"))))
    rules = (*standard_transformations, convert_xor, implicit_multiplication_application)

    def read(text: str, syntax: str) -> Any:
        if syntax == "sympy":
            return sympy.sympify(text, locals=names)
        if syntax == "latex":
            from sympy.parsing.latex import parse_latex

            return parse_latex(text.strip("$ "), backend="lark")
        return parse_expr(text, local_dict=names, transformations=rules)

    return read(pair["student"], pair["syntax"]), read(pair["reference"], pair["reference_syntax"])


def simplify(pair: dict[str, Any]) -> bool | None:
    """sympy's `simplify(a - b) == 0`."""
    import sympy

    student, reference = _sympy_pair(pair)
    return bool(sympy.simplify(student - reference) == 0)


def equals(pair: dict[str, Any]) -> bool | None:
    """sympy's `a.equals(b)`."""
    student, reference = _sympy_pair(pair)
    found = student.equals(reference)
    return None if found is None else bool(found)


def math_verify(pair: dict[str, Any]) -> bool | None:
    """Math-Verify, on LaTeX."""
    from math_verify import parse, verify

    student = parse(f"${pair['student_latex']}$", parsing_timeout=None)
    reference = parse(f"${pair['reference_latex']}$", parsing_timeout=None)
    return bool(verify(reference, student, timeout_seconds=None)) if student and reference else None


def latex2sympy(pair: dict[str, Any]) -> bool | None:
    """latex2sympy2_extended, then sympy's `equals`."""
    from latex2sympy2_extended import latex2sympy

    found = latex2sympy(pair["student_latex"]).equals(latex2sympy(pair["reference_latex"]))
    return None if found is None else bool(found)


RIVALS: dict[str, tuple[str, Check]] = {
    "simplify": ("sympy", simplify),
    "equals": ("sympy", equals),
    "math-verify": ("math_verify", math_verify),
    "latex2sympy2_extended": ("latex2sympy2_extended", latex2sympy),
}


def main() -> None:
    """Say whether the checker is installed, then answer pair after pair."""
    module, check = RIVALS[sys.argv[1]]
    try:
        __import__(module)
    except ImportError:
        print(json.dumps({"missing": module}), flush=True)
        return
    print(json.dumps({"missing": ""}), flush=True)
    for line in sys.stdin:
        pair = json.loads(line)
        started = time.process_time()
        try:
            verdict: bool | str | None = check(pair)
        except Exception as error:  # noqa: BLE001 - whatever a checker raises is its answer
            verdict = type(error).__name__
        print(json.dumps({"verdict": verdict, "seconds": time.process_time() - started}), flush=True)


if __name__ == "__main__":
    main()
