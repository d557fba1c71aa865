"""Levels of confinement, strongest first; which of them this machine can have is found out by doing it.

A   namespaces, a root of its own, a filter of system calls, and Landlock where there is any
B   Landlock and the filter
B−  the filter: files that the user can read are exposed
C   a plain process with limits: files, network and processes of the user are exposed
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from errno import ENOSYS, EOPNOTSUPP
from pathlib import Path
from typing import NoReturn

from . import identity, kernel, landlock, namespaces, seccomp

LEVELS = ("A", "B", "B-", "C")
_LONGEST = 1 << 12


class Unavailable(Exception):  # noqa: N818 - named after what happened
    """This machine has no such level; the message says which call failed."""


@dataclass(frozen=True)
class Place:
    """What walls are built around.

    work      an existing folder of the warm process's own
    readable  folders of the interpreter, packages and libraries
    guest     the folder of this package, which the warm process reads, but no child
    user      an unused user to become, where this one is privileged
    """

    work: str
    readable: Sequence[str]
    guest: str
    user: int | None


@dataclass
class Walls:
    """What has been built once, around the warm process; `confine` puts each child behind it.

    home      where children live, if it is always the same
    others    processes of the same user as far as the kernel counts them, or None where it counts strangers, too
    refused   why the stronger levels could not be had
    """

    level: str
    home: str | None = None
    others: int | None = None
    rules: landlock.Rules | None = None
    myself: int | None = None
    filters: dict[bool, bytes] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def own_processes(self) -> bool:
        """Whether each child has process ids of its own, so that nothing it starts outlives it."""
        return self.myself is not None

    def fork(self) -> int:
        """Fork; the child is the first process of a namespace where there are namespaces."""
        if self.myself is None:
            return os.fork()
        kernel.unshare(kernel.CLONE_NEWPID)
        pid = -1
        try:
            pid = os.fork()
        finally:
            if pid != 0:
                # back, or the next child could not have a namespace of its own
                kernel.setns(self.myself, kernel.CLONE_NEWPID)
        return pid

    def separate(self, size_mb: int) -> None:
        """In the child: have nothing in common with others that could be changed."""
        if self.own_processes:
            namespaces.separate_child(size_mb)

    def close_behind(self, processes: bool) -> None:
        """In the child, at the end: no privileges, no foreign files, no calls but those of the policy."""
        if self.own_processes:
            kernel.drop_capabilities()
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        if self.rules is not None:
            self.rules.obey()
            self.rules.close()
        if self.filters:
            kernel.seccomp(self.filters[processes])


def place(work: str, guest: str) -> Place:
    """What is there to build around, as this process finds it. Raises `OSError`."""
    readable = namespaces.outermost([*sys.path, *namespaces.libraries()])
    return Place(work, readable, guest, identity.unused() if os.geteuid() == 0 else None)


def choose(where: Place, wanted: str = "") -> Walls:
    """Build the strongest walls that hold here, or those that are wanted. Raises `Unavailable`."""
    refused: dict[str, str] = {}
    for level in [wanted] if wanted else LEVELS:
        why = _try(level, where) if level in LEVELS else "no such level"
        if not why:
            if level == "A":
                # its children live in memory, and later it could not be reached
                os.chdir("/")
                Path(where.work).rmdir()
            walls = build(level, where)
            walls.refused = refused
            return walls
        refused[level] = why
    raise Unavailable("; ".join(f"level {level!r}: {why}" for level, why in refused.items()))


def build(level: str, where: Place) -> Walls:
    """Build walls around this process. Raises `OSError`.

    At level A it is a child of this process that returns: only that can have new process ids. This one waits for
    its end.
    """
    walls = Walls(level)
    if level == "A":
        namespaces.enter(namespaces.outermost([*where.readable, where.guest]), where.user)
        _continue_in_child()
        kernel.drop_bounding_set()
        walls.home, walls.others, walls.myself = namespaces.HOME, 2, os.pidfd_open(os.getpid())
    else:
        walls.others = _become_nobody(where)
    if level in ("A", "B"):
        own = str(Path(namespaces.HOME).parent) if level == "A" else where.work
        try:
            walls.rules = landlock.Rules(where.readable, namespaces.DEVICES, own)
        except OSError as error:
            # a root of its own hides what the rules would guard, so that level A holds on older kernels, too
            if level == "B" or error.errno not in (ENOSYS, EOPNOTSUPP):
                raise
    if level != "C":
        for processes in (False, True):
            policy = seccomp.Policy(alone=level == "A", processes=processes)
            walls.filters[processes] = seccomp.assemble(policy)
    return walls


def _try(level: str, where: Place) -> str:
    """Build it and confine a child, all in a throw-away child; gives why that fails, or nothing."""
    told, tell = os.pipe()
    trial = os.fork()
    if trial == 0:
        _rehearse(level, where, tell)
    os.close(tell)
    with os.fdopen(told, errors="replace") as pipe:
        why = pipe.read(_LONGEST)
    _, status = os.waitpid(trial, 0)
    return why or (f"ended with status {status}" if status else "")


def _rehearse(level: str, where: Place, tell: int) -> NoReturn:
    code = 1
    try:
        walls = build(level, where)
        child = walls.fork()
        if child == 0:
            walls.separate(1)
            walls.close_behind(False)
            _prove(walls, where)
        else:
            _, code = os.waitpid(child, 0)
    except Exception as error:  # noqa: BLE001 - told to whoever tries, whatever it is
        os.write(tell, str(error).encode()[:_LONGEST])
    finally:
        os._exit(1 if code else 0)


def _prove(walls: Walls, where: Place) -> NoReturn:
    """In a confined child: what every submission needs must go well."""
    for folder in where.readable:
        any(Path(folder).iterdir())
    note = Path(walls.home or where.work, "note")
    note.write_text("", encoding="utf-8")
    note.unlink()
    Path("/dev/null").read_bytes()
    os._exit(0)


def _continue_in_child() -> None:
    """Return in a new child only; the parent does nothing but wait, and ends as it does."""
    child = os.fork()
    if child == 0:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.closerange(0, 1 << 16)
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _become_nobody(where: Place) -> int | None:
    """Be an unused user where that is possible; gives the number of that user's processes, if it is known.

    Where packages lie in a private home it is not possible: then one remains who one is, but without privileges.
    """
    if where.user is None:
        return None
    before = Path(where.work).stat()
    os.chown(where.work, where.user, where.user)
    if identity.can_read(where.user, [*where.readable, where.guest, where.work]):
        identity.become(where.user)
        return 1
    os.chown(where.work, before.st_uid, before.st_gid)
    identity.renounce()
    return None
