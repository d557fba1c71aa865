"""Whose modules task files import: those of their own course, also where another course has modules of such names."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType


def course_root(folder: Path) -> Path:
    """The folder from which task files import: the nearest one above that holds `reference/`, else the parent."""
    for parent in folder.parents:
        if (parent / "reference").is_dir():
            return parent
    return folder.parent


@contextmanager
def importing_from(root: Path) -> Iterator[None]:
    """Let the packages of the course at `root` go before all others of their names, and only here.

    A checkout of `grader` has a `reference/` of its own, and one process may load two courses.
    """
    set_aside: dict[str, ModuleType] = {}
    for package in {path.name for path in root.iterdir() if path.is_dir()} & {"reference", "assignments"}:
        modules = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == package}
        if not all(_below(root, module) for module in modules.values()):
            set_aside |= modules  # all of it: a namespace package may have folders in both courses
    _forget(set_aside)
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))
        if str(root) not in sys.path:
            sys.path.append(str(root))  # for what an oracle imports when it is called
        packages = {name.partition(".")[0] for name in set_aside}
        _forget([name for name in sys.modules if name.partition(".")[0] in packages])
        sys.modules.update(set_aside)


def _forget(names: Iterable[str]) -> None:
    for name in names:
        del sys.modules[name]


def _below(root: Path, module: ModuleType) -> bool:
    places = [getattr(module, "__file__", None) or root, *getattr(module, "__path__", ())]
    return all(Path(place).is_relative_to(root) for place in places)
