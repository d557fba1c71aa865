"""The derivative of a composite function

Find the derivative by `{variable}` of

`{shown}`

The other letters are constants. Any equivalent form will do, written as you like: `ln` or `log`, `tg` or `tan`,
`arctg` or `atan`, `sh` or `sinh`, `e^(xy)` or `exp(x*y)`, `^` or `**`.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from grader.algebra import differentiating
from grader.algebra.names import Symbols
from grader.algebra.reading import read
from grader.algebra.writing import write
from grader.author import Answer, Slip, Task
from grader.author.expressions import grown, numbered
from grader.comparators.derivation import Derivation
from grader.comparators.formula import Formula
from reference.derivatives import derivative

GRAMMAR = {
    "FORM": (
        *("(SUM + FUNCTION)**v", "(SUM + FUNCTION)**(a*v)", "(v*FUNCTION + n)**(b*v)"),  # as in the document
        *("TRIG*GROWING", "TRIG*ROOT", "ARC*GROWING", "ARC*ROOT", "HYPERBOLIC*TRIG", "v**n*TRIG*GROWING"),
        *("TRIG/GROWING", "ROOT/GROWING", "ARC/ROOT", "GROWING/(SUM + TRIG)", "HYPERBOLIC/(SUM + GROWING)"),
        *("PRODUCT*(SUM + FUNCTION)**n", "(TRIG + b*GROWING)**n", "(ARC + a*ROOT)**n", "1/(ARC + b*TRIG)"),
        *("exp(a*v*BOUNDED)", "n**(v*BOUNDED)", "sinh(b + v*BOUNDED)", "cosh(a*v + BOUNDED)"),
        *("sin(SUM + GROWING)", "cos(v*HYPERBOLIC)", "tan(SUM + ARC)", "cot(v*GROWING)"),
        *("atan(SUM*GROWING)", "asin(tanh(SUM))", "acos(tanh(SUM))", "tanh(v*TRIG)", "coth(SUM + TRIG)"),
        *("sqrt(SUM + GROWING)", "log(SUM + GROWING)", "log(SUM + n*TRIG, n)", "a*log(BOUNDED + v*GROWING)"),
    ),
    "FUNCTION": ("TRIG", "GROWING", "ARC", "HYPERBOLIC"),
    "TRIG": ("sin(INNER)", "cos(INNER)", "tan(INNER)", "cot(INNER)"),
    "GROWING": ("exp(PRODUCT)", "sinh(PRODUCT)", "cosh(PRODUCT)", "n**PRODUCT"),
    "HYPERBOLIC": ("tanh(INNER)", "coth(INNER)"),
    "ARC": ("asin(NARROW)", "acos(NARROW)", "atan(INNER)"),
    "ROOT": ("sqrt(SUM)", "log(SUM)", "log(SUM, n)", "1/SUM"),
    "BOUNDED": ("sin(INNER)", "cos(INNER)", "atan(INNER)", "tanh(INNER)"),
    "INNER": ("SUM", "PRODUCT"),
    "SUM": (
        "a*v + b",
        "a*v - b",
        "v**2 + a",
        "a*v**2 + b",
        "v**3 - a*b",
        "n*v + a*b",
        "a*b*v + n",
        "v**n - b",
    ),
    "PRODUCT": ("a*v", "a*b*v", "n*a*v", "a*v**2", "b*v**2", "n*b*v"),
    "NARROW": ("a*v", "b*v", "a*b*v", "v/n"),
}
"""What is dealt, in Python: v is the wanted variable, a and b the other two, n a whole number; a word in capitals
stands for one of its lines. Every inner function depends on v, with a derivative that cannot be overlooked."""

IN_PRINT = {
    "log": "ln",
    "tan": "tg",
    "cot": "ctg",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctg",
    "sinh": "sh",
    "cosh": "ch",
    "tanh": "th",
    "coth": "cth",
}


def dealt(rng):
    """Deal a function in which all three letters stand, and the variable."""
    letters, f = dict(zip("vab", rng.sample("xyt", 3), strict=True)), ""
    while not all(re.search(rf"\b{letter}\b", f) for letter in "xyt"):
        f = numbered(rng, grown(rng, GRAMMAR, "FORM"))
        f = ast.unparse(ast.parse(re.sub(r"\b[vab]\b", lambda found: letters[found[0]], f)))
    return {"f": f, "variable": letters["v"], "shown": in_print(f)}


def in_print(f):
    """A Python expression as the course prints it: `e^(x*y)`, `tg(x)`, `log_2(x)`."""
    return (
        ast.unparse(Printed().visit(ast.parse(f)))
        .replace(" * ", "*")
        .replace(" / ", "/")
        .replace(" ** ", "^")
    )


class Printed(ast.NodeTransformer):
    """Function names as the document has them."""

    def visit_Call(self, node):
        """Rename, and write e to a power and logarithms with their base."""
        name, arguments = node.func.id, [self.visit(argument) for argument in node.args]
        if name == "exp":
            return ast.BinOp(ast.Name("e"), ast.Pow(), arguments[0])
        if len(arguments) == 2:
            name, arguments = f"log_{arguments[1].value}", arguments[:1]
        return ast.Call(ast.Name(IN_PRINT.get(name, name)), arguments, [])


RULES = {
    # signs in the table
    "sin_sign": Slip("1/2", "The sign is wrong: (sin U)′ = cos U·U′."),
    "cos_sign": Slip("1/2", "The sign is wrong: (cos U)′ = −sin U·U′."),
    "tan_like_sign": Slip("1/2", "The sign is wrong: (tg U)′ = U′/cos² U, (th U)′ = U′/ch² U."),
    "ctg_sign": Slip("1/2", "The sign is wrong: (ctg U)′ = −U′/sin² U, (cth U)′ = −U′/sh² U."),
    "arcsin_sign": Slip("1/2", "The sign is wrong: (arcsin U)′ = U′/√(1 − U²)."),
    "arccos_sign": Slip("1/2", "The sign is wrong: (arccos U)′ = −U′/√(1 − U²)."),
    "arctg_sign": Slip("1/2", "The sign is wrong: (arctg U)′ = U′/(1 + U²)."),
    "ch_sign": Slip("1/2", "The sign is wrong: (ch U)′ = sh U·U′, unlike the cosine."),
    # inner functions
    "inner_derivative_lost": Slip("1/4", "You lost the derivative of an inner function: (f(U))′ = f′(U)·U′."),
    "coefficient_lost": Slip("1/4", "A constant factor is lost: (c·U)′ = c·U′."),
    "constant_kept": Slip(
        "1/4",
        "A term without {variable} stayed in the derivative: it is a constant here, and its derivative is 0.",
    ),
    # products and quotients
    "product_of_derivatives": Slip(
        0, "You multiplied the derivatives of the factors; but (UV)′ = U′V + UV′."
    ),
    "second_product_term_lost": Slip("1/4", "In the product rule only one term is left: (UV)′ = U′V + UV′."),
    "product_sign": Slip("1/2", "The product rule adds its terms: (UV)′ = U′V + UV′; you subtracted."),
    "quotient_of_derivatives": Slip(
        0, "You divided the derivatives by each other; but (U/V)′ = (U′V − UV′)/V²."
    ),
    "quotient_sign": Slip("1/2", "The quotient rule subtracts: (U/V)′ = (U′V − UV′)/V²; you added."),
    "quotient_swapped": Slip(
        "1/2", "The terms above the line of the quotient rule are swapped: (U/V)′ = (U′V − UV′)/V²."
    ),
    "quotient_denominator_not_squared": Slip(
        "1/2", "In the quotient rule the denominator is squared: (U/V)′ = (U′V − UV′)/V²."
    ),
    # powers and exponentials
    "power_rule_for_f_to_g": Slip(
        "1/4",
        "You used the power rule, as if the exponent were constant; here base and exponent depend on {variable}: "
        "(U^V)′ = U^V·(V′·ln U + V·U′/U).",
    ),
    "exponential_rule_for_f_to_g": Slip(
        "1/4",
        "You used the exponential rule, as if the base were constant; here base and exponent depend on {variable}: "
        "(U^V)′ = U^V·(V′·ln U + V·U′/U).",
    ),
    "power_rule_for_exponential": Slip(
        0,
        "You used the power rule on an exponential function; but (a^U)′ = a^U·ln a·U′, and (e^U)′ = e^U·U′.",
    ),
    "ln_a_lost": Slip("1/2", "The factor ln a is lost: (a^U)′ = a^U·ln a·U′."),
    "exponent_not_decremented": Slip("1/4", "The exponent must go down by one: (U^n)′ = n·U^(n−1)·U′."),
    "exponent_not_brought_down": Slip("1/4", "The exponent is missing as a factor: (U^n)′ = n·U^(n−1)·U′."),
    "sqrt_half_lost": Slip("1/2", "The 2 below the line is lost: (√U)′ = U′/(2√U)."),
    # logarithms
    "ln_of_inner": Slip(0, "You wrote 1/{variable} for the derivative of a logarithm; but (ln U)′ = U′/U."),
    "ln_not_inverted": Slip("1/4", "You divided by the logarithm instead of its argument: (ln U)′ = U′/U."),
    "log_base_lost": Slip("1/2", "The base of the logarithm is lost: (log_a U)′ = U′/(U·ln a)."),
    # what explains least is believed last
    "overall_sign": Slip("1/2", "The whole derivative has the wrong sign."),
}
SLIPS = {rule: {False: None, True: slip} for rule, slip in RULES.items()}

letters = ("x", "y", "t")
answer = Answer("answer", 3, Formula(letters), asks="`t2_answer`: the derivative.", slips=SLIPS)
steps = Answer(
    "steps",
    1,
    Derivation(letters),
    asks="`t2_steps`: the way there, a line for each step; every line equals the one before it, and the last one is "
    "your answer.",
    slips=SLIPS,
)
task = Task(parts=[answer, steps], variants=dealt)


@answer.oracle
def right(f, variable, **rules):
    wrong = frozenset(rule for rule, broken in rules.items() if broken)
    wrong = wrong & rules_at_work(f, variable) if wrong else wrong
    return derivative_by(f, variable, wrong) if wrong else right_derivative(f, variable)


@steps.oracle
def right_in_steps(f, variable, **rules):
    # the left side tells the comparator by which variable a prime differentiates
    return f"d/d{variable} = {right(f, variable, **rules)}"


@answer.misconception(credit="1/4")
@steps.misconception(credit="1/4")
def by_x(f):
    """You differentiated by x; the task asks for the derivative by {variable}."""
    return f"d/dx = {derivative(f, 'x')}"


@answer.misconception(credit="1/4")
@steps.misconception(credit="1/4")
def by_y(f):
    """You differentiated by y; the task asks for the derivative by {variable}."""
    return f"d/dy = {derivative(f, 'y')}"


@answer.misconception(credit="1/4")
@steps.misconception(credit="1/4")
def by_t(f):
    """You differentiated by t; the task asks for the derivative by {variable}."""
    return f"d/dt = {derivative(f, 't')}"


@lru_cache(maxsize=512)
def right_derivative(f, variable):
    """The derivative in the course's spelling, as the pages show it."""
    return in_print(derivative(f, variable))


@lru_cache(maxsize=4096)
def derivative_by(f, variable, wrong):
    """The derivative with wrong rules."""
    return write(differentiating.derivative(tree(f), variable, wrong))


@lru_cache(maxsize=512)
def rules_at_work(f, variable):
    """Wrong rules that change anything in this function; all others can be left out, singly and in pairs."""
    unchanged = differentiating.derivative(tree(f), variable)
    return frozenset(
        rule
        for rule in RULES
        if differentiating.derivative(tree(f), variable, frozenset({rule})) != unchanged
    )


@lru_cache(maxsize=512)
def tree(f):
    return read(f, Symbols(letters))
