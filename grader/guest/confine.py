"""Confinement of one child: everything between the fork and the first byte of a submission.

Level "C" is a plain process with limits: files, network and other processes of the same user are exposed.
Stronger levels add steps to `confine`; they take nothing away.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TypedDict

JOB, RESULT = 3, 4
LEVELS = ("C",)
FAILED, OUT_OF_MEMORY = 70, 71
"""Exit codes of a child that could not go on."""

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_STACK = 64 << 20
_MB = 1 << 20

_libc = ctypes.CDLL(None, use_errno=True)


class Bounds(TypedDict):
    """What the trusted side asks for when it orders a fork.

    `cpu_total` bounds the CPU seconds of the whole child: an unprivileged process cannot raise a hard limit
    again, so that the limit per call can only be a soft one below it.
    """

    level: str
    memory_mb: int
    file_mb: int
    open_files: int
    answer_kb: int
    cpu_seconds: int
    load_seconds: int
    cpu_total: int


class Unconfined(Exception):  # noqa: N818 - named after what happened
    """The child cannot be confined as asked; nothing of the submission may run."""


def confine(bounds: Bounds, streams: tuple[int, int, int], work: str, parent: int, base: int) -> None:
    """Turn the forked process into the child: the steps in their order, for good.

    `streams` are the descriptors of job, result and output; `work` the empty folder to live in; `parent` the
    process id of the warm process and `base` the bytes of address space it has. Raises `Unconfined` or `OSError`.
    """
    if bounds["level"] not in LEVELS:
        raise Unconfined(f"level {bounds['level']!r} is not available")
    os.setsid()
    _die_with(parent)
    _keep_only(*streams)
    _clear_environment(work)
    os.chdir(work)
    os.umask(0o077)
    _limit(bounds, base)
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(number: int) -> None:
    """Have the kernel send signal `number` when the thread that started this process ends."""
    prctl(_PR_SET_PDEATHSIG, number)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that none can slip away."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def prctl(option: int, argument: int) -> None:
    """Call prctl(2). Raises `OSError`."""
    if _libc.prctl(option, ctypes.c_ulong(argument), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def address_space() -> int:
    """Bytes of address space of this process."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


def _die_with(parent: int) -> None:
    die_with_parent(signal.SIGKILL)
    # it may have died before the kernel was asked
    if os.getppid() != parent:
        os._exit(0)


def _keep_only(job: int, result: int, output: int) -> None:
    """Leave 0 (nothing), 1 and 2 (output), JOB and RESULT open.

    The warm process keeps the two fixed numbers occupied, so that no descriptor received is one of them.
    """
    os.dup2(job, JOB, inheritable=False)
    os.dup2(result, RESULT, inheritable=False)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.closerange(RESULT + 1, 1 << 16)


def _clear_environment(work: str) -> None:
    os.environ.clear()
    os.environ.update(PATH="/usr/bin:/bin", HOME=work, LANG="C.UTF-8", MPLCONFIGDIR=work)
    tempfile.tempdir = work
    sys.argv[:] = [""]


def _limit(bounds: Bounds, base: int) -> None:
    """Set the limits of the kernel.

    Not RLIMIT_NPROC: without a user namespace it counts all of the user's processes and threads, those of
    other children too, and would refuse an honest thread.
    """
    files = bounds["file_mb"] * _MB
    for kind, soft, hard in (
        (resource.RLIMIT_AS, base + bounds["memory_mb"] * _MB, base + bounds["memory_mb"] * _MB),
        (resource.RLIMIT_FSIZE, files, files),
        (resource.RLIMIT_NOFILE, bounds["open_files"], bounds["open_files"]),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_STACK, _STACK, _STACK),
        (resource.RLIMIT_CPU, bounds["cpu_total"], bounds["cpu_total"] + 1),
    ):
        highest = resource.getrlimit(kind)[1]
        if highest != resource.RLIM_INFINITY:
            soft, hard = min(soft, highest), min(hard, highest)
        resource.setrlimit(kind, (soft, hard))


def allow_cpu(seconds: int, total: int, last: int) -> int:
    """Let this process use `seconds` more of CPU time, but never more than `total` in all.

    Gives the whole second at which it ends; `last` is what the previous call gave.
    """
    # whole seconds: the next one after what is asked, so that nobody gets less
    end = min(int(time.process_time()) + seconds + 1, total)
    if end != last:
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return end
