"""Starts a command as others would: `python starting.py [--user N] [--no WALL]… COMMAND…`; another user as root only.

Folders that only their owner may enter are opened on the way to the interpreter, its packages and this repository,
in a mount namespace of its own, so that the rest of the machine keeps its doors shut.
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grader.guest import kernel  # noqa: E402 - the path comes first
from grader.guest.syscalls import machine  # noqa: E402 - the same

REFUSED = {
    "namespaces": {"x86_64": 272, "aarch64": 97},  # unshare
    "landlock": {"x86_64": 444, "aarch64": 444},  # landlock_create_ruleset
    "filters": {"x86_64": 317, "aarch64": 277},  # seccomp
}
"""What can be refused, and by which call."""

LOAD, JUMP_IF, RETURN = 0x20, 0x15, 0x06
ALLOW, EPERM = 0x7FFF0000, 0x50001


def open_doors(folders: Iterable[Path]) -> None:
    """Make each of `folders` reachable for everybody, where an ancestor is closed to them."""
    kernel.unshare(kernel.CLONE_NEWNS)
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    behind: dict[Path, dict[Path, int]] = {}
    for folder in folders:
        closed = [
            parent for parent in (*reversed(folder.parents), folder) if parent.stat().st_mode & 0o5 != 0o5
        ]
        if closed:
            behind.setdefault(closed[0], {})[folder] = os.open(folder, os.O_PATH)
    for door, opened in behind.items():
        kernel.mount("tmpfs", str(door), "tmpfs", 0, "mode=755")
        for folder, descriptor in opened.items():
            folder.mkdir(parents=True, exist_ok=True)
            kernel.mount(f"/proc/self/fd/{descriptor}", str(folder), None, kernel.MS_BIND)
            os.close(descriptor)


def refuse(*names: str) -> None:
    """Have calls of the kernel refused, as containers and older machines do."""
    here = machine()
    if here is None:
        sys.exit("this machine is not known")
    tests = [(JUMP_IF, 0, 1, REFUSED[name][here.column]) for name in names]
    program = [(LOAD, 0, 0, 0)]
    for test in tests:
        program += [test, (RETURN, 0, 0, EPERM)]
    program.append((RETURN, 0, 0, ALLOW))
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.seccomp(b"".join(struct.pack("=HBBI", *one) for one in program))


def become(user: int) -> None:
    """Be this user, who owns the current folder."""
    os.chown(".", user, user)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def main() -> None:
    """Arrange everything, then execute the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--user", type=int)
    parser.add_argument(
        "--no", action="append", default=[], choices=REFUSED, help="what this machine has not"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if os.geteuid() == 0:
        open_doors({Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT})
    if options.user is not None:
        become(options.user)
    if options.no:
        refuse(*options.no)
    os.execv(options.command[0], options.command)


if __name__ == "__main__":
    main()
