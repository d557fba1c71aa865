"""A backend for tests: it runs submissions of trusted authors right here, without a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from msgspec import Raw

from grader import plugins
from grader.guest import plain
from grader.model.job import Call, Job, Outcomes, Read
from grader.model.observation import MISSING, Observation


class FakeLocal:
    """Stands for `grader.backends.local`; `posed` are the students it was given, `stop_after` ends it early."""

    def __init__(self) -> None:
        self.posed: list[str] = []
        self.stop_after: int | None = None

    def available(self) -> str | None:
        """It always works."""
        return None

    def run(self, jobs: Iterable[Job], workers: int) -> Iterator[Outcomes]:
        """Run and answer; an interruption comes where a run would be killed."""
        for job in jobs:
            if self.stop_after is not None and len(self.posed) >= self.stop_after:
                raise KeyboardInterrupt
            self.posed.append(job.student)
            yield Outcomes(job.student, dict(self._observed(job)))

    def _observed(self, job: Job) -> Iterator[tuple[str, Observation]]:
        space: dict[str, Any] = {}
        for source in job.sources:
            for cell in source.cells:
                exec(cell, space)
        for call in job.calls:
            yield call.key, _answer(call, space)


def _answer(call: Call | Read, space: dict[str, Any]) -> Observation:
    try:
        if isinstance(call, Call):
            value = space[call.entry](*call.arguments)
        else:
            value = next(space[names[0]] for names in call.names if names[0] in space)
    except (KeyError, StopIteration):
        return MISSING
    except Exception:  # noqa: BLE001 - as a student's code
        return Observation("raised")
    return Observation("returned", Raw(plain.dumps(value)))


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakeLocal:
    """Puts the fake in the place of the real one."""
    fake, load = FakeLocal(), plugins.load
    monkeypatch.setattr(
        plugins,
        "load",
        lambda package, name: (
            fake if (package, name) == ("grader.backends", "local") else load(package, name)
        ),
    )
    return fake
