"""Calls of the kernel fail loudly and by name."""

from __future__ import annotations

import os
import pwd
import tempfile
from collections.abc import Callable
from errno import EBADF, EINVAL, ENOENT

import pytest

from grader.guest import identity, kernel

WRONG: dict[str, tuple[Callable[[], object], int]] = {
    "setns": (lambda: kernel.setns(-1, kernel.CLONE_NEWPID), EBADF),
    "unshare": (lambda: kernel.unshare(1 << 30 | 1 << 3), EINVAL),
    "prctl": (lambda: kernel.prctl(9999), EINVAL),
    "landlock_restrict_self": (lambda: kernel.landlock_restrict_self(-1, 1 << 20), EINVAL),
    "landlock_create_ruleset": (lambda: kernel.landlock_create_ruleset(b""), EINVAL),
    "landlock_add_rule": (lambda: kernel.landlock_add_rule(-1, 1, b"\0" * 12), EBADF),
    "pivot_root": (lambda: kernel.pivot_root("not-there", "not-there"), ENOENT),
    "umount2": (lambda: kernel.unmount("not-there"), ENOENT),
    "mount": (lambda: kernel.mount("not-there", "not-there", None, kernel.MS_BIND), ENOENT),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_refusal_names_the_call(name: str) -> None:
    """An impossible request raises with the name of the call and the kernel's reason, or with its lack of rights."""
    call, reason = WRONG[name]
    with pytest.raises(OSError, match=f"{name}: ") as raised:
        call()
    # an ordinary user is told "not permitted" before the request is looked at
    assert raised.value.errno == reason or (os.geteuid() != 0 and isinstance(raised.value, PermissionError))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_unused_user_owns_nothing_and_reads_what_everybody_may() -> None:
    """It is no known user, can list a public folder, and cannot list a private one."""

    user = identity.unused()
    with pytest.raises(KeyError):
        pwd.getpwuid(user)
    with tempfile.TemporaryDirectory() as private:
        assert (identity.can_read(user, ["/"]), identity.can_read(user, ["/", private])) == (True, False)
    assert os.geteuid() == 0
