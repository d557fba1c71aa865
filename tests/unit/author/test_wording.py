"""Dealt values in statements."""

from __future__ import annotations

import numpy as np

from grader.author import Matrix
from grader.author.catalogue import Catalogue


def test_a_matrix_is_rows_for_an_oracle_and_latex_for_a_reader() -> None:
    """numpy sees the numbers, a statement shows them as a matrix."""
    matrix = Matrix(((1, -2), (3, 4)))
    assert np.array(matrix).tolist() == [[1, -2], [3, 4]]
    shown = Catalogue().say("en", "Take $V = {picture}$.", {"picture": matrix})
    assert shown == r"Take $V = \begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}$."
