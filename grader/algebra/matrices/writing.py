"""Matrix formulas as text that reads back as the same formula."""

from __future__ import annotations

from fractions import Fraction

from grader.algebra.matrices.bounds import BETWEEN
from grader.algebra.matrices.names import Family, MatrixSymbols
from grader.algebra.matrices.nodes import Index, Matrix

BETWEEN_SHOWN = "l"
_SIGNS = {"add": "+", "subtract": "-", "product": "@", "elements": "⊙", "star": "*", "divide": "/"}
_NAMES = {"inverse": "inv", "trace": "trace", "norm": "norm", "diag": "diag", "mean": "mean", "sum": "sum"}


def write_matrix(node: Matrix, symbols: MatrixSymbols) -> str:
    """Give the text of a formula: `X.T @ (dY @ W.T ⊙ f'(Z)) / N`."""
    return _Writer({family.name: family for family in symbols.patterns}).at(node, 0)


class _Writer:
    def __init__(self, families: dict[str, Family]) -> None:
        self.families = families

    def at(self, node: Matrix, binding: int) -> str:
        """The text, in brackets where it binds more loosely than 0 sums, 1 products, 2 factors."""
        text, own = self.text(node)
        return f"({text})" if own < binding else text

    def text(self, node: Matrix) -> tuple[str, int]:
        """The text and how tightly it binds."""
        match node.operation:
            case "add" | "subtract":
                left, right = self.at(node.parts[0], 0), self.at(node.parts[1], 1)
                return f"{left} {_SIGNS[node.operation]} {right}", 0
            case "product" | "elements" | "star" | "divide":
                left, right = self.at(node.parts[0], 1), self.at(node.parts[1], 2)
                return f"{left} {_SIGNS[node.operation]} {right}", 1
            case "negate":
                return f"-{self.at(node.parts[0], 1)}", 0
            case "number":
                return _number(node.value)
            case "transpose":
                return f"{self.at(node.parts[0], 2)}.T", 2
            case "total" | "chain":
                name, bounds = "sum" if node.operation == "total" else "prod", node.value
                body = self.at(node.parts[0], 0)
                letter = bounds.letter.replace(BETWEEN, BETWEEN_SHOWN)
                return f"{name}({letter}={bounds.lower}..{bounds.upper}, {body})", 2
        return self.leaf(node), 2

    def leaf(self, node: Matrix) -> str:
        """A symbol, or a function with its arguments."""
        match node.operation:
            case "symbol":
                return str(node.value)
            case "indexed":
                return self.indexed(*node.value)
            case "ones":
                return f"ones({node.value[0]}, {node.value[1]})"
            case "identity":
                return f"eye({node.value})" if node.value else "I"
            case "size":
                return f"({self.at(node.parts[0], 2)}).shape[{node.value}]"
            case "outer":
                return f"outer({self.at(node.parts[0], 0)}, {self.at(node.parts[1], 0)})"
            case "apply":
                return f"{node.value}({self.at(node.parts[0], 0)})"
        axis = "" if node.value is None else f", axis={node.value}"
        return f"{_NAMES[node.operation]}({self.at(node.parts[0], 0)}{axis})"

    def indexed(self, name: str, indices: tuple[Index, ...]) -> str:
        """A symbol of a family with its indices."""
        family = self.families[name]
        above, below = family.parted(indices)
        top = family.above + _index(above)
        if not family.below:
            return top
        return f"∂{top}/∂{family.below}{'_*' if family.starred else _index(below)}"


def _index(indices: tuple[Index, ...]) -> str:
    return (
        "_{" + ",".join(str(index).replace(BETWEEN, BETWEEN_SHOWN) for index in indices) + "}"
        if indices
        else ""
    )


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1 and value >= 0:
        return str(value.numerator), 2
    return f"({value.numerator}/{value.denominator})", 2
