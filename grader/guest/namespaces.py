"""A world of its own: namespaces, and a root that holds the interpreter, its packages and four devices, read-only.

The warm process builds it once; a child adds what it must not share with the next one. There is no /proc in it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Sequence
from pathlib import Path

from . import identity, kernel

HOME = "/box/home"
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
INODES = 256

_STAGING = "/proc"
"""Exists everywhere, and nothing below it is wanted."""
_KEPT = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC | kernel.MS_NOATIME | kernel.MS_NODIRATIME
_ST_RELATIME = 1 << 12
_SEALED = kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV
_ALL = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWNS
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
    | kernel.CLONE_NEWPID
)


def enter(folders: Sequence[str], user: int | None) -> None:
    """Put this process into new namespaces and a root that shows `folders` only; its children get new process ids.

    A privileged process gives the `user` to become. Where it may, it builds the root first, for it can read what
    that user cannot; all others can only do so in the new namespaces. Raises `OSError`.
    """
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
    try:
        if user is None:
            _separate(proc)
            _change_root(folders)
        elif _has_own_mounts():
            _change_root(folders)
            identity.become(user)
            _separate(proc)
        else:
            identity.become(user)
            _separate(proc)
            _change_root(folders)
    finally:
        os.close(proc)
    socket.sethostname("box")


def _has_own_mounts() -> bool:
    """Separate mounts without the help of a user namespace; in a container not even root may."""
    try:
        kernel.unshare(kernel.CLONE_NEWNS)
    except PermissionError:
        return False
    return True


def separate_child(size_mb: int) -> None:
    """Give a child mounts and queues of its own, and an empty `HOME` of limited size in memory."""
    kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    kernel.mount("tmpfs", HOME, "tmpfs", flags, f"size={size_mb}m,nr_inodes={INODES},mode=700")


def libraries() -> list[str]:
    """Folders of the shared libraries that this process has loaded."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    paths = {Path(f"/{line.partition('/')[2]}") for line in lines}
    return sorted({str(path.parent) for path in paths if ".so" in path.name})


def outermost(folders: Iterable[str]) -> list[str]:
    """Existing folders of `folders` without those that lie, really, within others of them."""
    chosen: list[Path] = []
    for folder in sorted({Path(one) for one in folders if Path(one).is_absolute() and Path(one).is_dir()}):
        if not any(_within(folder, other) for other in chosen):
            chosen.append(folder)
    return [str(folder) for folder in chosen]


def _within(folder: Path, other: Path) -> bool:
    return folder.is_relative_to(other) and folder.resolve() == other.resolve() / folder.relative_to(other)


def _separate(proc: int) -> None:
    """Enter new namespaces; this user is the only one that exists in them."""
    user, group = os.getuid(), os.getgid()
    kernel.unshare(_ALL)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        descriptor = os.open(f"self/{name}", os.O_WRONLY, dir_fd=proc)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def _change_root(folders: Sequence[str]) -> None:
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", _STAGING, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755")
    _staged(HOME).mkdir(parents=True)
    _staged("/dev").mkdir()
    for folder in folders:
        _staged(folder).mkdir(parents=True, exist_ok=True)
        _bind(folder, _SEALED)
    for device in DEVICES:
        _staged(device).touch(0o600)
        # read-only: that leaves what is written to it alone, but keeps its times and modes
        _bind(device, kernel.MS_RDONLY | kernel.MS_NOSUID)
    os.chdir(_STAGING)
    # the new root over the old one, then the old one, which is below it, away
    kernel.pivot_root(".", ".")
    kernel.unmount(".", kernel.MNT_DETACH)
    os.chdir("/")
    kernel.mount(None, "/", None, kernel.MS_REMOUNT | kernel.MS_BIND | _SEALED)


def _bind(path: str, flags: int) -> None:
    """Show one folder or file, without what is mounted below it: that may be shared with others."""
    target = str(_staged(path))
    kernel.mount(str(Path(path).resolve()), target, None, kernel.MS_BIND)
    # flags of the original that a user may not take away
    before = os.statvfs(target).f_flag
    flags |= before & _KEPT | (kernel.MS_RELATIME if before & _ST_RELATIME else 0)
    kernel.mount(None, target, None, kernel.MS_REMOUNT | kernel.MS_BIND | flags)


def _staged(path: str) -> Path:
    return Path(f"{_STAGING}{path}")
