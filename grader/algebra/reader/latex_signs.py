"""What LaTeX's commands and the signs of Unicode stand for: tables of `plain_text`."""

from __future__ import annotations

from types import MappingProxyType

from grader.algebra.names import GREEK, LOOK_ALIKES

FRACTION, ROOT, LIMIT, BINOMIAL, OVERLINE, MODULO, CHOOSE, OVER = map(chr, range(0xE000, 0xE008))
"""Private signs for `\\frac`, `√`, `\\lim`, `\\binom`, `\\overline`, `\\mod`, `\\choose`, `\\over`."""
BEGIN_TABLE, END_TABLE, BEGIN_DET, END_DET, CELL, ROW, BEGIN_CASES, END_CASES = map(
    chr, range(0xE010, 0xE018)
)
"""Private signs for the parts of a matrix, and for cases."""
OTHERWISE = chr(0xE01E)
"""The private sign for `otherwise` and its like."""
PRIVATE = frozenset(map(chr, range(0xE000, 0xE020)))
"""No text can hold these after `plain_text` but those that it has put there."""

BRACKETS = MappingProxyType({"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"})
"""Closing brackets by opening ones, as they stand in a plain text."""

UPRIGHT = chr(0xE01F)
"""The private sign before a word that LaTeX sets upright: no product of letters."""

TABLE = MappingProxyType(
    {
        "begin table": BEGIN_TABLE,
        "end table": END_TABLE,
        "begin det": BEGIN_DET,
        "end det": END_DET,
        "begin cases": BEGIN_CASES,
        "end cases": END_CASES,
        "&": CELL,
        "\\\\": ROW,
    }
)
ENVIRONMENTS = r"(?:[pbvB]|small)?matrix\*?|array|d?cases"
DISPLAYS = "equation|align|aligned|alignat|gather|gathered|multline|split|displaymath|math|eqnarray"
"""Environments around formulas that say only how they are set."""
WRAPPERS = (
    *(
        "mathrm",
        "operatorname",
        "text",
        "textrm",
        "textbf",
        "textit",
        "textnormal",
        "mbox",
        "mathit",
        "mathbf",
    ),
    *("mathsf", "mathcal", "boldsymbol", "bm", "mathop", "variable"),
)
ACCENTS = MappingProxyType(
    {
        **{name: name for name in ("hat", "bar", "tilde", "dot", "ddot", "check", "breve", "mathring")},
        "widehat": "hat",
        "widetilde": "tilde",
        "vec": "",
        "overrightarrow": "",
    }
)
_DELIMITERS = {
    **dict.fromkeys(("vert", "lvert", "rvert", "mid"), "|"),
    **dict.fromkeys(("Vert", "lVert", "rVert"), "||"),
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    "lgroup": "(",
    "rgroup": ")",
    **dict.fromkeys(("lfloor", "llcorner"), "⌊"),
    **dict.fromkeys(("rfloor", "lrcorner"), "⌋"),
    **dict.fromkeys(("lceil", "ulcorner"), "⌈"),
    **dict.fromkeys(("rceil", "urcorner"), "⌉"),
}
BLACKBOARD = MappingProxyType(dict(zip("NZQRC", "ℕℤℚℝℂ", strict=True)))
_SPACES = ("quad", "qquad", "thinspace", "medspace", "thickspace", "enspace", "space", "nobreak")
PREFIXES = (*sorted(_DELIMITERS, key=len, reverse=True), "qquad", "quad")
"""What LaTeX itself would not part from the letters after it, but a person does: `\\lbracex`."""
COMMANDS = MappingProxyType(
    {
        **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), FRACTION),
        **dict.fromkeys(("binom", "dbinom", "tbinom"), BINOMIAL),
        **dict.fromkeys(("mod", "bmod"), MODULO),
        "sqrt": ROOT,
        "partial": "∂",
        "lim": LIMIT,
        "overline": OVERLINE,
        "choose": CHOOSE,
        "over": OVER,
        "div": "/",
        "sum": "∑",
        "prod": "∏",
        "int": "∫",
        "infty": "∞",
        "prime": "'",
        "degree": "°",
        "colon": ":",
        **dict.fromkeys(("cdot", "times", "ast", "bullet"), "*"),
        **dict.fromkeys(("odot", "circ"), "⊙"),
        **dict.fromkeys(("top", "intercal"), "⊤"),
        **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "≤"),
        **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), "≥"),
        "ne": "≠",
        "neq": "≠",
        "lt": "<",
        "gt": ">",
        "in": "∈",
        "approx": "≈",
        **dict.fromkeys(("to", "rightarrow", "longrightarrow"), "→"),
        "cup": "∪",
        "cap": "∩",
        "setminus": "∖",
        "backslash": "∖",
        "pm": "±",
        "mp": "∓",
        **dict.fromkeys(("emptyset", "varnothing"), "∅"),
        "imaginaryunit": " ⅈ ",
        "exponentialE": " ⅇ ",
        **dict.fromkeys(("left", "right", "mleft", "mright", "middle", "boxed", "fbox", "hbox"), ""),
        **dict.fromkeys(("big", "bigl", "bigr", "Big", "Bigl", "Bigr", "bigg", "Bigg", "biggl", "biggr"), ""),
        **dict.fromkeys((*_SPACES, *(f"neg{name}" for name in _SPACES)), " "),
        **dict.fromkeys(("displaystyle", "textstyle", "limits", "nolimits", "rm", "mathstrut"), " "),
        **_DELIMITERS,
        **GREEK,
    }
)
ESCAPED = MappingProxyType({"{": "{", "}": "}", "|": "|", "_": "_", "%": "%"})
SIGNS = MappingProxyType(
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
        "∛": f"{ROOT}[3]",
        "″": "''",
        "º": "°",
        "˚": "°",
        "⩽": "≤",
        "⩾": "≥",
        "∆": "Δ",
        "µ": "μ",
        "½": "(1/2)",
        "⅓": "(1/3)",
        "⅔": "(2/3)",
        "¼": "(1/4)",
        "¾": "(3/4)",
        "⅕": "(1/5)",
        "⅛": "(1/8)",
        **dict.fromkeys("$&~\u00a0\u200b\u200c\u200d\u2060\u2061\u2062\ufeff", " "),
    }
)
