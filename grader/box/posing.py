"""Poses the inputs of a job to a submission; each call is protected from the one before."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from math import ceil
from threading import Lock

from grader.box import protocol
from grader.box.child import Child, Lost
from grader.box.quoting import Quotable
from grader.box.zygote import Zygote, ZygoteFault
from grader.guest import plain
from grader.guest.confine import Bounds
from grader.model.job import Call, Job, Outcomes, Read
from grader.model.observation import MISSING, Observation, Trouble
from grader.model.submission import Remark

_ALONE = Lock()
"""Held while a call is made again because the clock on the wall ran out: no worker begins another one meanwhile."""
_READY_SECONDS = 60
_SKIPS = 3
_DEATHS = 8
_ANNOUNCEMENTS = 100_000
_SKIP_REMARKS = {"timed_out": "cell_timed_out", "out_of_memory": "cell_out_of_memory"}


def needs_box(job: Job) -> bool:
    """Tell whether there is something to run and something to ask."""
    return bool(job.calls) and any(source.kind != "sheet" or source.cells for source in job.sources)


def without_box(job: Job) -> Outcomes:
    """The outcomes of a job that has nothing to run: what is only written down is not in the box."""
    return Outcomes(job.student, {question.key: MISSING for question in job.calls})


class Posing:
    """One job on its way through the box: what has been observed, and what there is still to pose."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.observations: dict[str, Observation] = {}
        self.remarks: tuple[Remark, ...] = ()
        self.cpu_seconds = 0.0
        self._skipped: list[Remark] = []
        self._skip: set[tuple[str, int]] = set()
        self._time_outs: Counter[str] = Counter()
        self._deaths: Counter[str] = Counter()
        self._again: set[str] = set()
        self._read_singly = False
        self._quotable = Quotable(job)
        self._kinds = {source.name: source.kind for source in job.sources}

    def run(self, zygote: Zygote) -> None:
        """Pose everything that has not been observed yet. Raises `ZygoteFault`."""
        while left := [one for one in self.job.calls if one.key not in self.observations]:
            if self.cpu_seconds > self.job.limits.total_seconds:
                self._stop(left)
                return
            child = Child(zygote, self.job.limits, self._bounds(zygote.level, len(left)))
            try:
                if self._load(child, left):
                    self._pose(child, left)
            finally:
                self.cpu_seconds += child.finish()

    def _stop(self, left: Sequence[Call | Read]) -> None:
        """The submission has had its time in all: what is left is not posed."""
        for question in left:
            self.observations[question.key] = Observation("timed_out", trouble=Trouble("not_tried_again"))

    def give_up(self, message: str) -> None:
        """Everything that has not been observed is our fault."""
        for question in self.job.calls:
            self.observations.setdefault(
                question.key, Observation("faulted", trouble=Trouble("box", message))
            )

    def outcomes(self) -> Outcomes:
        """What came of it, in the order of the calls."""
        observations = {question.key: self.observations[question.key] for question in self.job.calls}
        return Outcomes(
            self.job.student, observations, (*self._skipped, *self.remarks), round(self.cpu_seconds, 6)
        )

    def _bounds(self, level: str, calls: int) -> Bounds:
        limits = self.job.limits
        whole_seconds = ceil(limits.cpu_seconds)  # the kernel knows no others
        return Bounds(
            level=level,
            allow_processes=limits.allow_processes,
            memory_mb=limits.memory_mb,
            file_mb=limits.file_mb,
            open_files=limits.open_files,
            threads=limits.threads,
            answer_kb=limits.answer_kb,
            cpu_seconds=whole_seconds,
            load_seconds=limits.load_seconds,
            cpu_total=limits.load_seconds + calls * (whole_seconds + 1) + 1,
        )

    def _load(self, child: Child, left: Sequence[Call | Read]) -> bool:
        """Run the submission once; otherwise decide what to skip next time, or that there is no next time."""
        place: list[tuple[str, int]] = []
        try:
            self._run_submission(child, place)
        except Lost as lost:
            self._not_loaded(lost.observation, place[-1] if place else None, left)
            return False
        return True

    def _run_submission(self, child: Child, place: list[tuple[str, int]]) -> None:
        limits = self.job.limits
        try:
            ready = child.ask(b"", _READY_SECONDS, _READY_SECONDS)
        except Lost as lost:
            raise ZygoteFault(f"a child cannot be confined: {lost.observation.trouble}") from None
        if not isinstance(ready, protocol.Ready):
            raise ZygoteFault("a child speaks before it is confined")
        message = protocol.load_frame(self.job, self._skip)
        start = time.monotonic()
        for _ in range(_ANNOUNCEMENTS):
            cpu_left = limits.load_seconds - child.cpu()
            wall_left = limits.load_seconds * limits.wall_factor + start - time.monotonic()
            if place:
                cpu_left = min(cpu_left, limits.cpu_seconds)
                wall_left = min(wall_left, limits.cpu_seconds * limits.wall_factor)
            frame = child.ask(message, cpu_left, wall_left)
            if isinstance(frame, protocol.Loaded):
                self.remarks = frame.remarks
                return
            if not isinstance(frame, protocol.At) or frame.file not in self._kinds:
                break
            place[:] = [(frame.file, frame.index)]
            message = b""
        child.violate("not an answer to loading")

    def _not_loaded(
        self, observation: Observation, place: tuple[str, int] | None, left: Sequence[Call | Read]
    ) -> None:
        if place is None or place in self._skip or len(self._skip) == _SKIPS:
            self.observations.update((question.key, observation) for question in left)
            return
        self._skip.add(place)
        file, index = place
        detail = {"file": file}
        if self._kinds[file] == "notebook":
            detail["cell"] = str(index + 1)
        self._skipped.append(Remark(_SKIP_REMARKS.get(observation.outcome, "cell_crashed"), detail))

    def _pose(self, child: Child, left: Sequence[Call | Read]) -> None:
        """Pose until the child is lost, or until there is nothing left."""
        if not self._read_together(child, left):
            return
        answered = False
        for question in left:
            if question.key in self.observations:
                continue
            entry = _entry(question)
            observation = self._without_asking(entry)
            lost = False
            if observation is None:
                observation, lost = self._ask(child, question)
                # what kills a child that has answered before may have been left there by an earlier call
                if lost and answered and observation.outcome != "timed_out":
                    return
                answered = True
                if lost and self._deserves_another_try(question.key, observation):
                    return
            self.observations[question.key] = observation
            if lost:
                counter = self._time_outs if observation.outcome == "timed_out" else self._deaths
                counter[entry] += 1
                return

    def _read_together(self, child: Child, left: Sequence[Call | Read]) -> bool:
        """Read all variables at once, before any call can change them; whether the child lives on.

        Where that costs it its life, the next child is asked for one at a time.
        """
        reads = [question for question in left if isinstance(question, Read)]
        if len(reads) < 2 or self._read_singly:
            return True
        self._read_singly = True
        limits = self.job.limits
        wall = limits.cpu_seconds * limits.wall_factor
        try:
            frames = child.ask_for(len(reads), protocol.reads_frame(reads), limits.cpu_seconds, wall)
            for frame, question in zip(frames, reads, strict=True):
                if not isinstance(frame, protocol.Answer) or frame.key != question.key:
                    child.violate("not an answer to what was asked")
                if frame.observation.outcome != "out_of_memory":
                    self.observations[question.key] = self._quotable.checked(frame.observation)
        except Lost:
            return False
        return True

    def _deserves_another_try(self, key: str, observation: Observation) -> bool:
        """Whether only the clock on the wall ran out: a busy machine does that, too, so it counts the second time."""
        if observation.trouble is None or observation.trouble.kind != "wall" or key in self._again:
            return False
        self._again.add(key)
        return True

    def _answer(self, child: Child, key: str, message: bytes) -> protocol.Frame:
        """Wait for an answer; for one that is asked again alone, and for twice as long."""
        limits = self.job.limits
        wall = limits.cpu_seconds * limits.wall_factor
        if key in self._again:
            with _ALONE:
                return child.ask(message, limits.cpu_seconds, 2 * wall)
        with _ALONE:
            pass  # what is asked again in another worker comes first
        return child.ask(message, limits.cpu_seconds, wall)

    def _without_asking(self, entry: str) -> Observation | None:
        if self._time_outs[entry] >= self.job.limits.timeouts:
            return Observation("timed_out", trouble=Trouble("not_tried_again"))
        if self._deaths[entry] >= _DEATHS:
            return Observation("crashed", trouble=Trouble("not_tried_again"))
        return None

    def _ask(self, child: Child, question: Call | Read) -> tuple[Observation, bool]:
        """Give what came of it, and whether the child can no longer be asked anything."""
        try:
            message = protocol.question_frame(question)
        except plain.Unsupported as error:
            return Observation("faulted", trouble=Trouble("argument", str(error))), False
        try:
            frame = self._answer(child, question.key, message)
            if not isinstance(frame, protocol.Answer) or frame.key != question.key:
                child.violate("not an answer to what was asked")
        except Lost as lost:
            return lost.observation, True
        # its memory may be full of what it has kept: the next call deserves a fresh one
        return self._quotable.checked(frame.observation), frame.observation.outcome == "out_of_memory"


def _entry(question: Call | Read) -> str:
    return question.entry if isinstance(question, Call) else question.names[0][0]
