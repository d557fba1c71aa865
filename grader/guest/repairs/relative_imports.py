"""Imports inside a package (`from .layers import f`, `from course.layers import f`) find the file handed in."""

from __future__ import annotations

import sys
from types import ModuleType

from ..repairing import Register
from ..stand_ins import Finder, is_foreign, package_module

PACKAGE = "course.homework.part.submission"
"""The package that every source believes to be in, deep enough for `from ...layers import f`."""
_ROOT = PACKAGE.partition(".")[0]


def without_package(fullname: str) -> str:
    """Give the name of a module as the student wrote it, without the package we put around it."""
    words = fullname.split(".")
    for outer in PACKAGE.split("."):
        if len(words) > 1 and words[0] == outer:
            del words[0]
    return ".".join(words)


def prepare(register: Register) -> None:
    """Look among the sources for the last word of a dotted import that nothing else answers."""

    def make(fullname: str) -> ModuleType | None:
        if PACKAGE.startswith(f"{fullname}.") or fullname == PACKAGE:
            return package_module(fullname)
        parent, _, stem = fullname.rpartition(".")
        if not parent or is_foreign(fullname) or register.importer() is None:
            return None
        module = register.sibling(stem)
        if module is not None:
            register.note("relative_imports", stem if parent.startswith(_ROOT) else fullname)
        return module

    sys.meta_path.append(Finder(make))
