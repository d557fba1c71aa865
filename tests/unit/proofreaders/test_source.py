"""Cases that are proposed can be written into a task file as they stand."""

from __future__ import annotations

import numpy as np

from assignments.colloquium.given import trees
from grader.author import case, given
from grader.proofreaders._source import source_of_case


def test_a_case_is_written_as_an_author_would() -> None:
    """Arrays with numpy, given functions by the module that students know."""
    posed = case(np.array([[1.0, 2.5]]), given(trees.fit_stump), 3, (), aspect="one round")
    written = "yield case(np.array([[1.0, 2.5]]), given(trees.fit_stump), 3, (), aspect='one round')"
    assert source_of_case(posed) == written
