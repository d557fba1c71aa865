"""The warm process as the trusted side sees it: started, told to fork, closed."""

from __future__ import annotations

import json
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

import grader.guest
from grader.errors import InternalError
from grader.guest.confine import Bounds

GUEST = Path(grader.guest.__path__[0])
LEVEL = "C"

_START_SECONDS = 120
_END_SECONDS = 30
_MESSAGE = 1 << 16
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    # a fork copies one thread: the pools of linear algebra must not exist
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}


class ZygoteFault(InternalError):  # noqa: N818 - a fault of ours, not of whoever calls
    """The warm process did not start, has died or cannot fork."""


class Ended(Struct, frozen=True):
    """How a child has ended: its exit code or the number of the signal that killed it."""

    pid: int
    code: int | None
    signal: int | None
    cpu_seconds: float
    max_rss_kb: int


class Report(Struct, frozen=True):
    """One message of the warm process; one field is set."""

    ready: list[str] | None = None
    pid: int | None = None
    ended: Ended | None = None
    failed: str | None = None
    untidy: str | None = None


_decoder = Decoder(Report)


class Zygote:
    """A warm process with at most one running child.

    It lives no longer than the thread that made it, which is also the only one that may use it; any thread may
    `stop` it. Raises `ZygoteFault` when it cannot be started.
    """

    def __init__(self, guest: Path = GUEST, level: str = LEVEL) -> None:
        self.level = level
        self.work = Path(tempfile.mkdtemp(prefix="grader-box-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self.process = _start(guest, theirs.fileno(), self.work)
            self._await_ready()
        except BaseException:
            self.close()
            raise

    def fork(self, bounds: Bounds, job: int, result: int, output: int) -> None:
        """Order a child that reads from `job` and writes to `result` and `output`. Raises `ZygoteFault`."""
        try:
            socket.send_fds(self.line, [json.dumps({"fork": bounds}).encode()], [job, result, output])
        except OSError as error:
            raise ZygoteFault(f"the warm process is gone: {error}") from None

    def kill_child(self, pid: int) -> None:
        """Order that the child `pid` be killed, unless it has ended already. Raises `ZygoteFault`."""
        try:
            self.line.send(json.dumps({"kill": pid}).encode())
        except OSError as error:
            raise ZygoteFault(f"the warm process is gone: {error}") from None

    def report(self) -> Report:
        """Wait for the next message. Raises `ZygoteFault`."""
        try:
            data = self.line.recv(_MESSAGE)
            if not data:
                raise ZygoteFault("the warm process has died")
            report = _decoder.decode(data)
        except (OSError, DecodeError) as error:
            raise ZygoteFault(f"the warm process is gone: {error}") from None
        if report.failed is not None:
            raise ZygoteFault(report.failed)
        return report

    def stop(self) -> None:
        """Have it end itself and its child at once; whoever talks to it gets a `ZygoteFault`."""
        if self.process is not None:
            self.process.terminate()

    def close(self) -> None:
        """End it, its child and its work folder."""
        # its other end closed is what tells it to clear up and go
        self.line.close()
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_END_SECONDS)
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.work, ignore_errors=True)

    def _await_ready(self) -> None:
        poll = select.poll()
        poll.register(self.line, select.POLLIN)
        if not poll.poll(_START_SECONDS * 1000):
            raise ZygoteFault(f"the warm process was not ready after {_START_SECONDS} s")
        report = self.report()
        if self.level not in (report.ready or ()):
            raise ZygoteFault(f"no isolation of level {self.level!r} here, only of {report.ready}")


def _start(guest: Path, control: int, work: Path) -> subprocess.Popen[bytes]:
    """Execute, never fork and run on: nothing of this process's memory may be in the box.

    `-P` and `-S` keep the current folder and site-specific code out; not `-I`, which would ignore the hash seed
    in the environment, and the environment is ours.
    """
    program = [sys.executable, "-s", "-P", "-S", "-B", "-X", "utf8", str(guest / "__main__.py")]
    try:
        return subprocess.Popen(
            [*program, str(control), str(work), *site_packages()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=work,
            env={**_ENVIRONMENT, "HOME": str(work)},
            pass_fds=(control,),
            start_new_session=True,
        )
    except OSError as error:
        raise ZygoteFault(f"the warm process cannot be started: {error}") from None


def site_packages() -> list[str]:
    """Folders of installed packages, as they are in effect here."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
