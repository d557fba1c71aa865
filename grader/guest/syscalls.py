"""Numbers of the system calls that the box names, on the machines it knows.

A call that a machine does not have is None there; each has a successor that is named, too.
"""

from __future__ import annotations

import os
import struct
from typing import NamedTuple


class Numbers(NamedTuple):
    """The numbers of one system call."""

    x86_64: int | None
    aarch64: int | None


class Machine(NamedTuple):
    """How seccomp names a machine (its AUDIT_ARCH), and which column of the table is its own."""

    audit: int
    column: str


MACHINES = {"x86_64": Machine(0xC000003E, "x86_64"), "aarch64": Machine(0xC00000B7, "aarch64")}

NEWEST = 461
"""The newest call that was looked at when the policy was made: whatever is newer does not exist in the box."""

TABLE = {
    "access": Numbers(21, None),
    "alarm": Numbers(37, None),
    "arch_prctl": Numbers(158, None),
    "brk": Numbers(12, 214),
    "capset": Numbers(126, 91),
    "chdir": Numbers(80, 49),
    "chmod": Numbers(90, None),
    "clock_getres": Numbers(229, 114),
    "clock_gettime": Numbers(228, 113),
    "clock_nanosleep": Numbers(230, 115),
    "clone": Numbers(56, 220),
    "clone3": Numbers(435, 435),
    "close": Numbers(3, 57),
    "close_range": Numbers(436, 436),
    "copy_file_range": Numbers(326, 285),
    "creat": Numbers(85, None),
    "dup": Numbers(32, 23),
    "dup2": Numbers(33, None),
    "dup3": Numbers(292, 24),
    "epoll_create": Numbers(213, None),
    "epoll_create1": Numbers(291, 20),
    "epoll_ctl": Numbers(233, 21),
    "epoll_pwait": Numbers(281, 22),
    "epoll_pwait2": Numbers(441, 441),
    "epoll_wait": Numbers(232, None),
    "eventfd": Numbers(284, None),
    "eventfd2": Numbers(290, 19),
    "execve": Numbers(59, 221),
    "exit": Numbers(60, 93),
    "exit_group": Numbers(231, 94),
    "faccessat": Numbers(269, 48),
    "faccessat2": Numbers(439, 439),
    "fadvise64": Numbers(221, 223),
    "fallocate": Numbers(285, 47),
    "fchdir": Numbers(81, 50),
    "fchmod": Numbers(91, 52),
    "fchmodat": Numbers(268, 53),
    "fchmodat2": Numbers(452, 452),
    "fcntl": Numbers(72, 25),
    "fdatasync": Numbers(75, 83),
    "fgetxattr": Numbers(193, 10),
    "flistxattr": Numbers(196, 13),
    "fork": Numbers(57, None),
    "fstat": Numbers(5, 80),
    "fstatfs": Numbers(138, 44),
    "fsync": Numbers(74, 82),
    "ftruncate": Numbers(77, 46),
    "futex": Numbers(202, 98),
    "futimesat": Numbers(261, None),
    "getcpu": Numbers(309, 168),
    "getcwd": Numbers(79, 17),
    "getdents": Numbers(78, None),
    "getdents64": Numbers(217, 61),
    "getegid": Numbers(108, 177),
    "geteuid": Numbers(107, 175),
    "getgid": Numbers(104, 176),
    "getgroups": Numbers(115, 158),
    "getitimer": Numbers(36, 102),
    "getpgid": Numbers(121, 155),
    "getpgrp": Numbers(111, None),
    "getpid": Numbers(39, 172),
    "getppid": Numbers(110, 173),
    "getrandom": Numbers(318, 278),
    "getresgid": Numbers(120, 150),
    "getresuid": Numbers(118, 148),
    "getrlimit": Numbers(97, 163),
    "getrusage": Numbers(98, 165),
    "getsid": Numbers(124, 156),
    "gettid": Numbers(186, 178),
    "gettimeofday": Numbers(96, 169),
    "getuid": Numbers(102, 174),
    "getxattr": Numbers(191, 8),
    "ioctl": Numbers(16, 29),
    "kill": Numbers(62, 129),
    "landlock_add_rule": Numbers(445, 445),
    "landlock_create_ruleset": Numbers(444, 444),
    "landlock_restrict_self": Numbers(446, 446),
    "lgetxattr": Numbers(192, 9),
    "link": Numbers(86, None),
    "linkat": Numbers(265, 37),
    "listxattr": Numbers(194, 11),
    "llistxattr": Numbers(195, 12),
    "lseek": Numbers(8, 62),
    "lstat": Numbers(6, None),
    "madvise": Numbers(28, 233),
    "membarrier": Numbers(324, 283),
    "mincore": Numbers(27, 232),
    "mkdir": Numbers(83, None),
    "mkdirat": Numbers(258, 34),
    "mmap": Numbers(9, 222),
    "mprotect": Numbers(10, 226),
    "mremap": Numbers(25, 216),
    "msync": Numbers(26, 227),
    "munmap": Numbers(11, 215),
    "nanosleep": Numbers(35, 101),
    "newfstatat": Numbers(262, 79),
    "open": Numbers(2, None),
    "openat": Numbers(257, 56),
    "pause": Numbers(34, None),
    "pipe": Numbers(22, None),
    "pipe2": Numbers(293, 59),
    "pivot_root": Numbers(155, 41),
    "poll": Numbers(7, None),
    "ppoll": Numbers(271, 73),
    "prctl": Numbers(157, 167),
    "pread64": Numbers(17, 67),
    "preadv": Numbers(295, 69),
    "preadv2": Numbers(327, 286),
    "prlimit64": Numbers(302, 261),
    "pselect6": Numbers(270, 72),
    "pwrite64": Numbers(18, 68),
    "pwritev": Numbers(296, 70),
    "pwritev2": Numbers(328, 287),
    "read": Numbers(0, 63),
    "readahead": Numbers(187, 213),
    "readlink": Numbers(89, None),
    "readlinkat": Numbers(267, 78),
    "readv": Numbers(19, 65),
    "rename": Numbers(82, None),
    "renameat": Numbers(264, 38),
    "renameat2": Numbers(316, 276),
    "restart_syscall": Numbers(219, 128),
    "rmdir": Numbers(84, None),
    "rseq": Numbers(334, 293),
    "rt_sigaction": Numbers(13, 134),
    "rt_sigpending": Numbers(127, 136),
    "rt_sigprocmask": Numbers(14, 135),
    "rt_sigreturn": Numbers(15, 139),
    "rt_sigsuspend": Numbers(130, 133),
    "rt_sigtimedwait": Numbers(128, 137),
    "sched_get_priority_max": Numbers(146, 125),
    "sched_get_priority_min": Numbers(147, 126),
    "sched_getaffinity": Numbers(204, 123),
    "sched_yield": Numbers(24, 124),
    "seccomp": Numbers(317, 277),
    "select": Numbers(23, None),
    "sendfile": Numbers(40, 71),
    "set_robust_list": Numbers(273, 99),
    "set_tid_address": Numbers(218, 96),
    "setitimer": Numbers(38, 103),
    "setpgid": Numbers(109, 154),
    "setsid": Numbers(112, 157),
    "sigaltstack": Numbers(131, 132),
    "stat": Numbers(4, None),
    "statfs": Numbers(137, 43),
    "statx": Numbers(332, 291),
    "symlink": Numbers(88, None),
    "symlinkat": Numbers(266, 36),
    "sysinfo": Numbers(99, 179),
    "tgkill": Numbers(234, 131),
    "time": Numbers(201, None),
    "times": Numbers(100, 153),
    "truncate": Numbers(76, 45),
    "umask": Numbers(95, 166),
    "uname": Numbers(63, 160),
    "unlink": Numbers(87, None),
    "unlinkat": Numbers(263, 35),
    "utime": Numbers(132, None),
    "utimensat": Numbers(280, 88),
    "utimes": Numbers(235, None),
    "vfork": Numbers(58, None),
    "wait4": Numbers(61, 260),
    "waitid": Numbers(247, 95),
    "write": Numbers(1, 64),
    "writev": Numbers(20, 66),
}


def machine() -> Machine | None:
    """The machine that this process runs on, or None where the table says nothing about it."""
    return MACHINES.get(os.uname().machine) if struct.calcsize("P") == 8 else None


def number(name: str, on: Machine) -> int | None:
    """The number of a call on a machine. Raises `KeyError` for a name that is not in the table."""
    found: int | None = getattr(TABLE[name], on.column)
    return found
