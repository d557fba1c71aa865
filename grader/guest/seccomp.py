"""Which system calls a submission may make: a filter for the kernel, assembled by hand.

What is not named is refused ("not permitted"); what is newer than our table does not exist ("no such call"), so that
libraries fall back on what they did before. Calls of another architecture kill.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from errno import ENOSYS

from .syscalls import NEWEST, TABLE, Machine, machine, number

_LOAD, _EQUAL, _AT_LEAST, _AND, _JUMP, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x05, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_KILL, _ALLOW, _REFUSE, _ABSENT = 0x8000_0000, 0x7FFF_0000, 0x0005_0001, 0x0005_0026
_X32 = 0x4000_0000
_FARTHEST = 255

_CLONE_THREAD = 0x0001_0000
_NAMESPACES = 0x7E02_0000
_RLIMIT_CPU = 0
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)
"""F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ: no locks, leases, signals, seals."""
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: nothing that types into a terminal."""
_PRCTL = (15, 16)
"""PR_SET_NAME, PR_GET_NAME: threads have names."""

_FILES = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range open openat creat lseek
dup dup2 dup3 pipe pipe2 poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
epoll_pwait2 eventfd eventfd2 fsync fdatasync ftruncate fallocate sendfile copy_file_range readahead fadvise64
stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd chdir
fchdir statfs fstatfs mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
umask
"""
_REST = """
mmap munmap mremap mprotect madvise brk mincore msync membarrier
futex set_robust_list rseq set_tid_address gettid getpid getppid getpgrp getpgid getsid exit exit_group
sched_yield sched_getaffinity sched_get_priority_max sched_get_priority_min getcpu
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack
pause alarm setitimer getitimer restart_syscall nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time
times getrusage sysinfo uname getrandom
getuid geteuid getgid getegid getresuid getresgid getgroups getrlimit
"""
_ATTRIBUTES = """
chmod fchmod fchmodat fchmodat2 utime utimes utimensat futimesat truncate
getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
"""
"""Landlock does not mediate these: only where no foreign file can be seen."""
_PROCESSES = "fork vfork execve arch_prctl wait4 waitid setpgid setsid"
_KILLS = "kill tgkill"

Code = list[tuple[int, int, int, int]]
"""Instructions: operation, jump if true, jump if false, operand."""


@dataclass(frozen=True)
class Policy:
    """What differs between boxes.

    alone       no foreign file and no foreign process can be seen, so that attributes of files may be changed
    processes   it may fork and execute
    """

    alone: bool
    processes: bool = False


def assemble(policy: Policy, on: Machine | None = None) -> bytes:
    """The filter for a machine, else for this one. Raises `OSError` on a machine that is not known."""
    on = on or machine()
    if on is None:
        raise OSError(ENOSYS, "seccomp: no table of system calls for this machine")
    code: Code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, on.audit),
        _gives(_KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    leaves = _leaves(policy, on)
    if on.column == "x86_64":
        code += [(_AT_LEAST, 0, 1, _X32), _gives(_KILL)]
    code += _search(leaves)
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def allowed(policy: Policy) -> frozenset[str]:
    """Names of the calls that are allowed whatever their arguments."""
    names = f"{_FILES} {_REST}"
    if policy.alone:
        names += f" {_ATTRIBUTES}"
    if policy.processes:
        names += f" {_PROCESSES}"
        # what has process ids of its own can reach nobody else's
        names += f" {_KILLS}" if policy.alone else ""
    return frozenset(names.split())


def _leaves(policy: Policy, on: Machine) -> list[tuple[int, Code]]:
    """First number of each run of calls that are treated alike, and what is done with them."""
    treatment: dict[int, Code] = {}
    _treat(treatment, {name: [_gives(_ALLOW)] for name in allowed(policy)}, on)
    _treat(treatment, _conditions(policy), on)
    leaves: list[tuple[int, Code]] = []
    for call in range(NEWEST + 1):
        code = treatment.get(call, [_gives(_REFUSE)])
        if not leaves or leaves[-1][1] != code:
            leaves.append((call, code))
    return [*leaves, (NEWEST + 1, [_gives(_ABSENT)])]


def _treat(treatment: dict[int, Code], codes: Mapping[str, Code], on: Machine) -> None:
    for name, code in codes.items():
        found = number(name, on)
        if found is not None:
            treatment[found] = code


def _conditions(policy: Policy) -> dict[str, Code]:
    """Calls that are allowed with some arguments only."""
    wanted = 0 if policy.processes else _CLONE_THREAD
    return {
        "clone": [
            _low(0),
            (_AND, 0, 0, _NAMESPACES | wanted),
            *_if_one_of((wanted,)),
        ],
        # what its flags point to cannot be seen from here; the C library falls back on clone
        "clone3": [_gives(_ABSENT)],
        "fcntl": [_low(1), *_if_one_of(_FCNTL)],
        "ioctl": [_low(1), *_if_one_of(_IOCTL)],
        "prctl": [_low(0), *_if_one_of(_PRCTL)],
        "prlimit64": _PRLIMIT,
    }


def _gives(verdict: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, verdict)


def _low(argument: int) -> tuple[int, int, int, int]:
    """Load the low half of an argument: the whole of it where the kernel takes an int."""
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * argument)


def _high(argument: int) -> tuple[int, int, int, int]:
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * argument + 4)


def _if_one_of(values: Iterable[int]) -> Code:
    """Allow if what is loaded is one of `values`, else refuse."""
    listed = list(values)
    checks: Code = [(_EQUAL, len(listed) - index, 0, value) for index, value in enumerate(listed)]
    return [*checks, _gives(_REFUSE), _gives(_ALLOW)]


_PRLIMIT: Code = [
    # only one's own; and there nothing is to be changed but the seconds of CPU, which every call sets anew
    _low(0),
    (_EQUAL, 0, 6, 0),
    _low(1),
    (_EQUAL, 5, 0, _RLIMIT_CPU),
    _low(2),
    (_EQUAL, 0, 2, 0),
    _high(2),
    (_EQUAL, 1, 0, 0),
    _gives(_REFUSE),
    _gives(_ALLOW),
]


def _search(leaves: list[tuple[int, Code]]) -> Code:
    """Find what is done with the number that is loaded, by halves."""
    if len(leaves) == 1:
        return leaves[0][1]
    middle = len(leaves) // 2
    below, above = _search(leaves[:middle]), _search(leaves[middle:])
    first = leaves[middle][0]
    if len(below) <= _FARTHEST:
        return [(_AT_LEAST, len(below), 0, first), *below, *above]
    return [(_AT_LEAST, 0, 1, first), (_JUMP, 0, 0, len(below)), *below, *above]


def instructions(program: bytes) -> Code:
    """The instructions of an assembled filter."""
    return [tuple(one) for one in struct.iter_unpack("=HBBI", program)]


def names() -> frozenset[str]:
    """Every name that a policy mentions."""
    widest = Policy(alone=True, processes=True)
    return (allowed(widest) | _conditions(widest).keys()) & TABLE.keys()
