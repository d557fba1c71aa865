"""Plotting, progress bars and pictures are replaced by stand-ins that do nothing: pictures are not marked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

import numpy as np

from ..repairing import Register
from ..stand_ins import Finder, Harmless, harmless_attribute, harmless_module

_ALWAYS = frozenset({"matplotlib", "mpl_toolkits", "pylab", "seaborn", "plotly", "bokeh", "tqdm"})
_WHEN_MISSING = frozenset({"PIL", "cv2", "imageio", "skimage", "graphviz", "pydot", "ipywidgets", "altair"})


class Bar:
    """A progress bar that only iterates."""

    def __init__(self, iterable: Any = None, *arguments: Any, **keywords: Any) -> None:
        self._iterable = () if iterable is None else iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def __getattr__(self, name: str) -> Any:
        return harmless_attribute(name, lambda: None)


def _range(*arguments: Any, **keywords: Any) -> Bar:
    return Bar(range(*arguments))


_BARS = {
    "tqdm": Bar, "tqdm_notebook": Bar, "trange": _range, "tnrange": _range,
    "tqdm_gui": Bar, "auto": Bar,
}  # fmt: skip


def pylab_names(plots: Harmless) -> dict[str, Any]:
    """Give what `from pylab import *` brings: numpy's names, and plots."""
    names = {name: getattr(np, name) for name in np.__all__}
    return {**names, "np": np, "plt": plots, "pylab": plots}


def _contents(fullname: str, note: Callable[[], None]) -> dict[str, Any]:
    root = fullname.partition(".")[0]
    if root == "tqdm":
        return {name: bar for name, bar in _BARS.items() if name != "auto"}
    if fullname in ("pylab", "matplotlib.pylab"):
        return pylab_names(Harmless(note))
    return {}


def prepare(register: Register) -> None:
    """Put the stand-ins before the real modules, and for pictures behind them."""

    def make(fullname: str) -> ModuleType | None:
        root = fullname.partition(".")[0]
        if root not in _ALWAYS and not (root in _WHEN_MISSING and PathFinder.find_spec(root) is None):
            return None
        note = partial(register.note, "plotting", root)
        if register.importer() is not None:
            note()
        return harmless_module(fullname, note, _contents(fullname, note))

    sys.meta_path.insert(0, Finder(make))
