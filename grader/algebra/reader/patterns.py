"""Regular expressions of the lexer: tokens, names, derivatives in quotients, bound variables."""

from __future__ import annotations

import re

from grader.algebra.reader.latex_signs import (
    BEGIN_CASES,
    BEGIN_DET,
    BEGIN_TABLE,
    BINOMIAL,
    CELL,
    CHOOSE,
    END_CASES,
    END_DET,
    END_TABLE,
    FRACTION,
    LIMIT,
    MODULO,
    OTHERWISE,
    OVER,
    OVERLINE,
    ROOT,
    ROW,
    UPRIGHT,
)

NAME = r"[^\W\d_]+[0-9]*(?:_\{[^{}]*\}|_\w+|[₀-₉]+|\[[0-9]+(?:\s*,\s*[0-9]+)*\])?"
TOKENS = re.compile(
    r"\s*(?:"
    r"(?P<open>[(\[{⌊⌈])"
    r"|(?P<close>[)\]}⌋⌉])"
    r"|(?P<operator>\*\*|[-+*/^@⊙,;'_⊤]|=(?!=))"
    r"|(?P<run>[^\W\d_∂⁰¹²³⁴-⁹ⁿ](?:[^\W_∂⁰¹²³⁴-⁹ⁿ]|[₀-₉ᵢⱼₖₙₘₜ]|_\{[^{}]*\}|_(?=\w))*)"
    r"|(?P<comma_number>[0-9]+,[0-9]+)"
    r"|(?P<number>(?:[0-9]+(?:\.(?!\s*[A-Za-z])[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<relation>[<>]=?|(?<=\s)!=|==|:=|[≤≥≠∈≈→])"
    r"|(?P<postfix>[!%°])"
    rf"|(?P<big>[∑∏∫{LIMIT}])"
    rf"|(?P<binomial>{BINOMIAL})|(?P<choose>{CHOOSE})|(?P<over>{OVER})|(?P<overline>{OVERLINE})|(?P<modulo>{MODULO})"
    rf"|(?P<table>[{BEGIN_TABLE}{BEGIN_DET}{BEGIN_CASES}])|(?P<otherwise>{OTHERWISE})|(?P<endtable>[{END_TABLE}{END_DET}{END_CASES}])|(?P<cell>{CELL})|(?P<row>{ROW})"
    r"|(?P<infinity>∞)|(?P<setsign>[∪∩∖±∓∅])"
    r"|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|ⁿ)"
    r"|(?P<attribute>\.\s*(?:mT|T|t(?=\s*\()|dot|sum|mean|transpose|trace|shape)\b)"
    r"|(?P<bar>\|)"
    rf"|(?P<fraction>{FRACTION})"
    rf"|(?P<root>{ROOT})"
    r"|(?P<partial>∂)"
    rf"|(?P<upright>{UPRIGHT})"
    r"|(?P<end>$)"
    r")"
)
BY = re.compile(
    rf"(?:[d∂]\s*/\s*[d∂]\s*({NAME})|{FRACTION}\s*\{{\s*[d∂]\s*\}}\s*\{{\s*[d∂]\s*({NAME})\s*\}})"
)
QUOTIENT = re.compile(
    rf"(?:[d∂]\s*({NAME})\s*/\s*[d∂]\s*({NAME})"
    rf"|\(\s*[d∂]\s*({NAME})\s*\)\s*/\s*\(\s*[d∂]\s*({NAME})\s*\)"
    rf"|{FRACTION}\s*\{{\s*[d∂]\s*({NAME})\s*\}}\s*\{{\s*[d∂]\s*({NAME})\s*\}})"
)
MAY_DERIVE = frozenset({"run", "partial", "fraction", "open", "operator"})
AS_THEY_ARE = frozenset({"operator", "open", "close", "bar", "relation", "postfix"})
MARKS_DERIVATIVE = f"d∂/{FRACTION}"
BEGINS_DERIVATIVE = f"d∂{FRACTION}"
D_ABOVE = re.compile(rf"{FRACTION}\s*(\{{)\s*[d∂](?![a-z])")
D_BELOW = re.compile(rf"\s*\{{\s*[d∂]\s*({NAME})\s*\}}")
D_OF = re.compile(r"[d∂]\s*(?=[(\[{])")
BY_AFTER = re.compile(rf"\s*/\s*[d∂]\s*({NAME})")
INDEX = re.compile(r"\s*\[\s*\w+(?:\s*(?:,|\]\s*\[)\s*\w+)*\s*\]")
DIFFERENTIAL = re.compile(rf"((?:(?!\d)\w)*?)d\s*({NAME})(?!\w)")
BRACKET = re.compile(rf"\s*(?:'*\s*[(\[{{{BEGIN_TABLE}]|[_^])")
BINDS = re.compile(rf"[∑∏{LIMIT}]|\b(?:Sum|Product|Limit|limit|Integral)\b")
BOUND = re.compile(
    rf"[∑∏{LIMIT}]\s*(?:\^\s*(?:\{{[^{{}}]*\}}|\S)\s*)?_\s*[{{(]?\s*({NAME})\s*[=→∈]|[(,]\s*\(?\s*([^\W\d_]\w*)\s*,"
)
REPEATED = re.compile(rf"{OVERLINE}\s*(?:\{{\s*([0-9]{{1,20}})\s*\}}|([0-9]))|(?<=\.)\(([0-9]{{1,20}})\)")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def bound_names(plain: str) -> tuple[str, ...]:
    """Give the names that a sum, a product or a limit in a plain text seems to bind."""
    if not BINDS.search(plain):
        return ()
    return tuple(dict.fromkeys(found[1] or found[2] for found in BOUND.finditer(plain)))
