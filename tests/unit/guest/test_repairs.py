"""Repairs of language and names, and that each repair can be switched off."""

from __future__ import annotations

import pytest

from grader.guest.repairs import REPAIRS
from tests.unit.guest.submitted import notebook, script, whats

PYTHON2 = """
import numpy as np
from past.builtins import xrange
def f(n, d={}):
    print "n is", n
    total = 0
    for i in xrange(n):
        total += i / 2
    try:
        raise ValueError, "bad"
    except ValueError, error:
        pass
    if d.has_key(3) or n <> n:
        return None
    return total, 7 / 2, range(2) + [5], 0777, 7.0 / 2, zip([1], [2])
"""


def test_python2_is_translated(play):
    """Python 2 syntax runs, its integers divide to integers, its lists are lists."""
    played = play(script(PYTHON2), call="f", arguments=(4,))
    assert played.value == (2, 3, [0, 1, 5], 511, 3.5, [(1, 2)])
    assert played.answers[0]["used"] == ["python2"]
    assert {"Python 2 syntax", "past.builtins", "integer division"} == set(whats(played, "python2"))


def test_python2_true_division(play):
    """`from __future__ import division` keeps true division in a translated file."""
    text = "from __future__ import division\ndef f():\n    print 'x'\n    return 7 / 2\n"
    assert play(script(text), call="f").value == 3.5


def test_python2_notebook(play):
    """A notebook of Python 2 divides as such in all its cells."""
    played = play(notebook("print 'hello'", "x = 7 / 2\nx /= 2", "y = np.arange(3) / 2"), read=("x", "y"))
    assert played.values[0] == 1
    assert played.values[1].tolist() == [0, 0, 1]


def test_a_matrix_product_in_a_string_is_no_python3(play):
    """A formula in a string or a comment leaves the division of a Python 2 file alone; one in code does not."""
    text = "q10 = 'x.T @ dz'  # x @ W\nprint 'hello'\ny = 7 / 2\n"
    assert play(script(text), read=("y",)).value == 3
    assert play(notebook("print 'hello'", "z = np.eye(2) @ np.ones(2)\ny = 7 / 2"), read=("y",)).value == 3.5


def test_two_repairs_of_one_statement(play):
    """In a Python 2 file, items are added to and divided in place, whichever repair looks at them first."""
    text = "print 'x'\na = [7, 7]\na[0] += 2\na[1] /= 2.0\nb = 7\nb /= 2\n"
    assert play(script(text), read=("a", "b")).values == [[9, 3.5], 3]


def test_stray_print_does_not_change_division(play):
    """One Python 2 line in a notebook of Python 3 leaves its division alone."""
    played = play(notebook("print 'hello'", "print(f'{3}')\nx = 7 / 2"), read=("x",))
    assert played.value == 3.5


def test_python2_names_in_python3_text(play):
    """Names that Python 3 has lost are provided where nobody defines them."""
    text = (
        "def f():\n"
        "    return [i for i in xrange(2)], reduce(max, [1, 3]), isinstance('a', basestring), unichr(65)\n"
    )
    played = play(script(text), call="f")
    assert played.value == ([0, 1], 3, True, "A")
    assert played.answers[0]["used"] == ["python2"]


def test_names_of_the_students_own_stay(play):
    """A student's own `reduce`, `cmp` or `np` is not replaced."""
    text = "def reduce(x):\n    return 'mine'\ncmp = 3\ndef f():\n    return reduce(1), cmp\n"
    played = play(script(text), call="f")
    assert played.value == ("mine", 3)
    assert played.remarks == []


def test_tabs_and_spaces(play):
    """Tabs count to the next multiple of eight, as they did."""
    played = play(script("def f(x):\n\tif x:\n\t    y = 1\n        return y\n"), call="f", arguments=(1,))
    assert played.value == 1
    assert whats(played, "python2") == ["tabs"]


def test_forgotten_imports(play):
    """A module used by its usual name and never imported is provided, and only then."""
    played = play(
        script("def f():\n    return float(np.sqrt(4)), math.floor(2.5), random.randint(2, 2)\n"), call="f"
    )
    assert played.value == (2.0, 2, 2)
    assert sorted(
        detail["what"] for detail in played.details("repair") if detail["name"] == "forgotten_imports"
    ) == ["math", "np", "random"]


def test_star_import_is_not_taken_for_forgotten(play):
    """A name that a star import of a sibling brings is the sibling's."""
    sources = (
        script("from layers import *\ndef f():\n    return np\n"),
        script("np = 'theirs'\n", "layers.py"),
    )
    played = play(*sources, call="f")
    assert played.value == "theirs"
    assert played.answers[0]["used"] == []


FAILING_WITHOUT = {
    "forgotten_imports": "def f():\n    return int(np.prod([1]))\n",
    "helper_modules": "import dlcourse_ai\nf = dlcourse_ai and (lambda: 1)\n",
    "numpy_names": "import numpy as np\ndef f():\n    return np.int(1)\n",
    "one_element_float": "import numpy\ndef f():\n    return int(numpy.array([1]))\n",
    "plotting": "import seaborn\nf = seaborn and (lambda: 1)\n",
    "python2": "def f():\n    print 1\n    return 1\n",
    "relative_imports": "from .layers import f\n",
}


@pytest.mark.parametrize("name", REPAIRS)
def test_each_repair_can_be_switched_off(play, name):
    """Each repair is what makes its example work: alone it does, without it the example fails."""
    sources = (script(FAILING_WITHOUT[name]), script("def f():\n    return 1\n", "layers.py"))
    if name != "relative_imports":
        sources = sources[:1]
    text = sources[0]
    with_it = play(*sources, call="f", repairs=[name])
    assert with_it.value == 1
    without = play(
        text, call="f", repairs=[other for other in REPAIRS if other not in (name, "helper_modules")]
    )
    assert "value" not in without.answers[0]
