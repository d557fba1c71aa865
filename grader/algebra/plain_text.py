"""From LaTeX, Unicode and look-alike letters to few plain signs, each with its place in the original text."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from grader.algebra.names import FUNCTIONS, GREEK, LOOK_ALIKES

FRACTION = "\ue000"
ROOT = "\ue001"
"""Private signs for `\\frac` and `√`: no text can hold them after `plain_text`."""

MAX_LENGTH = 4000

_WRAPPER = (
    r"\\(?:mathrm|operatorname\*?|text|textrm|mathit|mathbf|mathsf|boldsymbol|bm|mathop)\s*\{([^{}]*)\}"
)
_PIECES = re.compile(
    rf"(?P<wrapped>{_WRAPPER})"
    r"|(?P<null>\\(?:left|right)\s*\.)"
    r"|\\(?P<command>[A-Za-z]+)"
    r"|\\(?P<escaped>.)"
    r"|(?P<module>(?<![\w.])(?:np|numpy|sympy|sp|math|torch|tf|jnp)\s*\.\s*(?=[A-Za-z]))"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_COMMANDS = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), FRACTION),
    "sqrt": ROOT,
    "partial": "∂",
    **dict.fromkeys(("cdot", "times", "ast", "bullet"), "*"),
    **dict.fromkeys(("odot", "circ"), "⊙"),
    "div": "/",
    **dict.fromkeys(("top", "intercal"), "⊤"),
    "prime": "'",
    **dict.fromkeys(("vert", "lvert", "rvert", "mid"), "|"),
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    **dict.fromkeys(("left", "right", "big", "bigl", "bigr", "Big", "Bigl", "Bigr", "bigg", "Bigg"), ""),
    **dict.fromkeys(("quad", "qquad", "displaystyle", "limits", "nolimits", "rm", "biggl", "biggr"), " "),
    **GREEK,
}
_SIGNS = MappingProxyType(
    {
        **LOOK_ALIKES,
        **dict.fromkeys("×·⋅∙•∗✕", "*"),
        **dict.fromkeys("−–—‑‐", "-"),
        **dict.fromkeys("÷∕⁄:", "/"),
        **dict.fromkeys("∘○⊗", "⊙"),
        **dict.fromkeys("’′‘`´", "'"),
        **dict.fromkeys("∣ǀ", "|"),
        **dict.fromkeys("ᵗ⊺", "⊤"),
        "ᵀ": "⊤",
        "√": ROOT,
        **dict.fromkeys("$&~\u00a0\u200b\u200c\u2060\ufeff", " "),
        "∆": "Δ",
        "µ": "μ",
        FRACTION: "\ufffd",
        ROOT: "\ufffd",
    }
)
_ESCAPED = {"{": "{", "}": "}", "|": "|", "_": "_"}


def plain_text(text: str) -> tuple[str, list[int]]:
    """Give the plain signs of `text` and, for each of them and for the end, its column in `text`, from 1."""
    signs: list[str] = []
    columns: list[int] = []

    def put(piece: str, column: int, step: int = 0) -> None:
        for number, sign in enumerate(piece):
            signs.append(sign)
            columns.append(column + number * step)

    for found in _PIECES.finditer(text):
        column = found.start() + 1
        kind = found.lastgroup
        if kind == "sign":
            put(_plain_sign(found[0]), column)
        elif kind == "wrapped":
            put(" ", column)
            inside = found.start(2) + 1
            put("".join(_plain_sign(sign) or " " for sign in found[2]), inside, 1)
            put(" ", found.end())
        elif kind == "command":
            following = text[found.end() : found.end() + 1]
            put(_plain_command(found["command"], following), column)
        elif kind == "escaped":
            put(_ESCAPED.get(found["escaped"], " "), column)
    columns.append(len(text) + 1)
    return "".join(signs), columns


def _plain_sign(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    if "\U0001d400" <= sign <= "\U0001d7ff" or "\uff01" <= sign <= "\uff5e":
        return unicodedata.normalize("NFKC", sign)
    return sign


def _plain_command(name: str, following: str) -> str:
    """A function stands apart from the letters around it, but not from its index (`\\log_2`)."""
    if name in _COMMANDS:
        return _COMMANDS[name]
    if name in FUNCTIONS:
        return f" {name} " if following.isalpha() else f" {name}"
    return f"\\{name}"
