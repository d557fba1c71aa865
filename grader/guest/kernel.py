"""The kernel's calls that Python has no words for, each raising `OSError` with the call's name."""

from __future__ import annotations

import ctypes
import os
from errno import EINVAL, ENOSYS

from .syscalls import machine, number

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_NOATIME = 1 << 10
MS_NODIRATIME = 1 << 11
MS_BIND = 1 << 12
MS_REC = 1 << 14
MS_PRIVATE = 1 << 18
MS_RELATIME = 1 << 21
MNT_DETACH = 2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

_SECCOMP_SET_MODE_FILTER = 1
_CAPABILITY_VERSION = 0x2008_0522

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def unshare(flags: int) -> None:
    """Leave the namespaces of `flags` for new ones."""
    _checked("unshare", _libc.unshare(ctypes.c_int(flags)))


def setns(descriptor: int, flags: int) -> None:
    """Enter the namespaces of `flags` of the process behind a pidfd."""
    _checked("setns", _libc.setns(ctypes.c_int(descriptor), ctypes.c_int(flags)))


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount, bind or change a mount."""
    result = _libc.mount(
        os.fsencode(source) if source is not None else None,
        os.fsencode(target),
        kind.encode() if kind is not None else None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    _checked("mount", result, target)


def unmount(target: str, flags: int = 0) -> None:
    """Take a mount away."""
    _checked("umount2", _libc.umount2(os.fsencode(target), ctypes.c_int(flags)), target)


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root, and put what was the root at `old`."""
    _syscall("pivot_root", ctypes.c_char_p(os.fsencode(new)), ctypes.c_char_p(os.fsencode(old)))


def prctl(option: int, *arguments: int) -> None:
    """Call prctl(2)."""
    rest = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    _checked("prctl", _libc.prctl(ctypes.c_int(option), *rest))


def drop_capabilities() -> None:
    """Give up every capability that this process has or could inherit."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    _syscall("capset", header, (ctypes.c_uint32 * 6)())


def drop_bounding_set() -> None:
    """Give up every capability that a program executed later could bring."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno != EINVAL:
                raise
            return  # the kernel has no more of them


def seccomp(program: bytes) -> None:
    """Install a filter, for good, in this thread and what it starts."""
    prepared = _Program(len(program) // 8, program)
    _syscall("seccomp", ctypes.c_long(_SECCOMP_SET_MODE_FILTER), ctypes.c_long(0), ctypes.byref(prepared))


def landlock_abi() -> int:
    """Which Landlock the kernel has."""
    return _syscall("landlock_create_ruleset", None, ctypes.c_long(0), ctypes.c_long(1))


def landlock_create_ruleset(attributes: bytes) -> int:
    """A descriptor of a new set of rules."""
    return _syscall(
        "landlock_create_ruleset",
        ctypes.c_char_p(attributes),
        ctypes.c_long(len(attributes)),
        ctypes.c_long(0),
    )


def landlock_add_rule(rules: int, kind: int, attributes: bytes) -> None:
    """Add a rule of a kind to a set."""
    _syscall(
        "landlock_add_rule",
        ctypes.c_long(rules),
        ctypes.c_long(kind),
        ctypes.c_char_p(attributes),
        ctypes.c_long(0),
    )


def landlock_restrict_self(rules: int, flags: int) -> None:
    """Obey a set of rules from now on."""
    _syscall("landlock_restrict_self", ctypes.c_long(rules), ctypes.c_long(flags))


def exit_upon(signal: int) -> None:
    """Exit with the number of a signal as code when it arrives, without Python having to notice it.

    The first process of a PID namespace ignores every signal that it has not asked for.
    """
    _libc.signal(ctypes.c_int(signal), _libc._exit)


def _syscall(name: str, *arguments: object) -> int:
    here = machine()
    found = number(name, here) if here is not None else None
    if found is None:
        raise OSError(ENOSYS, f"{name}: not known on this machine")
    return _checked(name, _libc.syscall(ctypes.c_long(found), *arguments))


def _checked(name: str, result: int, path: str | None = None) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}", path)
    return result
