"""Repairs of the environment: what worked for the student works here, and is said."""

from __future__ import annotations

import numpy as np
import pytest

from grader.guest.repairs import REPAIRS
from tests.unit.guest.submitted import notebook, script


def whats(played, name):
    """What the remarks say about a repair."""
    return [detail["what"] for detail in played.details("repair") if detail["name"] == name]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("np.zeros(2, dtype=np.float).tolist()", [0.0, 0.0]),
        ("np.int(3.7)", 3),
        ("np.object is object and np.str is str and np.complex is complex", True),
        ("bool(np.bool(1))", True),
        ("str(np.float_(2).dtype) + str(np.complex_(2).dtype)", "float64complex128"),
        ("[np.Inf, np.PINF, np.infty, -np.NINF]", [np.inf] * 4),
        ("bool(np.isnan(np.NaN) and np.isnan(np.NAN))", True),
        ("int(np.product([2, 3]))", 6),
        ("np.cumproduct([2, 3]).tolist()", [2, 6]),
        ("bool(np.sometrue([0, 1])) and not np.alltrue([0, 1])", True),
        ("np.asfarray([1]).tolist()", [1.0]),
        ("np.in1d([1, 2], [2]).tolist()", [False, True]),
        ("float(np.trapz([1, 3], dx=2))", 4.0),
        ("float(np.trapz([1, 3], [0, 1]))", 2.0),
        ("np.row_stack(([1], [2])).tolist()", [[1], [2]]),
        ("np.mat([[1, 2]]).T.tolist()", [[1], [2]]),
        ("np.msort(np.array([[2], [1]])).tolist()", [[1], [2]]),
        ("float(np.round_(2.4))", 2.0),
        ("np.asscalar(np.array([3]))", 3),
        ("str(np.find_common_type([np.float32], [np.int64]))", "float64"),
        ("float(np.array([3.0, 1.0]).ptp())", 2.0),
        ("np.array([[3, 1], [1, 1]]).ptp(axis=1).tolist()", [2, 0]),
        ("np.array([1], '<i2').newbyteorder().tolist()", [256]),
        ("np.reshape(np.arange(4), newshape=(2, 2)).tolist()", [[0, 1], [2, 3]]),
        ("np.arange(4).reshape(newshape=(2, 2)).tolist()", [[0, 1], [2, 3]]),
    ],
)
def test_numpy_names(play, expression, expected):
    """A name, method or keyword that numpy has removed does what it did."""
    assert (
        expected == play(script(f"import numpy as np\ndef f():\n    return {expression}\n"), call="f").value
    )


def test_numpy_itemset(play):
    """`itemset` takes a flat index, a tuple, several indices or none."""
    text = (
        "import numpy as np\ndef f():\n    a = np.zeros((2, 2)); b = np.zeros(())\n    a.itemset(1, 5)\n"
        "    a.itemset((1, 0), 6)\n    a.itemset(1, 1, 7)\n    b.itemset(8)\n    return a.tolist(), b.tolist()\n"
    )
    assert play(script(text), call="f").value == ([[0.0, 5.0], [6.0, 7.0]], 8.0)


def test_numpy_repair_is_told_and_noted_per_call(play):
    """A repair is remarked once per what, and reported for each call that relied on it."""
    text = "import numpy as np\nfrom numpy import product\ndef f():\n    return np.float(1)\ndef g():\n    return 2.0\n"
    played = play(script(text), questions=[["call", name, []] for name in "ffg"])
    assert [answer["used"] for answer in played.answers] == [["numpy_names"], ["numpy_names"], []]
    assert whats(played, "numpy_names")[:1] == ["numpy.product"]


def test_methods_of_the_students_own_are_left_alone(play):
    """`ptp` and `reshape(newshape=)` of a student's class are the student's."""
    text = (
        "class A:\n    def ptp(self, n=1):\n        return n\n    def reshape(self, newshape):\n        return newshape\n"
        "def f():\n    return A().ptp(n=4), A().reshape(newshape=5)\n"
    )
    assert play(script(text), call="f").value == (4, 5)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("float(a)", 2.0),
        ("int(a)", 2),
        ("complex(a)", 2 + 0j),
        ("math.sqrt(a * 2)", 2.0),
        ("m.pow(a, 2)", 4.0),
        ("exp(a - 2)", 1.0),
        ("'%.1f' % a", "2.0"),
        ("'%d %s' % (a, 'x')", "2 x"),
    ],
)
def test_one_element_array_is_a_number(play, expression, expected):
    """Conversions, functions of `math` and `%` take an array of one element, of any dimension."""
    head = "import math, numpy as np\nimport math as m\nfrom math import exp\n"
    text = f"{head}def f(a):\n    return {expression}\n"
    for shape in ((1,), (1, 1)):
        played = play(script(text), call="f", arguments=(np.full(shape, 2.0),))
        assert expected == played.value
        assert played.answers[0]["used"] == ["one_element_float"]


def test_longer_arrays_are_still_refused(play):
    """`float` of two elements is a TypeError, repaired or not."""
    played = play(script("def f(a):\n    return float(a)\n"), call="f", arguments=(np.zeros(2),))
    assert played.answers[0]["raised"][0] == "TypeError"


def test_store_of_a_one_element_array(play):
    """`out[i, j] = array` and `+=` take an array of one element, in the order in which Python evaluates."""
    text = (
        "import numpy as np\ndef f():\n    out = np.zeros((2, 2)); calls = []\n"
        "    def g(x):\n        calls.append(x)\n        return np.array([[x]])\n"
        "    out[0, 1] = g(3.0)\n    out[0, 1] += g(4.0)\n    out[1][len(calls) - 1] -= g(1.0)\n"
        "    return out.tolist(), calls\n"
    )
    played = play(script(text), call="f")
    assert played.value == ([[0.0, 7.0], [0.0, -1.0]], [3.0, 4.0, 1.0])
    assert played.answers[0]["used"] == ["one_element_float"]


def test_store_keeps_the_errors_of_the_value(play):
    """A ValueError raised by the value, or a store that is truly wrong, reaches the student as it is."""
    text = (
        "import numpy as np\nout = np.zeros(2)\ndef g():\n    raise ValueError('setting an array element with a sequence.')\n"
        "def f():\n    out[0] = np.array([1.0])\n    out[0] = g()\ndef h():\n    out[0] = np.zeros(2)\n"
    )
    played = play(script(text), questions=[["call", name, []] for name in "fh"])
    assert [answer["raised"][0] for answer in played.answers] == ["ValueError"] * 2
    assert (played.answers[0]["raised"][2]) == [
        ["a.py", 7, "out[0] = g()"],
        ["a.py", 4, "raise ValueError('setting an array element with a sequence.')"],
    ]


def test_recursive_update_reads_before_it_calls(play):
    """`memo[n] += f(n - 1)` still reads `memo[n]` before the call."""
    text = "memo = [1, 1]\ndef g():\n    memo[0] = 100\n    return 5\ndef f():\n    memo[0] += g()\n    return memo[0]\n"
    assert play(script(text), call="f").value == 6


def test_plotting_is_harmless(play):
    """Figures, axes, colour bars and progress bars accept what is done to them."""
    cell = (
        "import matplotlib.pyplot as plt, seaborn as sns\nfrom mpl_toolkits.mplot3d import Axes3D\nimport matplotlib\n"
        "from tqdm import tqdm, trange\nmatplotlib.rcParams['figure.figsize'] = (10, 8)\nmatplotlib.use('Agg')\n"
        "fig, axes = plt.subplots(2, 3, figsize=(3, 4))\nfig2, ax = plt.subplots()\nline, = ax.plot([1], [2], 'r-')\n"
        "n, bins, patches = plt.hist([1])\nfor a in axes.flat:\n    a.set_title('x').foo[3] = 2\n"
        "with plt.style.context('ggplot'):\n    plt.show(block=True)\nline.set_color('r')\nsns.set()\n"
        "plt.gca().x = 3\nw = 2 * plt.gcf().get_figwidth() + 1\n"
        "shape = axes.shape, [i for i in tqdm(range(3), desc='x')], list(trange(2)), plt.subplots(1, 2)[1].shape\n"
        "bar = tqdm(total=3)\nbar.update(1)\nend = 1\n"
    )
    played = play(notebook(cell), read=("shape", "end"))
    assert played.values == [((2, 3), [0, 1, 2], [0, 1], (2,)), 1]
    assert {"matplotlib", "seaborn", "mpl_toolkits", "tqdm"} == set(whats(played, "plotting"))


def test_plotting_in_arithmetic_with_arrays(play):
    """A stand-in on either side of an array gives a stand-in, no error."""
    text = "import numpy as np, matplotlib.pyplot as plt\ndef f(a):\n    a * plt.x + plt.y - a\n    return plt.x is None\n"
    assert play(script(text), call="f", arguments=(np.ones(2),)).value is False


def test_missing_pictures_library_is_stood_in_for(play):
    """A library for pictures that is not installed does no harm."""
    text = "from PIL import Image\nimport cv2, imageio\nImage.open('x.png').resize((3, 3))\ndef f():\n    return 1\n"
    played = play(script(text), call="f")
    assert played.value == 1
    assert played.details("statement_failed") == []


def test_helper_module_fails_only_where_it_is_called(play):
    """What a missing helper module would have given fails when called, and says why."""
    text = (
        "from cs231n.data_utils import load_data\nimport dlcourse_ai\nfrom utils import *\n"
        "def f():\n    return 1\ndef g():\n    return load_data('x')\n"
    )
    played = play(script(text), questions=[["call", name, []] for name in "fg"])
    assert played.values[0] == 1
    kind, message, trace = played.answers[1]["raised"]
    expected = "load_data cannot be used: the helper module 'cs231n.data_utils' was not handed in"
    assert ("ModuleNotFoundError", expected) == (kind, message)
    assert trace == [["a.py", 7, "return load_data('x')"]]
    assert whats(played, "helper_modules") == ["cs231n", "cs231n.data_utils", "dlcourse_ai", "utils"]


def test_import_that_is_expected_to_fail_fails(play):
    """Inside `try … except ImportError` the fall-back runs."""
    text = "try:\n    from fast_layers import f\nexcept ImportError:\n    def f():\n        return 'slow'\n"
    played = play(script(text), call="f")
    assert played.value == "slow"
    assert played.remarks == []


def test_known_library_is_not_stood_in_for(play):
    """A real library that is not there is an ImportError and a remark; so is anything of the grader's."""
    played = play(script("import tensorflow as tf\nfrom reference.convolution import f\nx = 1"), read=("x",))
    assert played.value == 1
    assert played.details("module_missing") == [{"name": "tensorflow"}, {"name": "reference"}]
    assert len(played.details("statement_failed")) == 2


def test_colab_drive(play):
    """Mounting a drive does nothing."""
    cell = "from google.colab import drive\ndrive.mount('/content/drive')\nx = 1"
    played = play(notebook(cell), read=("x",))
    assert played.value == 1
    assert whats(played, "helper_modules") == ["google.colab"]


def test_class_derived_from_a_missing_one(play):
    """A class whose base is missing still exists."""
    text = "from solver import Base\nclass A(Base):\n    def g(self):\n        return 4\ndef f():\n    return A().g()\n"
    assert play(script(text), call="f").value == 4


def test_compiling_decorators_are_transparent(play):
    """`numba` is not there; its functions run as they are."""
    text = "from numba import njit, jit\n@njit\ndef f(x):\n    return x + 1\n@jit(nopython=True)\ndef g(x):\n    return f(x)\n"
    assert play(script(text), call="g", arguments=(2,)).value == 3


@pytest.mark.parametrize(
    "line",
    [
        "from .layers import *",
        "from .layers import g",
        "from ..classifiers.layers import g",
        "from . import layers; g = layers.g",
        "from cs231n.layers import g",
        "import cs231n.layers as l; g = l.g",
        "from cs231n.classifiers.layers import *",
    ],
)
def test_relative_imports_find_the_sibling(play, line):
    """An import inside the course's package finds the file that was handed in."""
    played = play(
        script(f"{line}\ndef f():\n    return g()\n"),
        script("def g():\n    return 6\n", "layers.py"),
        call="f",
    )
    assert played.value == 6
    assert played.details("statement_failed") == []
    assert len(whats(played, "relative_imports")) == 1


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
    assert {"Python 2 syntax", "past", "past.builtins", "integer division"} == set(whats(played, "python2"))


def test_python2_true_division(play):
    """`from __future__ import division` keeps true division in a translated file."""
    text = "from __future__ import division\ndef f():\n    print 'x'\n    return 7 / 2\n"
    assert play(script(text), call="f").value == 3.5


def test_python2_notebook(play):
    """A notebook of Python 2 divides as such in all its cells."""
    played = play(notebook("print 'hello'", "x = 7 / 2\nx /= 2", "y = np.arange(3) / 2"), read=("x", "y"))
    assert played.values[0] == 1
    assert played.values[1].tolist() == [0, 0, 1]


def test_stray_print_does_not_change_division(play):
    """One Python 2 line in a notebook of Python 3 leaves its division alone."""
    played = play(notebook("print 'hello'", "print(f'{3}')\nx = 7 / 2"), read=("x",))
    assert played.value == 3.5


def test_python2_names_in_python3_text(play):
    """Names that Python 3 has lost are provided where nobody defines them."""
    text = "def f():\n    return [i for i in xrange(2)], reduce(max, [1, 3]), isinstance('a', basestring), unichr(65)\n"
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
