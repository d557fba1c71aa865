"""Starts the warm process: `python … __main__.py CONTROL-DESCRIPTOR WORK-FOLDER LEVEL PACKAGES SITE-PACKAGES…`.

LEVEL is the level of confinement that is wanted, or empty for the strongest that this machine can have.
PACKAGES names, with commas between them, what is to be warm beside numpy.

Run by its path, so that the package above it is not on the path of the box: this folder becomes the
top-level package `guest`, and what must stay outside cannot be imported even where it is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

OUTSIDE = frozenset({"grader", "reference", "assignments"})


class Wall:
    """A finder that finds nothing outside the box."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        """Refuse what is outside, leave the rest to the finders that follow."""
        if name.partition(".")[0] in OUTSIDE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def open_guest(folder: Path) -> None:
    """Make `folder` importable as the package `guest`."""
    spec = spec_from_file_location("guest", folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise ImportError(f"no package in {folder}")
    module = module_from_spec(spec)
    sys.modules["guest"] = module
    spec.loader.exec_module(module)


def main(control: str, work: str, level: str, packages: str, *site_packages: str) -> None:
    """Serve until the other end of `control` closes."""
    # no .pth file is processed: one of an editable installation would lead out of the box
    sys.path.extend(site_packages)
    sys.meta_path.insert(0, Wall)
    guest = Path(__file__).parent
    open_guest(guest)
    # before anything is imported that is not needed for it: all that comes later stays behind the walls
    entered = import_module("guest.entering").enter(int(control), work, str(guest), level)
    if entered is not None:
        import_module("guest.zygote").serve(entered, work, packages.split(",") if packages else [])


if __name__ == "__main__":
    main(*sys.argv[1:])
