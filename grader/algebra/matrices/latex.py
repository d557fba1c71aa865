"""Matrix formulas as LaTeX."""

from __future__ import annotations

from fractions import Fraction

from grader.algebra.latex import latex_function, latex_symbol
from grader.algebra.matrices.bounds import BETWEEN
from grader.algebra.matrices.names import MatrixSymbols
from grader.algebra.matrices.nodes import Index, Matrix
from grader.algebra.matrices.writing import BETWEEN_SHOWN

SUMS, PRODUCTS, FACTORS, BASES = range(4)
_SIGNS = {"add": "+", "subtract": "-", "product": "\\,", "elements": "\\odot", "star": "\\cdot"}
SCALED = "\\cdot"
_NAMES = {"trace": "tr", "diag": "diag", "mean": "mean", "sum": "sum", "size": "size"}


def write_matrix_latex(node: Matrix, symbols: MatrixSymbols) -> str:
    """Give LaTeX without the signs of mathematics mode around it, such as `X^{T} \\, \\left(P - Y\\right)`."""
    return _Typesetter(symbols).at(node, SUMS)


class _Typesetter:
    def __init__(self, symbols: MatrixSymbols) -> None:
        self.families = {family.name: family for family in symbols.patterns}
        numbers = all(shape == ("1", "1") for _, shape in (*symbols.shapes, *symbols.families))
        self.signs = _SIGNS | ({"elements": SCALED} if numbers else {})

    def at(self, node: Matrix, binding: int) -> str:
        """The formula, in brackets where it binds more loosely than that."""
        text, own = self.text(node)
        return f"\\left({text}\\right)" if own < binding else text

    def text(self, node: Matrix) -> tuple[str, int]:
        """The formula and how tightly it binds."""
        match node.operation:
            case "add" | "subtract":
                left, right = self.at(node.parts[0], SUMS), self.at(node.parts[1], PRODUCTS)
                return f"{left} {self.signs[node.operation]} {right}", SUMS
            case "product" | "elements" | "star":
                left, right = self.at(node.parts[0], PRODUCTS), self.at(node.parts[1], FACTORS)
                scaled = node.operation != "product" and any(
                    part.operation == "number" for part in node.parts
                )
                return f"{left} {SCALED if scaled else self.signs[node.operation]} {right}", PRODUCTS
            case "divide":
                above, below = (self.at(part, SUMS) for part in node.parts)
                return f"\\frac{{{above}}}{{{below}}}", FACTORS
            case "negate":
                return f"-{self.at(node.parts[0], PRODUCTS)}", SUMS
            case "transpose" | "inverse":
                power = "T" if node.operation == "transpose" else "-1"
                return f"{self.at(node.parts[0], BASES)}^{{{power}}}", FACTORS
            case "total" | "chain":
                sign, bounds = "\\sum" if node.operation == "total" else "\\prod", node.value
                ends = f"_{{{_shown(bounds.letter)} = {_shown(bounds.lower)}}}^{{{_shown(bounds.upper)}}}"
                return f"{sign}{ends} {self.at(node.parts[0], PRODUCTS)}", SUMS
            case "outer":
                left, right = (self.at(part, FACTORS) for part in node.parts)
                return f"{left} \\otimes {right}", PRODUCTS
        return self.noun(node), BASES

    def noun(self, node: Matrix) -> str:
        """A number, a symbol, or a function with its argument."""
        match node.operation:
            case "number":
                return _number(node.value)
            case "symbol":
                return latex_symbol(node.value)
            case "indexed":
                return self.indexed(*node.value)
            case "ones":
                return f"1_{{{node.value[0]} \\times {node.value[1]}}}"
            case "identity":
                return f"I_{{{node.value}}}"
            case "norm":
                return f"\\left\\|{self.at(node.parts[0], SUMS)}\\right\\|"
        axis = "" if node.value is None else f"_{{axis={node.value}}}"
        named = node.operation == "apply"
        name = latex_function(node.value) if named else f"\\operatorname{{{_NAMES[node.operation]}}}{axis}"
        return f"{name}\\left({self.at(node.parts[0], SUMS)}\\right)"

    def indexed(self, name: str, indices: tuple[Index, ...]) -> str:
        """A symbol of a family with its indices."""
        family = self.families[name]
        above, below = family.parted(indices)
        if not family.below:
            return _symbol(family.above, above)
        under = f"{latex_symbol(family.below)}_{{*}}" if family.starred else _symbol(family.below, below)
        return f"\\frac{{\\partial {_symbol(family.above.lstrip('∂'), above)}}}{{\\partial {under}}}"


def _symbol(name: str, indices: tuple[Index, ...]) -> str:
    symbol = latex_symbol(name)
    return f"{symbol}_{{{','.join(map(_shown, indices))}}}" if indices else symbol


def _shown(index: Index | str) -> str:
    return str(index).replace(BETWEEN, BETWEEN_SHOWN)


def _number(value: Fraction) -> str:
    text = (
        str(abs(value.numerator))
        if value.denominator == 1
        else f"\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    )
    return text if value >= 0 else f"\\left(-{text}\\right)"
