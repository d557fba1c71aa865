"""From a process that has just started to one behind walls, before anything heavy is imported."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from . import confine, levels


@dataclass
class Entered:
    """What a process has when it is behind the walls.

    control   the control socket
    proc      the folder /proc, which may not be seen any more otherwise
    """

    control: int
    walls: levels.Walls
    proc: int

    def leave_proc(self) -> None:
        """Forget /proc before a submission comes near."""
        os.close(self.proc)


def enter(control: int, work: str, guest: str, level: str) -> Entered | None:
    """Go behind the walls of a level, or the strongest there are; None when the trusted side was told why not."""
    control = _above_fixed(control)
    # occupied, so that no descriptor received is one of a child's fixed ones
    for number in (confine.JOB, confine.RESULT):
        os.dup2(0, number, inheritable=False)
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
    try:
        walls = levels.choose(levels.place(work, guest), level)
    except (levels.Unavailable, OSError) as error:
        os.write(control, json.dumps({"failed": str(error)}).encode())
        return None
    os.write(control, json.dumps({"level": walls.level, "refused": walls.refused}).encode())
    # the one that came with this process is the machine's, whose times a submission could set
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    if walls.home is not None:
        os.environ["HOME"] = walls.home
    return Entered(control, walls, proc)


def _above_fixed(descriptor: int) -> int:
    moved = os.dup(descriptor)
    while moved <= confine.RESULT:
        moved = os.dup(descriptor)
    os.close(descriptor)
    return moved
