"""What is quoted of a submission stands in the submission."""

from __future__ import annotations

from typing import Any

import pytest

from grader.box.quoting import Quotable
from grader.model.job import Job
from grader.model.observation import Observation, Trouble
from grader.model.submission import Source

SOURCES = (
    Source("a.py", "script", ("def f():\n    return 1 / 0\n",)),
    Source("w.ipynb", "notebook", ("import numpy", "x = 1\r\ny = x / 0")),
)
JOB = Job("someone", SOURCES, (), repairs=frozenset({"python2"}))

PLACES = {
    ("a.py", 2, "return 1 / 0"): (("a.py", 2, "return 1 / 0"),),
    ("a.py", 2, "hidden input"): (("a.py", 2, "return 1 / 0"),),
    ("a.py", 1, "return 1 / 0"): (("a.py", 1, "return 1 / 0"),),
    ("w.ipynb, cell 2", 2, "y = x / 0"): (("w.ipynb, cell 2", 2, "y = x / 0"),),
    ("a.py", 0, ""): (),
    ("a.py", 4000, "hidden input"): (),
    ("hidden input", 1, ""): (),
    ("w.ipynb, cell 3", 1, ""): (),
}


@pytest.mark.parametrize("told", PLACES)
def test_only_places_of_the_submission_are_told(told: tuple[str, int, str]) -> None:
    """A file, line or text that the submission does not have is left out or put right."""
    observation = Observation("raised", trouble=Trouble("E", "m", (told,)))
    expected = Observation("raised", trouble=Trouble("E", "m", PLACES[told]))
    assert Quotable(JOB).checked(observation) == expected


def test_only_repairs_that_are_on_are_named() -> None:
    """A name that is no repair of this job is left out."""
    observation = Observation("returned", repairs=("hidden input", "python2", "plotting"))
    assert Quotable(JOB).checked(observation).repairs == ("python2",)


def test_traces_of_notebooks_and_long_lines_arrive(observe: Any) -> None:
    """What really stands in a cell is quoted, cut like any long line."""
    long = "raise ValueError  # " + "ё" * 400
    outcomes = observe((Source("w.ipynb", "notebook", ("pass", f"def f():\n    {long}")),), "f")
    assert outcomes.observations["0"].trouble.trace == (("w.ipynb, cell 2", 2, long[:200]),)
