"""What people may call things: functions, constants, Greek letters, indices.

`V_1`, `V1`, `V₁`, `V_{1}` and `V[1]` are one symbol; so are `∂L/∂z`, `dL/dz` and `\\frac{\\partial L}{\\partial z}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

_SPELLINGS = {
    "sin": "sin",
    "cos": "cos",
    "tg": "tg tan tang",
    "ctg": "ctg cot cotg cotan",
    "sec": "sec",
    "cosec": "cosec csc",
    "arcsin": "arcsin asin",
    "arccos": "arccos acos",
    "arctg": "arctg arctan atan",
    "arcctg": "arcctg arccot acot",
    "sh": "sh sinh",
    "ch": "ch cosh",
    "th": "th tanh",
    "cth": "cth coth",
    "arsh": "arsh arcsh arsinh arcsinh asinh",
    "arch": "arch arcch arcosh arccosh acosh",
    "arth": "arth arcth artanh arctanh atanh",
    "ln": "ln log",
    "lg": "lg log10",
    "log2": "log2",
    "exp": "exp",
    "sqrt": "sqrt",
    "abs": "abs fabs Abs",
    "sign": "sign sgn",
    "sigmoid": "sigmoid σ expit",
    "pow": "pow power",
    "diff": "diff Derivative",
    "sech": "sech",
    "csch": "csch cosech",
    "arcsec": "arcsec asec",
    "arccosec": "arccosec arccsc acsc",
}
_BRACKETED = {
    "floor": "floor",
    "ceil": "ceil ceiling",
    "factorial": "factorial",
    "binomial": "binomial binom comb",
    "min": "min Min minimum",
    "max": "max Max maximum",
    "gcd": "gcd",
    "lcm": "lcm",
    "mod": "Mod",
    "conjugate": "conjugate conj",
    "erf": "erf",
    "relu": "relu ReLU",
    "log1p": "log1p",
    "expm1": "expm1",
    "square": "square sqr",
    "softplus": "softplus",
    "heaviside": "Heaviside heaviside",
    "cbrt": "cbrt",
    "det": "det",
    "trace": "trace Trace",
    "adjugate": "adjugate",
    "Sum": "Sum summation",
    "Product": "Product",
    "Integral": "Integral integrate",
    "Limit": "Limit limit",
    "Matrix": "Matrix ImmutableMatrix",
    "Piecewise": "Piecewise",
    "where": "where",
}
FUNCTIONS = MappingProxyType({word: name for name, words in _SPELLINGS.items() for word in words.split()})
BRACKETED = MappingProxyType({word: name for name, words in _BRACKETED.items() for word in words.split()})
"""Functions that are read as such only before a bracket: `max(x, y)`, but `max` alone may be m·a·x."""
KNOWN = frozenset((*FUNCTIONS.values(), *BRACKETED.values()))
"""Functions by the names that they have in trees."""
SET_FUNCTIONS = MappingProxyType(
    {
        "Eq": ("relation", "="),
        "Equality": ("relation", "="),
        "Ne": ("relation", "≠"),
        "Unequality": ("relation", "≠"),
        "Interval": ("interval", "[]"),
        "Interval_open": ("interval", "()"),
        "Interval_Lopen": ("interval", "(]"),
        "Interval_Ropen": ("interval", "[)"),
        "Union": ("join", "∪"),
        "Intersection": ("join", "∩"),
        "Complement": ("join", "∖"),
        "FiniteSet": ("set", ""),
    }
)
"""Relations and sets as sympy writes them: what each gives, and with which sign or ends."""
PRIMED = frozenset(
    {
        *("sin", "cos", "tg", "ctg", "sec", "cosec", "arcsin", "arccos", "arctg", "arcctg"),
        *("sh", "ch", "th", "cth", "arsh", "arch", "arth", "ln", "sqrt", "abs", "sigmoid"),
    }
)
"""Functions that may have primes: `σ'(z)` is the derivative of σ at z."""
UNSMOOTH = frozenset({"floor", "ceil", "factorial", "binomial", "mod", "conjugate", "erf"})
"""Functions for which there is no rule of differentiation."""
MATRIX_FUNCTIONS = MappingProxyType(
    {
        **dict.fromkeys(("dot", "matmul"), "dot"),
        **dict.fromkeys(("transpose", "transp"), "transpose"),
        "multiply": "multiply",
        "outer": "outer",
        "sum": "sum",
        "mean": "mean",
        "len": "len",
    }
)
_MATRIX_WORDS = MappingProxyType(
    {
        "T": ("transpose", "T"),
        "t": ("transpose", "t"),
        **dict.fromkeys(("axis", "dim"), ("keyword", "axis")),
        **dict.fromkeys(("keepdims", "keepdim"), ("keyword", "keepdims")),
        "True": ("keyword", "1"),
        "False": ("keyword", "0"),
        **{word: ("function", name) for word, name in MATRIX_FUNCTIONS.items()},
    }
)
INVERSES = MappingProxyType(
    {
        "sin": "arcsin",
        "cos": "arccos",
        "tg": "arctg",
        "ctg": "arcctg",
        "sh": "arsh",
        "ch": "arch",
        "th": "arth",
    }
)
_GREEK = """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda λ
    mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω
"""
GREEK = MappingProxyType(dict(zip(_GREEK.split()[::2], _GREEK.split()[1::2], strict=True)))
_WORDS = MappingProxyType({letter: word for word, letter in reversed(tuple(GREEK.items()))})
LOOK_ALIKES = MappingProxyType(dict(zip("асеорухіАВЕКМНОРСТХУϵϑϕ", "aceopyxiABEKMHOPCTXYεθφ", strict=True)))
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜ", "0123456789ijknmt")
_INDEX = str.maketrans("", "", "_{}[], \t")
_QUOTIENT = re.compile(r"\(?\s*[d∂]\s*([^/()\s]+)\s*\)?\s*/\s*\(?\s*[d∂]\s*([^/()\s]+)\s*\)?")


@dataclass(frozen=True)
class Symbols:
    """What an answer may be made of.

    names          declared symbols, as they are to be shown
    aliases        pairs (other name, declared name)
    decimal_comma  `0,5` is one half, and `;` parts arguments
    variable       by which a prime differentiates ("" if a prime says nothing)
    functions      further functions of one argument (in matrix formulas: of each element)
    matrix         `^T` and its like transpose
    open           any other letter is a symbol, too, with its index; nothing need be declared
    imaginary      `i` is the imaginary unit
    real_roots     an odd root of a negative number is negative, as in school; else it is not real
    mixed          a whole number before a fraction is added to it: `2\\frac{1}{3}` is 7/3
    """

    names: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    decimal_comma: bool = False
    variable: str = ""
    functions: tuple[str, ...] = ()
    matrix: bool = False
    open: bool = False
    imaginary: bool = False
    mixed: bool = False
    real_roots: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Keys of everything known: key → (kind, name), where kind is symbol, constant, function or transpose.

    `folded` has the keys in one case, if that is unambiguous; `quotients` the symbols that are written as
    derivatives, by the keys above and below the line; `open` says that other letters are symbols, too.
    """

    words: dict[str, tuple[str, str]]
    folded: dict[str, tuple[str, str]]
    quotients: dict[tuple[str, str], str]
    longest: int
    open: bool = False


def key_of(name: str) -> str:
    """Give the one form of all the ways to write a name and its index."""
    for word, letter in GREEK.items() if "\\" in name else ():
        name = re.sub(rf"\\{word}(?![A-Za-z])", letter, name)
    plain = "".join(LOOK_ALIKES.get(letter, letter) for letter in name)
    return plain.translate(_SUBSCRIPTS).translate(_INDEX)


@lru_cache(maxsize=256)
def vocabulary(symbols: Symbols) -> Vocabulary:
    """Lay out what is known; a declared symbol goes before a function or constant of its name."""
    words: dict[str, tuple[str, str]] = {"e": ("constant", "e"), "E": ("constant", "e")}
    words |= {
        "pi": ("constant", "pi"),
        "π": ("constant", "pi"),
        "ⅇ": ("constant", "e"),
        "ⅈ": ("constant", "i"),
        "True": ("otherwise", "True"),
    }
    words |= {word: ("function", name) for word, name in FUNCTIONS.items()}
    words |= {word: ("bracketed", name) for word, name in BRACKETED.items()}
    words |= {key_of(name): ("bracketed", name) for name in SET_FUNCTIONS}
    if symbols.imaginary:
        words |= {"i": ("constant", "i")}
    if symbols.imaginary or symbols.open:
        words |= {"I": ("constant", "i"), "oo": ("constant", "oo")}
    if symbols.matrix:
        words = dict(_MATRIX_WORDS)
    if symbols.open:
        words |= {name: ("symbol", letter) for word, letter in GREEK.items() for name in (word, letter)}
        words |= {"pi": ("constant", "pi"), "π": ("constant", "pi"), "σ": ("bracketed", "sigmoid")}
    kind = "function" if symbols.matrix else "bracketed"
    words |= {key_of(name): (kind, name) for name in symbols.functions}
    quotients: dict[tuple[str, str], str] = {}
    for spelled, name in (*((n, n) for n in symbols.names), *symbols.aliases):
        parts = _QUOTIENT.fullmatch(spelled)
        if parts:
            above, below = key_of(parts[1]), key_of(parts[2])
            quotients[above, below] = name
            words.setdefault(f"d{above}d{below}", ("symbol", name))
            continue
        key = key_of(spelled)
        words[key] = ("symbol", name)
        base = re.match(r"\\?([^\W\d_]+)", spelled)
        if base and base[1] in GREEK:
            words[key_of(GREEK[base[1]] + spelled[base.end() :])] = ("symbol", name)
    words = _spelled_out(words) | words
    return Vocabulary(words, _folded(words), quotients, max(map(len, words)), symbols.open)


def _spelled_out(words: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Names of Greek letters that are declared (`lambda` for λ), if they are no products of other symbols."""
    found = {}
    for key, meaning in words.items():
        word = _WORDS.get(key[0], "") if meaning[0] == "symbol" else ""
        if word and not all(letter in words for letter in word):
            found[word + key[1:]] = meaning
    return found


def _folded(words: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    meanings: dict[str, set[tuple[str, str]]] = {}
    for key, meaning in words.items():
        meanings.setdefault(key.casefold(), set()).add(meaning)
    return {key: next(iter(found)) for key, found in meanings.items() if len(found) == 1}
