"""The derivative of a composite function

Find the derivative by ${variable}$ of

$${shown}$$

The other letters are constants. Any equivalent form will do, written as you like: `ln` or `log`, `tg` or `tan`,
`arctg` or `atan`, `sh` or `sinh`, `e^(xy)` or `exp(x*y)`, `^` or `**`.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from grader.author import Answer, Task
from grader.author.derivatives import derivative_slips, differentiated
from grader.author.expressions import grown, in_latex, numbered
from grader.author.near_misses import broken_line, jumped
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
    return {"f": f, "variable": letters["v"], "shown": in_latex(f, "xyt")}


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


NEVER_DEALT = (
    *("arcctg_sign", "sigmoid_of_argument", "double_angle", "named_constants_varied"),
    *("implicit_derivative_dropped", "inner_derivative_of_power_lost"),
)
"""Wrong rules that no function that is dealt can show, or show apart from others."""

SLIPS = derivative_slips(without=NEVER_DEALT)

letters = ("x", "y", "t")
answer = Answer(
    "answer", 3, Formula(letters), asks="`t2_answer`: the derivative.", slips=SLIPS, occasional=True
)
steps = Answer(
    "steps",
    1,
    Derivation(letters),
    asks="`t2_steps`: the way there, a line for each step; every line equals the one before it, and the last one is "
    "your answer.",
    slips=SLIPS,
    near=[jumped("1/4"), broken_line("1/2")],
    occasional=True,
)
task = Task(parts=[answer, steps], variants=dealt)


@answer.oracle
def right(f, variable, **rules):
    if any(rules.values()):
        wrong = differentiated(f, variable, letters, rules)
        if wrong != differentiated(f, variable, letters):
            return wrong
    return right_derivative(f, variable)


@steps.oracle
def right_in_steps(f, variable, **rules):
    # the left side tells the comparator by which variable a prime differentiates, and what
    return f"d/d{variable}({f}) = {right(f, variable, **rules)}"


@answer.misconception(credit="1/4")
@steps.misconception(credit="1/4")
def by_x(f):
    """You differentiated by x; the task asks for the derivative by {variable}."""
    return f"d/dx({f}) = {derivative(f, 'x')}"


@answer.misconception(credit="1/4")
@steps.misconception(credit="1/4")
def by_y(f):
    """You differentiated by y; the task asks for the derivative by {variable}."""
    return f"d/dy({f}) = {derivative(f, 'y')}"


@answer.misconception(credit="1/4")
@steps.misconception(credit="1/4")
def by_t(f):
    """You differentiated by t; the task asks for the derivative by {variable}."""
    return f"d/dt({f}) = {derivative(f, 't')}"


@lru_cache(maxsize=512)
def right_derivative(f, variable):
    """The derivative in the course's spelling, as the pages show it."""
    return in_print(derivative(f, variable))
