"""Texts that are meant to hang, crash or take over whoever reads them as a formula."""

from __future__ import annotations

from grader.algebra.comparison.answer_equality import compare_answers
from grader.algebra.names import Symbols
from grader.algebra.reader.answers import read_answer
from grader.algebra.unreadable import Unreadable

TABLE = Symbols(("x", "y", "z", "t"))
REFERENCE = "(x*y + exp(t*x*y))**y"
HOSTILE = {
    "9**9**9**9": "9**9**9**9",
    "2**10**10": "2**10**10",
    "(10^8)!": "(10^8)!",
    "(10^5)^(10^5)^2": "(10^5)^(10^5)^2",
    "3 000-deep brackets": "(" * 3000 + "x" + ")" * 3000,
    "1 900-deep brackets": "(" * 1900 + "x" + ")" * 1900,
    "20 000 terms": "+".join(["x"] * 20_000),
    "1 900 characters of terms": "+".join(["x"] * 950),
    "(x+y+z+t+1)^300": "(x+y+z+t+1)^300",
    "x^x^x^x^x^x": "x^x^x^x^x^x",
    "exp(exp(exp(exp(exp x))))": "exp(exp(exp(exp(exp x))))",
    "__import__": "__import__('os').system('touch hostile')",
    "attribute walk": "x.__class__.__mro__[1].__subclasses__()",
    "lambda": "(lambda: x)()",
    "100 000 digits": "1" * 100_000,
    "(x+1)^(10^7)": "(x+1)^(10^7)",
    "x!!!!!!": "x" + "!" * 50,
    "9000!^9000!": "9000!^9000!",
    "endless sum": "Sum(x**k, (k, 1, 10**9))",
    "sums in sums": "Sum(" * 20 + "x" + "".join(f", (k{n}, 1, 99))" for n in range(20)),
    "binomial": r"\binom{10^9}{10^8}",
    "large matrix": "Matrix([" + ",".join(["[" + ",".join(["x"] * 40) + "]"] * 40) + "])",
    "power of a matrix": "Matrix([[x+y,y,z],[z,t,x],[x,y,t]])^8",
    "gcd of large numbers": r"\gcd(10^9^9, 6)",
    "nested tuples": "(x," * 60 + "y" + ")" * 60,
    "many bars": "|x" * 900,
    "nested cases": "where(x > 0, " * 90 + "x" + ", 1)" * 90,
    "many cases": r"\begin{cases}" + r"x & x > 1 \\ " * 200 + r"\end{cases}",
    "chain of relations": "(0" + "<x" * 600 + ")",
    "greatest of many": "diff(max(" + ",".join(f"x^{n}" for n in range(2, 40)) + "), x)",
}


def answered(text: str) -> str:
    """Read a text and compare it with the reference; say what came out."""
    try:
        answer = read_answer(text, TABLE)
    except Unreadable as error:
        return error.wanted
    return type(compare_answers(read_answer(REFERENCE, TABLE), answer)).__name__.lower()
