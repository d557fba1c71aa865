"""The warm process as the trusted side sees it: started, told to fork, closed."""

from __future__ import annotations

import json
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.json import Decoder
from msgspec.structs import replace

import grader.guest
from grader.errors import InternalError
from grader.guest.confine import Bounds

GUEST = Path(grader.guest.__path__[0])

_START_SECONDS = 120
_END_SECONDS = 30
_MESSAGE = 1 << 16
_CREDENTIALS_SPACE = socket.CMSG_SPACE(12)
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    # a fork copies one thread: the pools of linear algebra must not exist
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    # every thread would reserve address space for a heap of its own, until a few had used up what is allowed
    "MALLOC_ARENA_MAX": "1",
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
    """One message of the warm process.

    `level` is that of its walls and `refused` says why stronger ones could not be had; `pid` is a child's number
    there, and `process` the process id here of that child, or else of itself; `user` is whom it runs as.
    """

    level: str | None = None
    refused: dict[str, str] = {}
    ready: bool = False
    pid: int | None = None
    process: int | None = None
    user: int = -1
    ended: Ended | None = None
    failed: str | None = None
    untidy: str | None = None


_decoder = Decoder(Report)


class Zygote:
    """A warm process with at most one running child.

    It lives no longer than the thread that made it, which is also the only one that may use it; any thread may
    `stop` it. It has the strongest walls that this machine can have, or those of the `level` that is given; a
    `prefix` is a command that starts it. Beside numpy, `packages` are warm; where only its walls are of interest, it
    need not be warm at all. `pid` is its process id and `user` whom it runs as.

    Raises `ZygoteFault` when it cannot be started.
    """

    def __init__(
        self,
        guest: Path = GUEST,
        level: str = "",
        prefix: Sequence[str] = (),
        warm: bool = True,
        packages: Sequence[str] = (),
    ) -> None:
        self._warm = warm
        self.level = level
        self.refused: dict[str, str] = {}
        self.pid = 0
        self.user = -1
        self.work = Path(tempfile.mkdtemp(prefix="grader-box-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            with theirs:
                self.process = _start(
                    [*prefix, *_program(guest)], theirs.fileno(), self.work, level, packages
                )
            self._enter()
            if warm and not self._await().ready:
                raise ZygoteFault("the warm process is not ready")
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
            data, extra, _, _ = self.line.recvmsg(_MESSAGE, _CREDENTIALS_SPACE)
            if not data:
                raise ZygoteFault("the warm process has died")
            report = _decoder.decode(data)
        except (OSError, DecodeError) as error:
            raise ZygoteFault(f"the warm process is gone: {error}") from None
        if report.failed is not None:
            raise ZygoteFault(report.failed)
        own = report.pid is not None and self.level != "A"
        process, user = _credentials(extra)
        return replace(report, process=report.pid if own else process, user=user)

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
                self.process.wait(_END_SECONDS if self._warm else 0)
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.work, ignore_errors=True)

    def _await(self) -> Report:
        poll = select.poll()
        poll.register(self.line, select.POLLIN)
        if not poll.poll(_START_SECONDS * 1000):
            raise ZygoteFault(f"the warm process was not ready after {_START_SECONDS} s")
        return self.report()

    def _enter(self) -> None:
        report = self._await()
        if report.level is None or report.process is None:
            raise ZygoteFault("the warm process does not say where it is")
        self.level, self.refused = report.level, report.refused
        self.pid, self.user = report.process, report.user


def available(level: str = "") -> Zygote:
    """The strongest walls of this machine, or those of a level, tried and closed again. Raises `ZygoteFault`."""
    trial = Zygote(level=level, warm=False)
    trial.close()
    return trial


def _program(guest: Path) -> list[str]:
    """Execute, never fork and run on: nothing of this process's memory may be in the box.

    `-P` and `-S` keep the current folder and site-specific code out; not `-I`, which would ignore the hash seed
    in the environment, and the environment is ours.
    """
    return [sys.executable, "-s", "-P", "-S", "-B", "-X", "utf8", str(guest / "__main__.py")]


def _start(
    program: list[str], control: int, work: Path, level: str, packages: Sequence[str]
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [*program, str(control), str(work), level, ",".join(packages), *site_packages()],
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


def _credentials(extra: list[tuple[int, int, bytes]]) -> tuple[int | None, int]:
    """The process id and the user in the credentials that came with a message."""
    for level, kind, data in extra:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            process, user, _ = struct.unpack("iII", data)
            return process, user
    return None, -1


def site_packages() -> list[str]:
    """Folders of installed packages, as they are in effect here."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
