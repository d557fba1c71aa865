"""Matrix formulas in LaTeX: what the course expects, as right answers and as mistakes, reads back as itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.algebra.matrices.equality import compare_matrices, expected_matrix
from grader.algebra.matrices.latex import write_matrix_latex
from grader.algebra.matrices.names import MatrixSymbols
from grader.author.readings import convention_settings, full_reading, names_used, single_readings
from grader.comparators.matrix_formula import MatrixFormula
from grader.judge.dealing import deal
from grader.judge.expecting import Expectations
from tests.specimens.answering import asking

TASKS = ("q10", "q11", "q16", "q17")
SYMBOLS = MatrixSymbols((("A", ("n", "n")), ("B", ("n", "n"))), functions=("f", "f'"))


def expected() -> Iterator[tuple[str, MatrixSymbols]]:
    """Every formula that some reading of the course expects, with what it may be made of."""
    assignment = asking(*TASKS)
    expectations, hand = Expectations(assignment), deal(assignment, "ivanov")
    for task in assignment.tasks.values():
        for part in task.parts:
            if not isinstance(part.compare, MatrixFormula):
                continue
            for setting in convention_settings(task, names_used(part)):
                for reading in (full_reading(part, setting), *single_readings(part, setting)):
                    value = expectations.expected(task, part, 0, reading, hand, {})
                    for text in value if isinstance(value, tuple) else (value,):
                        yield text, part.compare.known


def test_what_is_set_reads_back() -> None:
    """Sums and products with bounds, derivatives with indices, transposes, functions: none is set as another one."""
    formulas = list(expected())
    assert len(formulas) > 100
    for text, known in formulas:
        latex = write_matrix_latex(expected_matrix(text, known), known)
        assert compare_matrices(text, latex, known) is None, latex


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("(A + B).T @ A", r"\left(A + B\right)^{T} \, A"),
        ("A @ (B - A) * 2", r"A \, \left(B - A\right) \cdot 2"),
        ("A.T.T", r"\left(A^{T}\right)^{T}"),
        ("(A @ B) / n", r"\frac{A \, B}{n}"),
        ("-(A + B)", r"-\left(A + B\right)"),
        ("f'(A)", r"f'\left(A\right)"),
        ("inv(A) @ B", r"A^{-1} \, B"),
        ("sum(A, axis=0)", r"\operatorname{sum}_{axis=0}\left(A\right)"),
    ],
)
def test_brackets_stand_where_they_are_needed(text: str, latex: str) -> None:
    """And nowhere else."""
    assert write_matrix_latex(expected_matrix(text, SYMBOLS), SYMBOLS) == latex
