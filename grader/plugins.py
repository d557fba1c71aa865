"""A plural folder is an extension point: one file, one thing, found by its name."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def names(package: str) -> list[str]:
    """Names of the plugins in `package` (such as "grader.exporters"), in alphabetical order.

    A file whose name begins with an underscore serves the others and is no plugin.
    """
    found = (module.name for module in iter_modules(import_module(package).__path__))
    return sorted(name for name in found if not name.startswith("_"))


def load(package: str, name: str) -> ModuleType:
    """Import the plugin `name` of `package`. Raises `LookupError` that lists what there is."""
    known = names(package)
    if name not in known:
        raise LookupError(f"{package} has no {name!r}; there is {', '.join(known)}")
    return import_module(f"{package}.{name}")
