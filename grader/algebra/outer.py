"""The table of elementary functions: the derivative of f at an inner function u, without the factor u′."""

from __future__ import annotations

from types import MappingProxyType

from grader.algebra.building import add, divide, multiply, negate, raise_to
from grader.algebra.nodes import ONE, TWO, ZERO, Call, Negative, Node, Symbol

OUTER_RULES: tuple[str, ...] = (
    "sin_sign",  # (sin u)′ = −cos u
    "cos_sign",  # (cos u)′ = sin u
    "tan_like_sign",  # (tg u)′ = −1/cos² u, and the same for th
    "ctg_sign",  # (ctg u)′ = 1/sin² u, and the same for cth
    "arcsin_sign",  # (arcsin u)′ = −1/√(1 − u²)
    "arccos_sign",  # (arccos u)′ = 1/√(1 − u²)
    "arctg_sign",  # (arctg u)′ = −1/(1 + u²)
    "arcctg_sign",  # (arcctg u)′ = 1/(1 + u²)
    "ch_sign",  # (ch u)′ = −sh u, as for cos
    "sqrt_half_lost",  # (√u)′ = 1/√u
    "ln_of_inner",  # (ln u)′ = 1/x
    "ln_not_inverted",  # (ln u)′ = 1/ln u
    "log_base_lost",  # (log_a u)′ = 1/u
)

_SIGNS = MappingProxyType(
    {
        "sin": "sin_sign",
        "cos": "cos_sign",
        "tg": "tan_like_sign",
        "th": "tan_like_sign",
        "ctg": "ctg_sign",
        "cth": "ctg_sign",
        "arcsin": "arcsin_sign",
        "arccos": "arccos_sign",
        "arctg": "arctg_sign",
        "arcctg": "arcctg_sign",
        "ch": "ch_sign",
    }
)


def outer(function: str, body: Node, variable: str, wrong: frozenset[str]) -> Node:
    """Give f′(u) for f = `function` and u = `body`, with the rules named in `wrong` applied wrongly."""
    if function == "ln" and "ln_of_inner" in wrong:
        return divide(ONE, Symbol(variable))
    if function == "ln" and "ln_not_inverted" in wrong:
        return divide(ONE, Call("ln", (body,)))
    if function == "sqrt" and "sqrt_half_lost" in wrong:
        return divide(ONE, Call("sqrt", (body,)))
    slope = _table(function, body)
    return negate(slope) if _SIGNS.get(function) in wrong else slope


def _table(function: str, u: Node) -> Node:
    match function:
        case "sin":
            return Call("cos", (u,))
        case "cos":
            return Negative(Call("sin", (u,)))
        case "tg":
            return divide(ONE, _squared("cos", u))
        case "ctg":
            return Negative(divide(ONE, _squared("sin", u)))
        case "sec":
            return multiply((Call("tg", (u,)), Call("sec", (u,))))
        case "cosec":
            return Negative(multiply((Call("ctg", (u,)), Call("cosec", (u,)))))
        case "ln":
            return divide(ONE, u)
        case "sqrt":
            return divide(ONE, multiply((TWO, Call("sqrt", (u,)))))
    return _hyperbolic(function, u)


def _hyperbolic(function: str, u: Node) -> Node:
    match function:
        case "sh":
            return Call("ch", (u,))
        case "ch":
            return Call("sh", (u,))
        case "th":
            return divide(ONE, _squared("ch", u))
        case "cth":
            return Negative(divide(ONE, _squared("sh", u)))
        case "abs":
            return Call("sign", (u,))
        case "sign":
            return ZERO
        case "sigmoid":
            return multiply((Call("sigmoid", (u,)), add((ONE, Negative(Call("sigmoid", (u,)))))))
    return _inverse(function, u)


def _inverse(function: str, u: Node) -> Node:
    square = raise_to(u, TWO)
    match function:
        case "arcsin" | "arccos":
            slope = divide(ONE, Call("sqrt", (add((ONE, negate(square))),)))
            return slope if function == "arcsin" else Negative(slope)
        case "arctg" | "arcctg":
            slope = divide(ONE, add((square, ONE)))
            return slope if function == "arctg" else Negative(slope)
        case "arsh":
            return divide(ONE, Call("sqrt", (add((square, ONE)),)))
        case "arch":
            return divide(ONE, Call("sqrt", (add((square, negate(ONE))),)))
        case "arth":
            return divide(ONE, add((ONE, negate(square))))
    raise ValueError(function)


def _squared(function: str, u: Node) -> Node:
    return raise_to(Call(function, (u,)), TWO)
