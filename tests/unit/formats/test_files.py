"""What each form of a file is read as."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.formats import notebook, script, sheet, toml
from grader.model.submission import Source

ASKED = {"q10": frozenset({"dW", "dx"}), "t2": frozenset({"steps"})}


def notebook_of(*cells: Any, **more: Any) -> bytes:
    """The bytes of a notebook."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more}).encode()


def remarks(source: Source | None) -> list[str]:
    """Codes of the remarks."""
    assert source is not None
    return [remark.code for remark in source.remarks]


def test_a_script_is_one_cell() -> None:
    """A script is run as a whole."""
    assert script.read("A.PY", b"x = 1\n", ASKED) == Source("A.PY", "script", ("x = 1\n",))


def test_a_program_called_script_is_told() -> None:
    """A file that is not Python at all has no cells, and two remarks."""
    source = script.read("a.py", b"PK\x03\x04\0\0", ASKED)
    assert source is not None
    assert (source.cells, remarks(source)) == ((), ["not_text", "not_python"])


def test_a_heading_of_an_old_notebook_is_read() -> None:
    """Notebooks of format 3 keep every text as a list of lines, their headings, too."""
    cells = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Homework", " 1"]},
        {
            "cell_type": "code",
            "input": ["x = 1\n", "y = 2"],
            "language": "python",
            "metadata": {},
            "outputs": [],
        },
    ]
    old = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    source = notebook.read("a.ipynb", json.dumps(old).encode(), ASKED)
    assert source is not None
    assert (source.cells, source.remarks) == (("x = 1\ny = 2",), ())


def test_code_cells_keep_their_order_and_markdown_answers() -> None:
    """Code cells run in order; answers stand in Markdown cells, under a heading of an earlier cell too."""
    data = notebook_of(
        {"cell_type": "markdown", "source": ["# q10\n", "prose\n"]},
        {"cell_type": "code", "source": "a = 1", "outputs": [{"text": "q10_dx = 9"}]},
        {"cell_type": "markdown", "source": "dW = 1"},
        {"cell_type": "code", "source": ["b = 2\n", "c = 3"]},
    )
    expected = Source("a.ipynb", "notebook", ("a = 1", "b = 2\nc = 3"), {"q10": {"dW": "1"}})
    assert notebook.read("a.ipynb", data, ASKED) == expected


def test_damaged_cells_are_passed_over() -> None:
    """A cell without a type, a number for a cell or a source that is no text do not lose the other cells."""
    data = notebook_of(7, {"source": "x"}, {"cell_type": "code"}, {"cell_type": "code", "source": "a = 1"})
    source = notebook.read("a.ipynb", data, ASKED)
    assert source is not None
    assert source.cells == ("", "a = 1")


def test_half_a_surrogate_pair_is_replaced() -> None:
    r"""JSON can spell `\ud800`, which no file can hold: it would stop whatever writes it down later."""
    data = notebook_of({"cell_type": "code", "source": "x = 'A'"}).replace(b"'A'", b"'\\ud800'")
    source = notebook.read("a.ipynb", data, ASKED)
    assert source is not None
    assert source.cells == ("x = '?'",)


def test_a_notebook_of_2013_is_converted() -> None:
    """Version 3 kept its cells in worksheets, and code in `input`."""
    cells = [
        {
            "cell_type": "code",
            "input": ["a = 1\n", "b = 2"],
            "language": "python",
            "outputs": [],
            "collapsed": False,
        },
        {"cell_type": "markdown", "source": ["## q10\n", "dW = 3"]},
        {"cell_type": "heading", "level": 2, "source": "t2"},
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    source = notebook.read("a.ipynb", json.dumps(old).encode(), ASKED)
    assert source == Source("a.ipynb", "notebook", ("a = 1\nb = 2",), {"q10": {"dW": "3"}})


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b"null",
        b'"cells"',
        b"{}",
        b'{"cells": 3}',
        b'{"cells": null}',
        b'{"nbformat": "4", "cells": []}',
        b'{"nbformat": 3}',
        b'{"nbformat": -1, "cells": []}',
        b'{"nbformat": 3, "worksheets": [{"cells": [{}]}]}',
        b"[" * 200_000,
        b'{"cells": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_broken_notebook_is_told(data: bytes) -> None:
    """JSON that is cut off, deep, or of another shape is a remark."""
    assert remarks(notebook.read("a.ipynb", data, ASKED)) == ["broken_notebook"]


def test_a_broken_notebook_says_where() -> None:
    """Where JSON ends too early, the page names line and column."""
    source = notebook.read("a.ipynb", b'{"cells": [\n  {"cell_type"', ASKED)
    assert source is not None
    assert source.remarks[0].detail == {"file": "a.ipynb", "message": "line 2, column 15"}


def test_a_notebook_of_very_many_cells_is_cut() -> None:
    """Two thousand cells are read, and the page says that there are more."""
    source = notebook.read("a.ipynb", notebook_of(*[{"cell_type": "code", "source": "1"}] * 2001), ASKED)
    assert source is not None
    assert (len(source.cells), remarks(source)) == (2000, ["too_many_cells"])


def test_a_sheet_has_answers_and_no_cells() -> None:
    """An answer sheet is never run."""
    assert sheet.read("a.md", b"# q10\r\ndW = 1\r\n", ASKED) == Source(
        "a.md", "sheet", (), {"q10": {"dW": "1"}}
    )


def test_a_sheet_without_answers_is_told() -> None:
    """A text that answers nothing says what could have been answered."""
    source = sheet.read("a.txt", "Здравствуйте!".encode(), ASKED)
    assert source is not None
    assert source.remarks[0].detail == {"file": "a.txt", "tasks": "q10, t2"}


def test_toml_answers_keep_their_text() -> None:
    """A table for each task; values of other types are written as Python would, lists of texts as lines."""
    data = 'T2 = ["2 x", "= x + x"]\n[q10]\ndW = [[1, 2], [3, 4]]\ndx = 0.5\n[notes]\na = 1\n'
    expected = {"t2": {"": "2 x\n= x + x"}, "q10": {"dW": "[[1, 2], [3, 4]]", "dx": "0.5"}}
    assert toml.read("a.toml", data.encode(), ASKED) == Source("a.toml", "sheet", (), expected)


@pytest.mark.parametrize(
    "text",
    [
        "q10 = ",
        "[q10\n",
        "q10 = " + "[" * 50_000,
        "q10 = " + "9" * 5_000,
        "q10 = 0x" + "f" * 5_000,
        ".".join("a" * 40_000) + " = 1",
        "q10 = { " + "a." * 40_000 + "b = 1 }",
        "# " + "long" * 30_000,
    ],
    ids=["empty", "open", "deep", "digits", "hexadecimal", "dots", "inline dots", "long"],
)
def test_broken_toml_is_told(text: str) -> None:
    """What is no TOML, or would take the parser's time and memory, is a remark."""
    assert remarks(toml.read("a.toml", text.encode(), ASKED)) == ["broken_sheet"]
