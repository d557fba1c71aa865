"""Notebook cells in the box: all in order, each failing alone, magics and display harmless."""

from __future__ import annotations

import pytest

from tests.unit.guest.submitted import notebook, script


def test_cells_fail_alone(play):
    """A cell that raises costs the rest of that cell only."""
    played = play(notebook("x = 1", "y = 2\n1 / 0\ny = 3", "z = x + y"), read=("y", "z"))
    assert played.values == [2, 3]
    expected = {"file": "hw.ipynb", "cell": "2", "kind": "ZeroDivisionError", "message": "division by zero"}
    assert [["cell_failed", expected]] == played.remarks


def test_cells_are_announced_and_skipped(play):
    """Cells are announced by their position; those in `skip` are left out."""
    played = play(notebook("x = 1", "while True: pass", "y = 2"), skip=(("hw.ipynb", 1),), read=("y",))
    assert played.value == 2
    assert played.announced == [["hw.ipynb", 0], ["hw.ipynb", 2]]


def test_library_that_is_missing_does_not_end_the_cell(play):
    """A failing import in a cell of imports leaves the imports after it."""
    played = play(
        notebook("import tensorflow as tf\nimport math\ndef f():\n    return math.pi // 1"), call="f"
    )
    assert played.value == 3.0
    assert played.codes == ["module_missing", "cell_failed"]


@pytest.mark.parametrize(
    "line",
    [
        "%time y = 5",
        "%timeit -n 10 -r3 y = 5",
        "%prun y = 5",
        "%%time\ny = 5",
        "%%timeit -n 3\ny = 5",
        "%%capture out\ny = 5",
        "%%prun\ny = 5",
        "\n%%time\n%%capture\ny = 5",
        "get_ipython().run_line_magic('time', 'y = 5')",
        "get_ipython().magic('time y = 5')",
        "get_ipython().run_cell_magic('time', '', 'y = 5')",
    ],
)
def test_timing_magics_run_their_statement(play, line):
    """What a timing magic times is run, once."""
    played = play(
        notebook("y = 0\nruns = []", f"{line}\nruns.append(1)" if "%%" in line else line), read=("y",)
    )
    assert played.value == 5
    assert played.remarks == []


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "%load_ext autoreload\n%autoreload 2",
        "%cd /content/drive/MyDrive",
        "%run other.py",
        "%env A=1",
        "%nonsense at all",
        "x = %who_ls",
        "f?\n?f\nf??",
        "%config InlineBackend.figure_format = 'retina'",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
    ],
)
def test_other_magics_do_nothing(play, line):
    """A magic that is of no use is no error and no remark, and the cell goes on."""
    played = play(notebook(f"{line}\ny = 5"), read=("y",))
    assert played.value == 5
    assert played.remarks == []


@pytest.mark.parametrize("magic", ["%%html", "%%javascript", "%%latex", "%%nonsense"])
def test_other_cell_magics_swallow_their_cell(play, magic):
    """The body of a cell in another language is not run."""
    played = play(notebook(f"{magic}\n1 / 0\ny = 5", "z = 1"), read=("y", "z"))
    assert played.values == [{"missing": True}, 1]
    assert played.remarks == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("!pip install torch", "!pip install torch"),
        ("get_ipython().system('ls')", "!ls"),
        ("%pip install torch", "%pip install torch"),
        ("pip install torch", "%pip install torch"),
        ("%%bash\nrm -rf /", "%%bash"),
        ("%%writefile a.py\ny = 1", "%%writefile a.py"),
    ],
)
def test_commands_are_not_run_and_said_so(play, line, what):
    """A command for the system's shell is left out, with one remark."""
    played = play(notebook(line, "y = 5"), read=("y",))
    assert played.value == 5
    assert [["shell_ignored", {"file": "hw.ipynb", "what": what}]] == played.remarks


def test_output_of_a_command_is_empty(play):
    """`x = !cmd` gives an empty list."""
    assert play(notebook("x = !ls\nx = x"), read=("x",)).value == []


def test_script_saved_from_a_notebook(play):
    """A script with magics and `!` lines in it is read as a notebook is."""
    played = play(script("!pip install numpy\n%matplotlib inline\ndef f():\n    return 3\n"), call="f")
    assert played.value == 3
    assert played.remarks == [["shell_ignored", {"file": "a.py", "what": "!pip install numpy"}]]


def test_results_are_not_represented(play):
    """The value of a cell's last line is not turned into text, nor is what is displayed."""
    first = "class A:\n    def __repr__(self):\n        seen.append(1)\n        return 'A'\nseen = []"
    cells = ("from IPython.display import display as show, HTML, clear_output", first, "A()")
    played = play(
        notebook(*cells, "display(A())\nshow(A(), HTML('x'))\nclear_output()\nend = 1"), read=("seen", "end")
    )
    assert played.values == [[], 1]
    assert played.remarks == []


@pytest.mark.parametrize("line", ["input()", "input('n = ')", "import getpass; getpass.getpass()"])
def test_input_fails_at_once(play, line):
    """Asking somebody who is not there raises EOFError, in a cell and in a call."""
    played = play(notebook(line, f"def f():\n    {line}"), call="f")
    assert [d["kind"] for d in played.details("cell_failed")] == ["EOFError"]
    assert played.answers[0]["raised"][0] == "EOFError"


@pytest.mark.parametrize(
    "line",
    [
        "import pdb; pdb.set_trace()",
        "breakpoint()",
        "from IPython import embed; embed()",
        "from IPython.core.debugger import Tracer; Tracer()()",
        "from IPython.core.debugger import set_trace; set_trace()",
        "from IPython.terminal.embed import InteractiveShellEmbed; InteractiveShellEmbed()()",
        "import IPython.terminal.debugger; IPython.terminal.debugger.set_trace()",
        "import ipdb; ipdb.set_trace()",
    ],
)
def test_debugger_left_in_is_passed_over(play, line):
    """A debugger neither waits nor changes the result."""
    assert play(notebook(f"def f():\n    {line}\n    return 3"), call="f").value == 3


def test_broken_cell_costs_its_broken_part(play):
    """A syntax error is told with the cell, and the readable pieces of the cell still run."""
    played = play(notebook("x = 1", "def g(:\n    pass\ny = 2", "z = 3"), read=("x", "y", "z"))
    assert played.values == [1, 2, 3]
    assert [(d["file"], d["line"]) for d in played.details("syntax_error")] == [("hw.ipynb, cell 2", "1")]


def test_await_at_top_level_fails_alone(play):
    """A cell that awaits fails, the next one runs."""
    assert play(notebook("await something()", "y = 2"), read=("y",)).value == 2


def test_trace_names_the_cell(play):
    """Lines of a notebook are named by cell."""
    played = play(notebook("x = 0", "%time y = 1\ndef f():\n    return 1 / x"), call="f")
    assert played.answers[0]["raised"][2] == [["hw.ipynb, cell 2", 3, "return 1 / x"]]


def test_notebook_is_main(play):
    """In a notebook `__name__` is `__main__`, as students see it, and classes know their module."""
    cell = (
        "if __name__ == '__main__':\n    x = 1\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass A:\n    n: 'int' = 2\ny = A().n"
    )
    assert play(notebook(cell), read=("x", "y")).values == [1, 2]


def test_init_printing_is_harmless(play):
    """Sympy's pretty printing can be switched on."""
    played = play(
        notebook("from sympy import *\ninit_printing()\nx = symbols('x')\nx**2\ny = 1"), read=("y",)
    )
    assert played.value == 1
    assert played.remarks == []
