"""What a course gives to its students: modules that they may import, and functions handed over as arguments.

An argument {"g": [module, name, [leading arguments]]} stands for a function of a given module, with its leading
arguments filled in. Only the trusted side may write it: nothing reads it in an answer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from . import plain
from .running import reserve
from .stand_ins import Finder

_kept: dict[str, dict[str, Any]] = {}


def give(texts: Mapping[str, str]) -> None:
    """Make modules of `texts` (name → source) importable, before anything of the submission runs.

    What they hold is remembered: a submission may change a module for itself, not what is handed over to it.
    """

    def make(fullname: str) -> ModuleType | None:
        if fullname not in texts:
            return None
        module = ModuleType(fullname)
        exec(compile(texts[fullname], f"{fullname}.py", "exec", dont_inherit=True), module.__dict__)
        return module

    reserve(set(texts))
    if texts:
        sys.meta_path.insert(0, Finder(make))
    for name in texts:
        _kept[name] = dict(vars(import_module(name)))


def argument(encoded: Any) -> Any:
    """Give the live value of one posed argument. Raises `plain.Malformed`."""
    if type(encoded) is not dict or "g" not in encoded:
        return plain.decode(encoded)
    module, name, leading = encoded["g"]
    function: Callable[..., Any] = _kept[module][name]
    return partial(function, *map(plain.decode, leading)) if leading else function
