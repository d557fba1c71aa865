"""Modules that are not here: stand-ins, and siblings inside a package."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.guest.submitted import notebook, script, whats


def test_plotting_is_harmless(play):
    """Figures, axes, colour bars and progress bars accept what is done to them."""
    cell = (
        "import matplotlib.pyplot as plt, seaborn as sns\n"
        "from mpl_toolkits.mplot3d import Axes3D\nimport matplotlib\n"
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
    text = (
        "import numpy as np, matplotlib.pyplot as plt\ndef f(a):\n"
        "    a * plt.x + plt.y - a\n    return plt.x is None\n"
    )
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
    assert whats(played, "helper_modules") == ["cs231n.data_utils", "dlcourse_ai", "utils"]


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
    text = (
        "from solver import Base\nclass A(Base):\n    def g(self):\n"
        "        return 4\ndef f():\n    return A().g()\n"
    )
    assert play(script(text), call="f").value == 4


def test_compiling_decorators_are_transparent(play):
    """`numba` is not there; its functions run as they are."""
    text = (
        "from numba import njit, jit\n@njit\ndef f(x):\n    return x + 1\n"
        "@jit(nopython=True)\ndef g(x):\n    return f(x)\n"
    )
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
    assert whats(played, "helper_modules") == []


def test_relative_import_of_what_is_missing(play):
    """A relative import of a helper that was not handed in is named as the student wrote it."""
    text = "from ..data.utils import load\nfrom . import tools\ndef f():\n    return load()\n"
    played = play(script(text), call="f")
    expected = "load cannot be used: the helper module 'data.utils' was not handed in"
    assert played.answers[0]["raised"][1] == expected
    assert whats(played, "helper_modules") == ["data.utils", "tools"]
