"""Dealt values that read well in a statement."""

from __future__ import annotations


class Matrix(tuple[tuple[int, ...], ...]):
    """Dealt rows of numbers: nested tuples for an oracle, a LaTeX matrix in a statement: `$V = {picture}$`."""

    __slots__ = ()

    def __str__(self) -> str:
        rows = r" \\ ".join(" & ".join(map(str, row)) for row in self)
        return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
