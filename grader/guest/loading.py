"""From the sources of a submission to its functions and variables."""

from __future__ import annotations

import builtins
import linecache
import pkgutil
import sys
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any

from . import parsing
from .cells import Cells, new_shell
from .quieting import quiet
from .repairing import File, Register, handlers_for, modules, rewrite
from .repairs import REPAIRS, relative_imports
from .running import Announce, Course, Unit, reserve
from .stand_ins import Absent, Finder, Harmless
from .symbols import textual

_LONGEST_LINE = 200
_OURS = frozenset({"grader", "reference", "assignments", "guest"})


def warm() -> None:
    """Do once, before forking, whatever submissions have in common; leaves a single thread."""
    shell = _shell()
    vars(builtins)["get_ipython"] = shell.get_ipython
    quiet()
    reserve({module.name for module in pkgutil.iter_modules()})
    _rehearse(shell)


def _rehearse(shell: Cells) -> None:
    """Go once through what every submission goes through, so that caches are filled before the fork."""
    text = shell.python_of(_SAMPLE)
    tree = parsing.parse(text, True, shell.python_of).tree
    register = Register(frozenset(REPAIRS))
    rewrite(tree, handlers_for(File("sample.py", text, [tree]), register))
    exec(compile(tree, "sample.py", "exec", dont_inherit=True), {"get_ipython": shell.get_ipython})
    parsing.parse("print 1", True, shell.python_of)
    # numpy imports many of its modules only when they are asked for, and a star asks for all
    exec("from numpy import *", {})


_SAMPLE = """\
%matplotlib inline
import math
import numpy as np
from numpy import float64
%time x = np.zeros(1)
!ls
y = !ls
x?
def f(x: float, *rest: int) -> float:
    out = np.zeros(3)
    for i in range(3):
        out[i] = math.exp(float(x)) % 2
        out[i] += 1
    return [str(np) for xrange in rest]
"""


def _shell() -> Cells:
    return Cells.instance() if Cells.initialized() else new_shell()


class Loaded:
    """A submission that has been run, to be asked for functions and variables."""

    def __init__(self, register: Register, units: list[Unit]) -> None:
        self._register = register
        self._units = units

    @property
    def remarks(self) -> list[tuple[str, dict[str, str]]]:
        """What the student should be told: codes with their details, in the order of events."""
        return self._register.remarks

    def repairs_used(self) -> list[str]:
        """Give the repairs relied on since this was last called."""
        return self._register.take_used()

    def find(self, entry: str) -> Callable[..., Any] | None:
        """Give the callable of that name, one written by the student before one that was imported."""
        found = [unit.namespace[entry] for unit in self._units if entry in unit.namespace]
        candidates = [value for value in found if _is_answer(value)]
        for value in candidates:
            if type(value) is FunctionType and value.__code__.co_filename in self._register.files:
                return value
        return candidates[0] if candidates else None

    def read(self, names: list[list[str]]) -> tuple[bool, object]:
        """Give (True, value) of the first of `names` that exists, else (False, None).

        A name is [variable] or [variable, key of a dict]; sympy objects come as `plain.Symbolic`.
        """
        for variable, *keys in names:
            for unit in self._units:
                if variable not in unit.namespace:
                    continue
                value = unit.namespace[variable]
                for key in keys:
                    if not issubclass(type(value), dict) or not dict.__contains__(value, key):
                        break
                    value = dict.__getitem__(value, key)
                else:
                    return True, textual(value)
        return False, None

    def trace(self, error: BaseException) -> list[tuple[str, int, str]]:
        """Give (file, line, text of the line) of the student's own frames, outermost first."""
        places = []
        place = error.__traceback__
        while place is not None:
            file = place.tb_frame.f_code.co_filename
            if file in self._register.files:
                line = place.tb_lineno
                places.append((file, line, linecache.getline(file, line).strip()[:_LONGEST_LINE]))
            place = place.tb_next
        return places


def _is_answer(value: object) -> bool:
    return callable(value) and not issubclass(type(value), (Harmless, Absent))


def load(
    sources: list[dict[str, Any]],
    repairs: frozenset[str],
    skip: set[tuple[str, int]],
    announce: Announce,
) -> Loaded:
    """Run the sources, each a dict of `name`, `kind` (script, notebook, sheet) and `cells`, in their order.

    `announce(file, index)` is called before each cell and each top-level statement that may take long; those
    in `skip` are left out. Whatever the sources raise is remarked and never raised.
    """
    register = Register(repairs & frozenset(REPAIRS))
    package = relative_imports.PACKAGE if "relative_imports" in register.active else ""
    course = Course(sources, register, skip, announce, _shell(), package)
    register.sibling = course.sibling

    def sibling(fullname: str) -> ModuleType | None:
        return course.sibling(fullname) if "." not in fullname and register.importer() else None

    def refuse(fullname: str) -> None:
        if fullname.partition(".")[0] in _OURS and register.importer():
            register.remark_once("module_missing", name=fullname.partition(".")[0])
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)

    sys.meta_path.insert(0, Finder(refuse))
    sys.meta_path.append(Finder(sibling))
    for module in modules(register.active):
        if hasattr(module, "prepare"):
            module.prepare(register)
    course.run()
    return Loaded(register, course.units)
