"""Boxes on this machine: one warm process and one thread per worker."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from grader.box.box import Box
from grader.box.posing import needs_box, without_box
from grader.model.job import Job, Outcomes

_AHEAD = 4


def available() -> str | None:
    """Why this backend cannot be used here, or None."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "it needs Linux 5.9 or newer"
    if not Path("/proc/self/task").is_dir():
        return "it needs /proc"
    return None


def run(jobs: Iterable[Job], workers: int = 1, make_box: Callable[[], Box] = Box) -> Iterator[Outcomes]:
    """Yield the outcomes in the order of `jobs`, looking only a few of them ahead.

    A fault of ours is an observation, never an exception. Closing the iterator ends every process.
    """
    crew = _Crew(workers, make_box)
    waiting: deque[Future[Outcomes]] = deque()
    try:
        for job in jobs:
            waiting.append(crew.accept(job))
            while len(waiting) > workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        crew.dismiss()


class _Crew:
    """Threads that each have a box of their own."""

    def __init__(self, workers: int, make_box: Callable[[], Box]) -> None:
        self._pool = ThreadPoolExecutor(workers, "box")
        self._own = threading.local()
        self._make_box = make_box
        self._boxes: list[Box] = []

    def accept(self, job: Job) -> Future[Outcomes]:
        """Have `job` observed, if there is anything to run."""
        if needs_box(job):
            return self._pool.submit(self._observe, job)
        known: Future[Outcomes] = Future()
        known.set_result(without_box(job))
        return known

    def dismiss(self) -> None:
        """End threads and processes; what is being observed is dropped."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for box in self._boxes:
            box.stop()
        self._pool.shutdown(wait=True)
        for box in self._boxes:
            box.close()

    def _observe(self, job: Job) -> Outcomes:
        box: Box | None = getattr(self._own, "box", None)
        if box is None:
            box = self._own.box = self._make_box()
            self._boxes.append(box)
        return box.observe(job)
