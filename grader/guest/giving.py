"""What a course gives to its students: modules that they may import, and functions handed over as arguments.

An argument {"g": [module, name, [leading arguments]]} stands for a function of a given module, with its leading
arguments filled in. Only the trusted side may write it: nothing reads it in an answer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any

from . import plain
from .running import reserve
from .stand_ins import Finder

_texts: dict[str, str] = {}
_kept: dict[str, dict[str, Any]] = {}


def give(texts: Mapping[str, str]) -> None:
    """Let modules of `texts` (name → source) be imported, before anything of the submission runs.

    Each is made when it is first needed. What it holds is remembered then: a submission may change a module for
    itself, not what is handed over to it.
    """
    _texts.update(texts)
    reserve(set(texts))
    if texts:
        sys.meta_path.insert(0, Finder(lambda name: _made(name) if name in _texts else None))


def _made(name: str) -> ModuleType:
    module = ModuleType(name)
    exec(compile(_texts[name], f"{name}.py", "exec", dont_inherit=True), module.__dict__)
    _kept.setdefault(name, dict(vars(module)))
    return module


def argument(encoded: Any) -> Any:
    """Give the live value of one posed argument. Raises `plain.Malformed`."""
    if type(encoded) is not dict or "g" not in encoded:
        return plain.decode(encoded)
    module, name, leading = encoded["g"]
    if module not in _kept:
        # not `import_module`, which would give what a submission has put in its place
        sys.modules.setdefault(module, _made(module))
    function: Callable[..., Any] = _kept[module][name]
    return partial(function, *map(plain.decode, leading)) if leading else function
