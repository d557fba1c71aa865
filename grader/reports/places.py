"""Where templates and the catalogues of the engine's own words lie."""

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
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "locale" / "en.po").is_file():
            return folder
    raise InternalError(f"the installation is incomplete: there are no templates beside {package}")
