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
    "sqrt_power_kept",  # (√u)′ = √u/2
    "tan_slope_not_squared",  # (tg u)′ = 1/cos u, and the same for ctg, th, cth
    "arctg_minus_below",  # (arctg u)′ = 1/(1 − u²)
    "arcsin_plus_below",  # (arcsin u)′ = 1/√(1 + u²), and the same for arccos
    "th_not_squared",  # (th u)′ = 1 − th u
    "th_as_sigmoid",  # (th u)′ = th u·(1 − th u)
    "sigmoid_of_argument",  # σ′(u) = σ(u)·(1 − u)
    "slope_of_argument",  # σ′(u) = u·(1 − u), th′(u) = 1 − u²: the formula in y at the argument
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


class NoRuleError(ValueError):
    """There is no rule for the derivative of this function."""


def outer(function: str, body: Node, variable: str, wrong: frozenset[str]) -> Node:
    """Give f′(u) for f = `function` and u = `body`, with the rules named in `wrong` applied wrongly."""
    if function == "ln" and "ln_of_inner" in wrong:
        return divide(ONE, Symbol(variable))
    if function == "ln" and "ln_not_inverted" in wrong:
        return divide(ONE, Call("ln", (body,)))
    if function == "sqrt" and "sqrt_half_lost" in wrong:
        return divide(ONE, Call("sqrt", (body,)))
    slope = _misremembered(function, body, wrong) or _table(function, body)
    return negate(slope) if _SIGNS.get(function) in wrong else slope


def _misremembered(function: str, u: Node, wrong: frozenset[str]) -> Node | None:
    """A row of the table that is wrong in more than its sign; None where this function's is not."""
    value, square = Call(function, (u,)), raise_to(u, TWO)
    match function:
        case "sqrt" if "sqrt_power_kept" in wrong:
            return divide(value, TWO)
        case "tg" | "ctg" | "th" | "cth" if "tan_slope_not_squared" in wrong:
            below = Call({"tg": "cos", "ctg": "sin", "th": "ch", "cth": "sh"}[function], (u,))
            return divide(ONE if function in ("tg", "th") else Negative(ONE), below)
        case "arctg" | "arcctg" if "arctg_minus_below" in wrong:
            return divide(ONE if function == "arctg" else Negative(ONE), add((ONE, negate(square))))
        case "arcsin" | "arccos" if "arcsin_plus_below" in wrong:
            return divide(ONE if function == "arcsin" else Negative(ONE), Call("sqrt", (add((ONE, square)),)))
        case "th" | "sigmoid":
            return _activation(function, u, wrong)
    return None


def _activation(function: str, u: Node, wrong: frozenset[str]) -> Node | None:
    value = Call(function, (u,))
    rest, rest_of_argument = add((ONE, negate(value))), add((ONE, negate(u)))
    if function == "th" and "th_not_squared" in wrong:
        return rest
    if function == "th" and "th_as_sigmoid" in wrong:
        return multiply((value, rest))
    if function == "sigmoid" and "sigmoid_of_argument" in wrong:
        return multiply((value, rest_of_argument))
    if "slope_of_argument" in wrong:
        return add((ONE, negate(raise_to(u, TWO)))) if function == "th" else multiply((u, rest_of_argument))
    return None


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
    raise NoRuleError(function)


def _squared(function: str, u: Node) -> Node:
    return raise_to(Call(function, (u,)), TWO)
