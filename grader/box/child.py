"""One running child as the trusted side sees it: asked one thing at a time, within limits of time and size."""

from __future__ import annotations

import os
import select
import time
from contextlib import suppress
from signal import SIGKILL, SIGXCPU, Signals
from typing import Literal, NoReturn

from grader.box import protocol
from grader.box.zygote import Ended, Zygote, ZygoteFault
from grader.guest.confine import FAILED, OUT_OF_MEMORY, OUT_OF_TIME, Bounds
from grader.model.job import Limits
from grader.model.observation import Observation, Trouble

Reason = Literal["cpu", "wall", "protocol", "output", "gone"]

FLOOD = 64 << 20
_PIECE = 1 << 16
_SHORTEST_WAIT = 0.005
_FAREWELL_SECONDS = 1.0
_END_SECONDS = 60.0


class Lost(Exception):  # noqa: N818 - named after what happened
    """The child is gone without an answer; `observation` says why."""

    def __init__(self, observation: Observation) -> None:
        super().__init__(observation.outcome)
        self.observation = observation


class Child:
    """A forked child and the three pipes to it. Methods raise `ZygoteFault` where the fault is ours."""

    def __init__(self, zygote: Zygote, limits: Limits, bounds: Bounds) -> None:
        self.zygote = zygote
        self.pid: int | None = None
        self._process: int | None = None
        self.ended: Ended | None = None
        self.output = bytearray()
        self._cpu_total = bounds["cpu_total"]
        self._printed = 0
        self._output_kept = limits.output_kb << 10
        self._arrived = bytearray()
        self._largest = protocol.largest(limits)
        self._line = zygote.line.fileno()
        self._open_pipes(bounds)

    def ask(self, message: bytes, cpu_seconds: float, wall_seconds: float) -> protocol.Frame:
        """Send `message` (which may be empty) and wait for one frame.

        Raises `Lost`, after which the child has been killed and reaped.
        """
        return self.ask_for(1, message, cpu_seconds, wall_seconds)[0]

    def ask_for(
        self, count: int, message: bytes, cpu_seconds: float, wall_seconds: float
    ) -> list[protocol.Frame]:
        """Send `message` and wait for so many frames; see `ask`."""
        if message and self._arrived:
            self._lose("protocol", "a frame that nobody asked for")
        message = self._write(message)
        start, cpu_start = time.monotonic(), self.cpu()
        cpu_left, wall_left = cpu_seconds, wall_seconds
        frames: list[protocol.Frame] = []
        while True:
            data = self._next_frame()
            if data is not None:
                frames.append(self._read(data))
                if len(frames) == count:
                    return frames
                continue
            if self.ended is not None:
                self._lose("gone")
            # only now: an answer that has arrived counts, however late it is noticed
            if cpu_left <= 0 or wall_left <= 0:
                self._lose("cpu" if cpu_left <= 0 else "wall")
            self._wait(min(cpu_left, wall_left), bool(message))
            message = self._write(message)
            wall_left = start + wall_seconds - time.monotonic()
            cpu_left = cpu_start + cpu_seconds - self.cpu()

    def _read(self, data: bytes) -> protocol.Frame:
        try:
            return protocol.read(data)
        except protocol.Violation as error:
            self._lose("protocol", str(error))

    def finish(self) -> float:
        """Say goodbye and wait for the end; gives the CPU seconds that the child has used."""
        try:
            if self._pipes:
                # nothing more to be read: that is what ends the conversation
                os.close(self._job)
                self._pipes.remove(self._job)
            if not self._await_end(_FAREWELL_SECONDS):
                self._kill()
        finally:
            self._close_pipes()
        return self.ended.cpu_seconds if self.ended is not None else 0.0

    def cpu(self) -> float:
        """CPU seconds that the child has used, all its threads together."""
        if self._process is None:
            return 0.0
        try:
            # the kernel's name for the clock of another process: see clock_getcpuclockid(3)
            return time.clock_gettime(~self._process << 3 | 2)
        except OSError:
            return 0.0

    def violate(self, complaint: str) -> NoReturn:
        """Kill the child for an answer that does not fit. Raises `Lost`."""
        self._lose("protocol", complaint)

    def _open_pipes(self, bounds: Bounds) -> None:
        job, self._job = os.pipe()
        self._result, result = os.pipe()
        self._output, output = os.pipe()
        self._pipes = [self._result, self._output, self._job]
        for descriptor in self._pipes:
            os.set_blocking(descriptor, False)
        try:
            self.zygote.fork(bounds, job, result, output)
        except BaseException:
            self._close_pipes()
            raise
        finally:
            for descriptor in (job, result, output):
                os.close(descriptor)
        self._poll = select.poll()
        for descriptor in (self._line, self._result, self._output):
            self._poll.register(descriptor, select.POLLIN)

    def _close_pipes(self) -> None:
        while self._pipes:
            os.close(self._pipes.pop())

    def _wait(self, seconds: float, writing: bool) -> None:
        """Wait for the child to say, print, take or end something, but not longer than `seconds`."""
        if writing:
            self._poll.register(self._job, select.POLLOUT)
        for descriptor, _ in self._poll.poll(max(seconds, _SHORTEST_WAIT) * 1000):
            if descriptor == self._result:
                self._read_result()
            elif descriptor == self._output:
                self._read_output()
            elif descriptor == self._line:
                self._read_report()
        if writing:
            self._poll.unregister(self._job)

    def _write(self, message: bytes) -> bytes:
        """Write what the pipe takes; gives the rest."""
        try:
            return message[os.write(self._job, message) :] if message else message
        except BlockingIOError:
            return message
        except BrokenPipeError:
            # nobody reads any more: the end will be noticed by what does not come back
            return b""

    def _read_result(self) -> None:
        if len(self._arrived) > self._largest + _PIECE:
            return
        try:
            data = os.read(self._result, _PIECE)
        except BlockingIOError:
            return
        if not data:
            self._kill()
        self._arrived += data

    def _read_output(self) -> None:
        try:
            data = os.read(self._output, _PIECE)
        except BlockingIOError:
            return
        if not data:
            self._poll.unregister(self._output)
        self._keep(data)
        if self._printed > FLOOD:
            self._lose("output")

    def _keep(self, data: bytes) -> None:
        self._printed += len(data)
        if len(self.output) < self._output_kept:
            self.output += data[: self._output_kept - len(self.output)]

    def _read_report(self) -> None:
        report = self.zygote.report()
        if report.pid is not None:
            self.pid, self._process = report.pid, report.process
        if report.ended is not None:
            self.ended = report.ended
            self._read_rest()

    def _read_rest(self) -> None:
        """Take what the child said and printed before it ended."""
        if not self._pipes:
            return
        with suppress(BlockingIOError):
            while len(self._arrived) <= self._largest and (data := os.read(self._result, _PIECE)):
                self._arrived += data
        # a pipe holds no more than this, and nobody is left to fill it
        with suppress(BlockingIOError):
            self._keep(os.read(self._output, _PIECE))

    def _next_frame(self) -> bytes | None:
        if len(self._arrived) < 4:
            return None
        length = int.from_bytes(self._arrived[:4], "big")
        if not 0 < length <= self._largest:
            self._lose("protocol", "size of a frame")
        if len(self._arrived) < 4 + length:
            return None
        data = bytes(self._arrived[4 : 4 + length])
        del self._arrived[: 4 + length]
        return data

    def _kill(self) -> None:
        """Kill the child and wait until it has been reaped."""
        while self.pid is None and self.ended is None:
            self._await_report(_END_SECONDS)
        if self.ended is None and self.pid is not None:
            self.zygote.kill_child(self.pid)
        if not self._await_end(_END_SECONDS):
            raise ZygoteFault("a killed child does not end")

    def _await_end(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while self.ended is None and (left := end - time.monotonic()) > 0:
            self._await_report(left)
        return self.ended is not None

    def _await_report(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._line, select.POLLIN)
        if poll.poll(seconds * 1000):
            self._read_report()

    def _lose(self, reason: Reason, complaint: str = "") -> NoReturn:
        self._kill()
        self._close_pipes()
        raise Lost(self._observation(reason, complaint))

    def _observation(self, reason: Reason, complaint: str) -> Observation:
        if reason in ("cpu", "wall"):
            return Observation("timed_out", trouble=Trouble(reason))
        if reason != "gone":
            return Observation("crashed", trouble=Trouble(reason, complaint))
        ended = self.ended
        if ended is None:
            raise ZygoteFault("a child is gone without having ended")
        if ended.signal == SIGXCPU or (ended.signal == SIGKILL and ended.cpu_seconds >= self._cpu_total):
            return Observation("timed_out", trouble=Trouble("cpu"))
        if ended.code == OUT_OF_MEMORY:
            return Observation("out_of_memory")
        if self.zygote.level == "A" and ended.code == OUT_OF_TIME:
            return Observation("timed_out", trouble=Trouble("cpu"))
        if ended.signal == SIGKILL or ended.code == FAILED:
            # one kind for both: which of them it is when a child closes its pipes is a race
            return Observation("crashed", trouble=Trouble("gone"))
        if ended.signal is not None:
            return Observation("crashed", trouble=Trouble(_name(ended.signal)))
        return Observation("crashed", trouble=Trouble("exit", str(ended.code)))


def _name(number: int) -> str:
    try:
        return Signals(number).name
    except ValueError:
        return f"signal {number}"
