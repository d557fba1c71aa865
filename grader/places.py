"""Where templates, the catalogues of the engine's own words and the catalogue of faults lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import grader
from grader.errors import InternalError

PACKAGE = Path(grader.__file__).resolve().parent


@cache
def templates(package: Path = PACKAGE) -> Path:
    """The folder of templates: in a wheel inside the package, in a source checkout beside it.

    Raises `InternalError` where there is neither.
    """
    return _brought("templates", "locale/en.po", package)


@cache
def documents(package: Path = PACKAGE) -> Path:
    """The folder that holds `faults.md`, found as `templates` are. Raises `InternalError`."""
    return _brought("docs", "faults.md", package)


def _brought(name: str, file: str, package: Path) -> Path:
    for folder in (package / name, package.parent / name):
        if (folder / file).is_file():
            return folder
    raise InternalError(f"the installation is incomplete: there is no {name}/{file} beside {package}")
