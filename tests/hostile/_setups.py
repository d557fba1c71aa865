"""The set-ups in which every attack is tried: which level, and as whom."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.box.zygote import Zygote, ZygoteFault

ORDINARY = 64_123
"""A user who has nothing."""

_STARTING = str(Path(__file__).parents[1] / "starting.py")
_AS_ORDINARY = (sys.executable, _STARTING, "--user", str(ORDINARY))
"""Gives the work folder to that user, and becomes it."""


@dataclass(frozen=True)
class Setup:
    """A level of the box and the user who starts it; `owner` is that user where it is not this one."""

    name: str
    level: str
    prefix: tuple[str, ...] = ()
    as_root: bool | None = None
    owner: int | None = None

    def start(self, warm: bool = True, packages: Sequence[str] = ()) -> Zygote:
        """Start the warm process. Raises `ZygoteFault`."""
        return Zygote(level=self.level, prefix=self.prefix, warm=warm, packages=packages)

    def reason_to_skip(self) -> str:
        """Why attacks are not tried here, or nothing. On CI level B must be had: there it is never skipped."""
        root = os.geteuid() == 0
        if self.as_root is not None and self.as_root != root:
            return "tests run as root" if root else "tests run as an ordinary user"
        try:
            self.start(warm=False).close()
        except ZygoteFault as fault:
            if self.level == "B" and os.environ.get("CI"):
                raise
            return str(fault)
        return ""


CONTROL = Setup("C-without-walls", "C")
"""What attacks succeed in."""

SETUPS = (
    Setup("A-as-root", "A", as_root=True),
    Setup("A-as-ordinary-user", "A", _AS_ORDINARY, True, ORDINARY)
    if os.geteuid() == 0
    else Setup("A-as-ordinary-user", "A"),
    Setup("B-without-namespaces", "B"),
)
