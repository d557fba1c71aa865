"""The warm process: imports once what submissions use, then forks one child at a time.

It is ordered about over the control socket, one JSON message each way:

    (it is behind walls)      {"level": level, "refused": {stronger level: why}}  or  {"failed": "…"}
    (it is warm)              {"ready": true}  or  {"failed": "…"}
    {"fork": Bounds} with the descriptors of job, result and output   →  {"pid": 123}  or  {"failed": "…"}
    {"kill": 123}                                                     →  nothing
    (a child has ended)       {"ended": {"pid", "code", "signal", "cpu_seconds", "max_rss_kb"}}

Where children have process ids of their own, a {"pid"} is a child's number here, and comes with credentials that
carry it as the trusted side sees it. Nothing here reads from a job, so that no submission can reach it through what
it reads.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import numpy.fft
import numpy.linalg
import numpy.polynomial
import numpy.random  # noqa: F401 - warm for those who use it

from . import child, confine, kernel, loading, workplace
from .entering import Entered
from .levels import Walls

_MESSAGE = 1 << 16


class _Stop(BaseException):
    """The trusted side is gone."""


def serve(entered: Entered, work: str, packages: Sequence[str]) -> None:
    """Warm up with `packages`, then obey the control socket until its other end closes."""
    walls = entered.walls
    if not walls.own_processes:
        # else its end is enough: nothing outlives it, and no folder is left
        confine.die_with_parent(signal.SIGTERM)
        signal.signal(signal.SIGTERM, _stop)
        confine.adopt_orphans()
    with socket.socket(fileno=entered.control) as line:
        try:
            base = _warm(entered.proc, packages)
        except Exception as error:  # noqa: BLE001 - told to the trusted side, whatever it is
            _tell(line, {"failed": f"{type(error).__name__}: {error}"})
            return
        entered.leave_proc()
        if walls.home is not None:
            confine.settle(walls.home)
        if walls.level != "C":
            # from now on nobody of the same name may look into this process or a child of it
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        zygote = _Zygote(line, walls, Path(work), base)
        _tell(line, {"ready": True})
        try:
            zygote.obey()
        except (_Stop, OSError):
            with suppress(OSError):
                zygote.finish()


class _Zygote:
    """One control socket, one folder to work in, and at most one child."""

    def __init__(self, line: socket.socket, walls: Walls, work: Path, base: int) -> None:
        self.line = line
        self.walls = walls
        self.work = work
        self.base = base
        self.pid = os.getpid()
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
        if self.walls.own_processes:
            return
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
            self._tell_pid(self._fork(order["fork"], *descriptors))
        except (OSError, ValueError) as error:
            _tell(self.line, {"failed": str(error)})
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork(self, bounds: confine.Bounds, job: int, result: int, output: int) -> int:
        self.forks += 1
        place = self.walls.home or str(workplace.make(self.work, self.forks))
        pid = self.walls.fork()
        if pid == 0:
            self._become_child(bounds, (job, result, output), place)
        self.child = (pid, os.pidfd_open(pid))
        self.poll.register(self.child[1], select.POLLIN)
        return pid

    def _become_child(self, bounds: confine.Bounds, streams: tuple[int, int, int], place: str) -> None:
        """Never returns: whatever happens in the child ends in the child."""
        code = confine.FAILED
        try:
            if not self.walls.own_processes:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                confine.die_with(self.pid)
            self.line.detach()
            confine.confine(bounds, streams, self.walls, place, self.base)
            child.converse(bounds)
            code = 0
        except MemoryError:
            code = confine.OUT_OF_MEMORY
        finally:
            os._exit(code)

    def _tell_pid(self, pid: int) -> None:
        if not self.walls.own_processes:
            _tell(self.line, {"pid": pid})
            return
        credentials = struct.pack("iII", pid, os.getuid(), os.getgid())
        message = json.dumps({"pid": pid}).encode()
        self.line.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, credentials)])

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
        if self.walls.own_processes:
            # both have gone with its namespaces
            return
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


def _warm(proc: int, packages: Sequence[str]) -> int:
    """Import and prepare everything once; afterwards there is one thread and no garbage to be collected.

    Gives the bytes of address space of this process, as the folder `proc` knows them.
    """
    for package in packages:
        import_module(package)
    loading.warm()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    tasks = os.open("self/task", os.O_RDONLY, dir_fd=proc)
    threads = len(os.listdir(tasks))  # noqa: PTH208 - pathlib knows no descriptors
    os.close(tasks)
    if threads != 1:
        raise RuntimeError(f"{threads} threads after warming; a fork would copy only one of them")
    gc.collect()
    gc.freeze()
    with open(os.open("self/statm", os.O_RDONLY, dir_fd=proc), encoding="ascii") as file:  # noqa: PTH123 - the same
        pages = int(file.read().split()[0])
    return pages * resource.getpagesize()


def _tell(line: socket.socket, message: dict[str, Any]) -> None:
    line.send(json.dumps(message).encode())


def _stop(number: int = 0, frame: object = None) -> NoReturn:
    # both the closed socket and the signal announce the same end; the second must not disturb the cleaning
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Stop
