"""Who the warm process and its children are: nobody that owns anything, and without privileges."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterable
from errno import EINVAL
from pathlib import Path

from . import kernel

_FIRST_UNUSED = 0x7000_0000
"""Above what systems give to users, services and containers."""
_FEW = 4_000
_LAST_SMALL = 65_000


def unused() -> int:
    """A user id that nobody has, and no other warm process either. Raises `OSError` where there is none."""
    own = os.getpid()
    for candidate in (_FIRST_UNUSED + own, _LAST_SMALL - own % _FEW):
        try:
            pwd.getpwuid(candidate)
        except KeyError:
            if _exists(candidate):
                return candidate
    raise OSError(EINVAL, "no unused user id")


def become(user: int) -> None:
    """Be this user for good, in no group; what a privileged user could do is lost with it."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # one's own /proc entries would belong to root otherwise, and the maps of user ids are written there
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def renounce() -> None:
    """Have no capabilities, now or ever."""
    kernel.drop_bounding_set()
    kernel.drop_capabilities()


def can_read(user: int, folders: Iterable[str]) -> bool:
    """Tell whether that user could list all of `folders`, by trying it in a throw-away child."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            become(user)
            for folder in folders:
                any(Path(folder).iterdir())
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def _exists(user: int) -> bool:
    """Tell whether this is a user id here at all; in a container there may be but a few."""
    try:
        os.setresuid(-1, -1, user)
        os.setresuid(-1, -1, 0)
    except OSError:
        return False
    return True
