"""Confinement of one child: everything between the fork and the first byte of a submission.

What can be built once, around the warm process, is in `levels`; here is what every child does for itself.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
from typing import TypedDict

from . import kernel
from .levels import Walls

JOB, RESULT = 3, 4
FAILED, OUT_OF_MEMORY = 70, 71
"""Exit codes of a child that could not go on."""
OUT_OF_TIME = int(signal.SIGXCPU)
"""Exit code of a child at level A whose time is over: the first process of a namespace survives the signal."""

_STACK = 64 << 20
_MB = 1 << 20


class Bounds(TypedDict):
    """What the trusted side asks for when it orders a fork.

    `cpu_total` bounds the CPU seconds of the whole child: an unprivileged process cannot raise a hard limit
    again, so that the limit per call can only be a soft one below it.
    """

    level: str
    allow_processes: bool
    memory_mb: int
    file_mb: int
    open_files: int
    threads: int
    answer_kb: int
    cpu_seconds: int
    load_seconds: int
    cpu_total: int


def confine(bounds: Bounds, streams: tuple[int, int, int], walls: Walls, work: str, base: int) -> None:
    """Turn the forked process into the child: the steps in their order, for good.

    `streams` are the descriptors of job, result and output; `work` the empty folder to live in; `base` the bytes of
    address space that the warm process has. Raises `OSError`, upon which nothing of the submission may run.
    """
    os.setsid()
    walls.separate(bounds["file_mb"])
    _place_streams(*streams)
    if work != walls.home:
        settle(work)
    os.chdir(work)
    os.umask(0o077)
    _limit(bounds, base, walls.others)
    walls.close_behind(bounds["allow_processes"])
    os.closerange(RESULT + 1, 1 << 16)


def die_with_parent(number: int) -> None:
    """Have the kernel send signal `number` when the thread that started this process ends."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, number)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that none can slip away."""
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int) -> None:
    """In a child: end when the process `parent` does, also where that has happened already."""
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _place_streams(job: int, result: int, output: int) -> None:
    """Make 1 and 2 the output; put job and result at their numbers.

    The warm process keeps the two fixed numbers occupied, so that no descriptor received is one of them.
    """
    os.dup2(job, JOB, inheritable=False)
    os.dup2(result, RESULT, inheritable=False)
    os.dup2(output, 1)
    os.dup2(output, 2)


def settle(work: str) -> None:
    """Have no environment but that of the folder `work`; once for all children where it is always the same."""
    os.environ.clear()
    os.environ.update(PATH="/usr/bin:/bin", HOME=work, LANG="C.UTF-8", MPLCONFIGDIR=work)
    tempfile.tempdir = work
    sys.argv[:] = [""]


def _limit(bounds: Bounds, base: int, others: int | None) -> None:
    """Set the limits of the kernel.

    RLIMIT_NPROC only where it does not count strangers: without a user namespace it counts all of the user's
    processes and threads, those of other children too, and would refuse an honest thread.
    """
    files = bounds["file_mb"] * _MB
    processes = resource.RLIM_INFINITY if others is None else others + 1 + bounds["threads"]
    for kind, soft, hard in (
        (resource.RLIMIT_AS, base + bounds["memory_mb"] * _MB, base + bounds["memory_mb"] * _MB),
        (resource.RLIMIT_FSIZE, files, files),
        (resource.RLIMIT_NOFILE, bounds["open_files"], bounds["open_files"]),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_STACK, _STACK, _STACK),
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
        (resource.RLIMIT_NPROC, processes, processes),
        (resource.RLIMIT_CPU, bounds["cpu_total"], bounds["cpu_total"] + 1),
    ):
        highest = resource.getrlimit(kind)[1]
        if highest != resource.RLIM_INFINITY:
            soft, hard = (
                highest if one == resource.RLIM_INFINITY else min(one, highest) for one in (soft, hard)
            )
        resource.setrlimit(kind, (soft, hard))


def heed_time(level: str) -> None:
    """Let the end of the allowed time end this process, whatever a submission has put in its way."""
    if level == "A":
        kernel.exit_upon(signal.SIGXCPU)
    else:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def allow_cpu(seconds: int, total: int, last: int) -> int:
    """Let this process use `seconds` more of CPU time, but never more than `total` in all.

    Gives the whole second at which it ends; `last` is what the previous call gave.
    """
    # whole seconds: the next one after what is asked, so that nobody gets less
    end = min(int(time.process_time()) + seconds + 1, total)
    if end != last:
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return end
