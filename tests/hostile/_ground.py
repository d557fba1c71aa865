"""Where attacks are tried: a box in one set-up, its stage, and ears at every pipe that leaves it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from msgspec import json

from grader.author.assignment import Assignment
from grader.author.loading import load_assignment
from grader.box import child
from grader.box.box import Box
from grader.guest import plain
from grader.judge.dealing import calls_of, deal
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record, Student
from grader.model.job import Call, Job, Outcomes
from grader.model.submission import Source
from grader.workflow.judging import judged
from tests.hostile._attack import Attack, Seen
from tests.hostile._setups import Setup
from tests.hostile._stage import Stage


class Ears:
    """Stands for the module `os` where the trusted side reads, and remembers every byte read while it listens.

    It stands there for a whole session: what others read meanwhile is not its business, and may be gigabytes.
    """

    def __init__(self) -> None:
        self.heard = bytearray()
        self.listening = False

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def read(self, descriptor: int, count: int) -> bytes:
        """Read, and remember."""
        data = os.read(descriptor, count)
        if self.listening:
            self.heard += data
        return data


@dataclass
class Ground:
    """Where attacks are tried: a box in one set-up with its stage."""

    setup: Setup
    stage: Stage
    ears: Ears
    temporary: Path
    box: Box = field(init=False)
    works: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.box = Box(self.setup.start)
        self.course: Assignment = load_assignment(self.stage.course)
        self.expectations = Expectations(self.course)

    def observe(self, job: Job) -> tuple[Outcomes, str]:
        """What came of a job, and all text that left the box meanwhile."""
        self.ears.heard.clear()
        self.ears.listening = True
        outcomes = self.box.observe(job)
        self.ears.listening = False
        if self.box.zygote is not None:
            self.works.add(str(self.box.zygote.work))
        told = json.encode(outcomes).decode("unicode_escape", "replace")
        return outcomes, told + json.encode(outcomes).decode() + self.ears.heard.decode("latin-1")

    def attack(self, attack: Attack) -> Seen:
        """Let the attack be made, and look at what came of it."""
        words = self.stage.words(self.zygote_pid())
        arguments = tuple(words.get(one, one) if isinstance(one, str) else one for one in attack.arguments)
        given = deepcopy(arguments)
        source = Source("attack.py", "script", (dedent(attack.source),))
        outcomes, everything = self.observe(
            Job("mallory", (source,), (Call("0", "attack", arguments),), attack.limits)
        )
        assert plain.dumps(list(given)) == plain.dumps(list(arguments)), "an argument of ours was changed"
        seen = outcomes.observations["0"]
        value = plain.loads(bytes(seen.value)) if seen.outcome == "returned" else None
        return Seen(seen.outcome, value, seen, everything, self.stage.secrets["oracle"])

    def mark(self, *sources: Source) -> Record:
        """Have a submission to the stage's course marked."""
        calls = calls_of(self.course, deal(self.course, "ivanova"))
        limits = self.course.decisions.limits
        outcomes, _ = self.observe(Job("ivanova", sources, calls, limits, self.course.repairs))
        student = Student("ivanova", language="en")
        return judged(self.expectations, student, outcomes.observations, outcomes.remarks, "", "")

    def zygote_pid(self) -> int:
        """The warm process."""
        if self.box.zygote is None:
            self.mark_honest()
        assert self.box.zygote is not None
        return self.box.zygote.pid

    def mark_honest(self) -> Record:
        """Have the honest submission marked."""
        return self.mark(Source("ivanova.py", "script", (self.stage.honest,)))

    def children(self) -> list[int]:
        """Processes that the warm process still has."""
        pid = self.zygote_pid()
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def litter(self) -> list[str]:
        """What children have left in the folder they work in."""
        assert self.box.zygote is not None
        return [str(path) for path in self.box.zygote.work.rglob("*")]


def left_over(works: set[str]) -> list[str]:
    """Processes and mounts that still bear the name of one of the folders in `works`."""
    found = [line for line in Path("/proc/self/mountinfo").read_text().splitlines() if _names(line, works)]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            bears = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if _names(bears.decode(errors="replace"), works):
            found.append(str(process))
    return found


def _names(text: str, works: set[str]) -> bool:
    return any(work in text for work in works)


@contextmanager
def opened(setup: Setup) -> Iterator[Ground]:
    """A ground with a stage of its own; what the box needs for a while it makes in `temporary`."""
    # not pytest's own folder, into which only its owner may look
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    folder.chmod(0o755)
    temporary = folder / "temporary"
    temporary.mkdir()
    temporary.chmod(0o777)
    stage = Stage(folder / "stage", setup.owner)
    try:
        with pytest.MonkeyPatch.context() as patch:
            ears = Ears()
            patch.setattr(child, "os", ears)
            patch.setattr(tempfile, "tempdir", str(temporary))
            stage.enter(patch)
            ground = Ground(setup, stage, ears, temporary)
            try:
                yield ground
            finally:
                ground.box.close()
    finally:
        stage.close()
        shutil.rmtree(folder, ignore_errors=True)
