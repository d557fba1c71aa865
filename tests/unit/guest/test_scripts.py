"""Scripts in the box: each top-level statement fails alone."""

from __future__ import annotations

import numpy as np

from tests.unit.guest.submitted import notebook, script


def test_crash_at_import_costs_only_itself(play):
    """What stands after a crashing statement still runs, and the crash is remarked with its line."""
    played = play(script("x = 1\n1 / 0\ndef f():\n    return x + 1\n"), call="f")
    assert played.value == 2
    expected = {"file": "a.py", "line": "2", "kind": "ZeroDivisionError", "message": "division by zero"}
    assert [["statement_failed", expected]] == played.remarks


def test_system_exit_and_interrupt_fail_alone(play):
    """`sys.exit()` and KeyboardInterrupt at top level do not end the run."""
    played = play(script("import sys\nsys.exit(3)\nraise KeyboardInterrupt\nx = 5"), read=("x",))
    assert played.value == 5
    assert [d["kind"] for d in played.details("statement_failed")] == ["SystemExit", "KeyboardInterrupt"]


def test_remarks_on_failures_are_limited(play):
    """Of eight failing statements five are told singly and three are counted."""
    played = play(script("1 / 0\n" * 8))
    assert played.codes == ["statement_failed"] * 5 + ["more_failed"]
    assert played.details("more_failed") == [{"file": "a.py", "count": "3"}]


def test_main_block_does_not_run(play):
    """A script is a module: its `__name__` is the stem of its file."""
    played = play(script("name = __name__\nif __name__ == '__main__':\n    name = 'ran'\n"), read=("name",))
    assert played.value == "a"


def test_future_flags_hold_for_the_whole_file(play):
    """Annotations stay unevaluated in every statement after `from __future__ import annotations`."""
    text = (
        "from __future__ import annotations\nx = 1\n"
        "def f(a: Missing) -> Missing:\n    return f.__annotations__['a']\n"
    )
    played = play(script(text), call="f", arguments=(1,))
    assert played.value == "Missing"
    assert played.remarks == []


def test_source_is_found_by_inspect(play):
    """`inspect.getsource` gives the student's text."""
    played = play(script("import inspect\n\ndef f():\n    return inspect.getsource(f)\n"), call="f")
    assert played.value == "def f():\n    return inspect.getsource(f)\n"


def test_trace_names_the_students_lines(play):
    """A trace holds the student's frames only, outermost first, with the text of each line."""
    text = "import numpy as np\ndef g(x):\n    return np.linalg.inv(x)\n\ndef f(x):\n    y = x\n    return g(y)\n"
    played = play(script(text), call="f", arguments=(np.zeros((2, 2)),))
    kind, _, trace = played.answers[0]["raised"]
    assert kind == "LinAlgError"
    assert trace == [["a.py", 7, "return g(y)"], ["a.py", 3, "return np.linalg.inv(x)"]]


def test_announcing_leaves_out_declarations(play):
    """Only statements that may take long are announced, by their position in the file."""
    text = '"""Doc."""\nimport math\nX = 3\ndef f():\n    return X\nclass A:\n    pass\ny = f()\nprint(y)\n'
    assert play(script(text)).announced == [["a.py", 5], ["a.py", 6]]


def test_skipped_statement_does_not_run(play):
    """A statement in `skip` is neither announced nor run; an endless loop costs only itself."""
    played = play(
        script("x = [*range(1, 2)]\nwhile True:\n    pass\ny = [x[0] + 1]"),
        skip=(("a.py", 1),),
        read=("x", "y"),
    )
    assert played.values == [[1], [2]]
    assert played.announced == [["a.py", 0], ["a.py", 2]]


def test_broken_function_costs_only_itself(play):
    """Of a file that does not parse every readable top-level piece runs, at its own lines."""
    text = (
        "import math\n\ndef broken(x:\n    return x\n\n@staticmethod\ndef g(x):\n    return math.sqrt(x)\n\n"
        "def empty(x):\n    # your code here\n\ndef f(x):\n    return 1 / x\n"
    )
    played = play(script(text), questions=(["call", "g", [{"f": "0x1.0p+2"}]], ["call", "f", [{"i": "0"}]]))
    assert played.values[0] == 2.0
    assert played.answers[1]["raised"][2][0] == ["a.py", 14, "return 1 / x"]
    assert [d["line"] for d in played.details("syntax_error")] == ["3", "11"]


def test_text_that_is_not_python_is_remarked(play):
    """Prose, a NUL byte and deep nesting are syntax errors, not crashes."""
    for text in ("Dear teacher, here is my homework", "x = 1\0", "(" * 5000):
        assert {"syntax_error"} == set(play(script(text)).codes)


def test_crlf_bom_and_missing_last_newline(play):
    """Line ends of other systems and a byte-order mark make no difference."""
    played = play(script("\ufeffx = 1\r\nif x:\r\n    y = '''a\r\nb'''"), read=("y",))
    assert played.value == "a\nb"
    assert played.remarks == []


def test_missing_file_fails_alone(play):
    """An absolute path to a file that was not handed in costs only its statement."""
    played = play(script("data = open('/home/me/data.csv').read()\ndef f():\n    return 7\n"), call="f")
    assert played.value == 7
    assert [d["kind"] for d in played.details("statement_failed")] == ["FileNotFoundError"]


def test_find_prefers_the_students_own_function(play):
    """A function of the student beats an imported one of the same name, whatever the order of the files."""
    sources = (script("from numpy import *\n"), script("def convolve():\n    return 'mine'\n", "b.py"))
    assert play(*sources, call="convolve").value == "mine"


def test_find_does_not_offer_what_is_no_function(play):
    """A variable, a stand-in and an unknown name are all missing."""
    text = "import matplotlib.pyplot as f\nfrom utils import g\nh = 3\n"
    played = play(script(text), questions=[["call", name, []] for name in "fghi"])
    assert played.answers == [{"missing": True}] * 4


def test_read_takes_alternatives_and_items(play):
    """The first alternative that exists is read; a second name is a key of a dict."""
    source = script("q10 = {'dW': [1.0]}\nq11 = 5")
    names = [["q10_dW"], ["q10", "dW"]]
    played = play(source, questions=(["read", names], ["read", [["q11", "dW"], ["q12"]]]))
    assert played.values == [[1.0], {"missing": True}]


def test_sympy_values_are_text(play):
    """Sympy objects are read as text, in lists, tuples, dicts and matrices too."""
    text = (
        "from sympy import *\nx, y = symbols('x y')\na = x**2 + 1\n"
        "b = [a, (y, 2.5), {'k': x}]\nc = Matrix([[x, 1]])"
    )
    played = play(script(text), read=("a", "b", "c"))
    assert played.values == ["x**2 + 1", ["x**2 + 1", ("y", 2.5), {"k": "x"}], "Matrix([[x, 1]])"]
    assert played.answers[0]["value"] == {"y": "x**2 + 1"}


def test_sources_import_each_other_once(play):
    """A sibling is found by its stem, before its turn, and runs once."""
    first = script("from layers import *\nimport layers\ndef f():\n    return g() + layers.runs[0]\n")
    second = script("runs = [0]\nruns[0] += 1\ndef g():\n    return 10\n", "layers.py")
    played = play(first, second, call="f")
    assert played.value == 11
    assert played.remarks == []


def test_notebook_imports_a_script(play):
    """A notebook finds the scripts handed in beside it."""
    played = play(
        notebook("from layers import g", "x = g()"),
        script("def g():\n    return 4", "layers.py"),
        read=("x",),
    )
    assert played.value == 4


def test_standard_library_wins_over_a_sibling(play):
    """A file called `random.py` does not hide the module that everybody expects."""
    played = play(
        script("import random\nx = random.randint(3, 3)\n"), script("y = 1", "random.py"), read=("x", "y")
    )
    assert played.values == [3, 1]


def test_place_is_announced_again_after_a_sibling_ran(play):
    """A loop after an import inside a notebook cell is not blamed on the imported file."""
    sources = (notebook("import b\nx = 1"), script("y = list()\n", "b.py"))
    assert play(*sources).announced == [["hw.ipynb", 0], ["b.py", 0], ["hw.ipynb", 0]]


def test_warm_process_has_one_thread_and_writes_nothing(play):
    """Warming up starts no thread and leaves no file in the home or working folder."""
    assert play.warmed == {"threads": 1, "files": []}
