"""Functions in answer sheets: what is code is run, what is an answer stays one."""

from __future__ import annotations

import json

from grader.formats import notebook, sheet, toml
from grader.formats.notebook import GIVEN
from grader.model.submission import Source

ASKED = {"q1": frozenset({"z", "steps"})}
FUNCTION = "import numpy as np\n\ndef f(x):\n    # twice\n    return 2 * x"


def read(text: str, name: str = "a.md") -> Source:
    """A sheet."""
    source = (toml if name.endswith(".toml") else sheet).read(name, text.encode(), ASKED)
    assert source is not None
    return source


def test_a_fenced_function_is_code() -> None:
    """A block of Python that defines something is a cell, and its comments are no headings."""
    source = read(f"## q1\n\n```python\n{FUNCTION}\n```\n\nq1_z = 3\n\n~~~py\nclass A: pass\n~~~\n")
    assert (source.cells, source.answers) == ((FUNCTION, "class A: pass"), {"q1": {"z": "3"}})


def test_a_fenced_answer_stays_an_answer() -> None:
    """A formula, or the steps of a derivation, between backticks is no code; neither is another language."""
    source = read("## q1\n\n```\nz = x.T @ dz\n```\n\n### steps\n\n```text\nimport of x\n= 2\n```\n")
    assert source.cells == ()
    assert source.answers["q1"]["z"] == "x.T @ dz"
    assert "import of x" in source.answers["q1"]["steps"]


def test_a_block_that_is_never_closed_goes_on_to_the_end() -> None:
    """As Markdown has it."""
    assert read(f"q1_z = 3\n\n```python\n{FUNCTION}").cells == (FUNCTION,)


def test_a_sheet_may_hold_functions_only() -> None:
    """Then nothing is missed in it."""
    assert read(f"```python\n{FUNCTION}\n```\n").remarks == ()
    assert read(f"[q1]\nf = '''\n{FUNCTION}'''\n", "a.toml").remarks == ()


def test_a_text_in_toml_that_defines_something_is_code() -> None:
    """Under any key but that of an answer; what is left blank is nothing."""
    source = read(f"[q1]\nz = ''\nsteps = '''\nimport\n= 2'''\nf = '''\n{FUNCTION}'''\n", "a.toml")
    assert (source.cells, source.answers) == ((FUNCTION,), {"q1": {"steps": "import\n= 2"}})


def test_what_was_given_in_a_notebook_is_no_answer() -> None:
    """A statement that reads like an answer is passed over; the same text of a student is read."""
    cells = [
        {"cell_type": "markdown", "metadata": metadata, "source": f"q1_{part} = 7"}
        for part, metadata in (("z", {GIVEN: True}), ("steps", {GIVEN: False}))
    ]
    source = notebook.read("a.ipynb", json.dumps({"cells": cells, "nbformat": 4}).encode(), ASKED)
    assert source is not None
    assert source.answers == {"q1": {"steps": "7"}}
