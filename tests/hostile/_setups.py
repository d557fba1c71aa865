"""The set-ups in which every attack is tried: which level, and as whom."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from grader.box.selftest import level
from grader.box.zygote import Zygote

ORDINARY = 64_123
"""A user who has nothing."""


@dataclass(frozen=True)
class Setup:
    """A level of the box and the user who starts it; `missing` says why this machine cannot have it, or nothing."""

    name: str
    level: str
    start: Callable[[], Zygote]
    missing: Callable[[], str]
    owner: int | None = None

    def reason_to_skip(self) -> str:
        """Why attacks are not tried here, or nothing; on CI, level B must be had."""
        why = self.missing()
        if why and self.level == "B" and os.environ.get("CI"):
            raise AssertionError(f"level B must hold here: {why}")
        return why


CONTROL = Setup("C-nothing-isolates", "C", lambda: Zygote(level="C"), lambda: "")
"""What attacks succeed in."""

SETUPS = (Setup(f"{level()}-as-it-is", level(), Zygote, lambda: ""),)
