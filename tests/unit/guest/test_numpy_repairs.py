"""Names, methods and conversions that numpy has removed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.guest.submitted import script, whats


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
    text = (
        "import numpy as np\nfrom numpy import product\ndef f():\n"
        "    return np.float(1)\ndef g():\n    return 2.0\n"
    )
    played = play(script(text), questions=[["call", name, []] for name in "ffg"])
    assert [answer["used"] for answer in played.answers] == [["numpy_names"], ["numpy_names"], []]
    assert whats(played, "numpy_names")[:1] == ["numpy.product"]


def test_methods_of_the_students_own_are_left_alone(play):
    """`ptp` and `reshape(newshape=)` of a student's class are the student's."""
    text = (
        "class A:\n    def ptp(self, n=1):\n        return n\n"
        "    def reshape(self, newshape):\n        return newshape\n"
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
        "import numpy as np\nout = np.zeros(2)\ndef g():\n"
        "    raise ValueError('setting an array element with a sequence.')\n"
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
    text = (
        "memo = [1, 1]\ndef g():\n    memo[0] = 100\n    return 5\n"
        "def f():\n    memo[0] += g()\n    return memo[0]\n"
    )
    assert play(script(text), call="f").value == 6
