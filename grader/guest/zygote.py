"""The warm process: imports once what submissions use, then forks one child at a time.

It is ordered about over the control socket, one JSON message each way:

    {"fork": Bounds} with the descriptors of job, result and output   →  {"pid": 123}  or  {"failed": "…"}
    {"kill": 123}                                                     →  nothing
    (a child has ended)       {"ended": {"pid", "code", "signal", "cpu_seconds", "max_rss_kb"}}

It never reads from a job, so that no submission can reach it through what it reads.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import numpy.fft
import numpy.linalg
import numpy.polynomial
import numpy.random  # noqa: F401 - warm for those who use it
import sympy  # noqa: F401 - the same

from . import child, confine, loading, workplace

_MESSAGE = 1 << 16


class _Stop(BaseException):
    """The trusted side is gone."""


def serve(control: int, work: str) -> None:
    """Warm up, then obey the control socket until its other end closes."""
    confine.die_with_parent(signal.SIGTERM)
    signal.signal(signal.SIGTERM, _stop)
    confine.adopt_orphans()
    # occupied, so that no descriptor received is one of a child's fixed ones
    with socket.socket(fileno=_above_fixed(control)) as line:
        _fill_fixed()
        try:
            _warm()
        except Exception as error:  # noqa: BLE001 - told to the trusted side, whatever it is
            _tell(line, {"failed": f"{type(error).__name__}: {error}"})
            return
        zygote = _Zygote(line, Path(work))
        _tell(line, {"ready": list(confine.LEVELS)})
        try:
            zygote.obey()
        except (_Stop, OSError):
            with suppress(OSError):
                zygote.finish()


class _Zygote:
    """One control socket, one folder to work in, and at most one child."""

    def __init__(self, line: socket.socket, work: Path) -> None:
        self.line = line
        self.work = work
        self.pid = os.getpid()
        self.base = confine.address_space()
        self.child: tuple[int, int] | None = None
        self.forks = 0
        self.poll = select.poll()
        self.poll.register(line, select.POLLIN)

    def obey(self) -> None:
        """Serve orders and report ends. Raises `_Stop` when there is nobody left to obey."""
        while True:
            for descriptor, _ in self.poll.poll():
                if self.child is not None and descriptor == self.child[1]:
                    self._report()
                else:
                    self._follow_order()

    def finish(self) -> None:
        """End the child, if there is one, and leave nothing behind."""
        _kill_orphans()
        workplace.clear(self.work)
        self.work.rmdir()

    def _follow_order(self) -> None:
        data, descriptors, _, _ = socket.recv_fds(self.line, _MESSAGE, 3)
        if not data:
            _stop()
        order = json.loads(data)
        if "kill" in order:
            self._kill(order["kill"])
            return
        try:
            _tell(self.line, {"pid": self._fork(order["fork"], *descriptors)})
        except (OSError, ValueError) as error:
            _tell(self.line, {"failed": str(error)})
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork(self, bounds: confine.Bounds, job: int, result: int, output: int) -> int:
        self.forks += 1
        place = workplace.make(self.work, self.forks)
        pid = os.fork()
        if pid == 0:
            self._become_child(bounds, (job, result, output), place)
        self.child = (pid, os.pidfd_open(pid))
        self.poll.register(self.child[1], select.POLLIN)
        return pid

    def _become_child(self, bounds: confine.Bounds, streams: tuple[int, int, int], place: Path) -> None:
        """Never returns: whatever happens in the child ends in the child."""
        code = confine.FAILED
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self.line.detach()
            confine.confine(bounds, streams, str(place), self.pid, self.base)
            child.converse(bounds)
            code = 0
        except MemoryError:
            code = confine.OUT_OF_MEMORY
        finally:
            os._exit(code)

    def _kill(self, pid: int) -> None:
        if self.child is not None and self.child[0] == pid:
            signal.pidfd_send_signal(self.child[1], signal.SIGKILL)

    def _report(self) -> None:
        """Reap the child, clear up after it, and only then say that it has ended."""
        if self.child is None:
            return
        pid, descriptor = self.child
        _, status, usage = os.wait4(pid, 0)
        self.poll.unregister(descriptor)
        os.close(descriptor)
        self.child = None
        self._sweep()
        ended = {
            "pid": pid,
            "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "max_rss_kb": usage.ru_maxrss,
        }
        _tell(self.line, {"ended": ended})

    def _sweep(self) -> None:
        """Kill what the child has left running and remove what it has left lying."""
        _kill_orphans()
        try:
            workplace.clear(self.work)
        except OSError as error:
            _tell(self.line, {"untidy": str(error)})


def _kill_orphans() -> None:
    """Kill and reap children and adopted descendants until there is none: each may have its own."""
    while True:
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        orphans = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        for pid in map(int, orphans):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _warm() -> None:
    """Import and prepare everything once; afterwards there is one thread and no garbage to be collected."""
    loading.warm()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise RuntimeError(f"{threads} threads after warming; a fork would copy only one of them")
    gc.collect()
    gc.freeze()


def _above_fixed(descriptor: int) -> int:
    moved = os.dup(descriptor)
    while moved <= confine.RESULT:
        moved = os.dup(descriptor)
    os.close(descriptor)
    return moved


def _fill_fixed() -> None:
    for number in (confine.JOB, confine.RESULT):
        os.dup2(0, number, inheritable=False)


def _tell(line: socket.socket, message: dict[str, Any]) -> None:
    line.send(json.dumps(message).encode())


def _stop(number: int = 0, frame: object = None) -> NoReturn:
    # both the closed socket and the signal announce the same end; the second must not disturb the cleaning
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Stop
