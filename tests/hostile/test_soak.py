"""Thousands of submissions, a fifth of them hostile: every honest one is observed rightly and nothing adds up."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.backends import local
from grader.box.box import Box
from grader.guest import plain
from grader.model.job import Call, Job, Limits
from grader.model.submission import Source
from tests.hostile.test_attacks import ATTACKS

COUNT = 5000
EVERY = 5
SETTLED = 1000
HONEST = "def f(x):\n    return x * x + {number}\n"
MEGABYTES = 1 << 20
PAGE = os.sysconf("SC_PAGE_SIZE")


def job(name: str, text: str, entry: str, *arguments: object, limits: Limits | None = None) -> Job:
    """A job of one script and one call."""
    source = Source(f"{entry}.py", "script", (text,))
    return Job(name, (source,), (Call("", entry, arguments),), limits or Limits(cpu_seconds=2))


def quick_attacks() -> list[str]:
    """Texts of attacks that need nothing to aim at and end without waiting for a limit."""
    box = Box()
    texts = []
    try:
        for attack in ATTACKS:
            if attack.arguments:
                continue
            started = time.monotonic()
            box.observe(job("", attack.source, "attack", limits=attack.limits))
            if time.monotonic() - started < 0.3:
                texts.append(attack.source)
    finally:
        box.close()
    return texts


def memory(pid: int) -> int:
    """Resident memory of a process in bytes; nothing where it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def children() -> list[int]:
    """Processes started by this one."""
    return [
        int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()
    ]


@pytest.fixture
def ground_floor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder for this test alone, open to the user that a box becomes, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    folder.chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.slow
def test_nothing_adds_up_over_thousands_of_submissions(ground_floor: Path) -> None:
    """Honest answers are right, memory is flat, and no process or folder is left behind."""
    hostile = quick_attacks()
    assert len(hostile) > 50

    def jobs() -> Iterator[Job]:
        for number in range(COUNT):
            if number % EVERY == 0:
                text = hostile[number // EVERY % len(hostile)]
                yield job(f"h{number}", text, "attack", limits=Limits(cpu_seconds=1, load_seconds=1))
            else:
                yield job(f"s{number}", HONEST.format(number=number), "f", number)

    before = set(children())
    wrong, settled, warm = [], 0, {}
    for count, outcomes in enumerate(local.run(jobs(), workers=2)):
        number = int(outcomes.student[1:])
        observation = outcomes.observations[""]
        if number % EVERY and (
            observation.outcome != "returned" or plain.loads(bytes(observation.value)) != number**2 + number
        ):
            wrong.append((outcomes.student, observation.outcome, observation.trouble))
        if count == SETTLED:
            settled = memory(os.getpid())
            warm = {pid: memory(pid) for pid in children() if pid not in before}
    grown = {pid: memory(pid) - size for pid, size in warm.items() if memory(pid)}
    assert wrong == []
    assert memory(os.getpid()) - settled < 30 * MEGABYTES
    assert [pid for pid, more in grown.items() if more > 20 * MEGABYTES] == []
    assert set(children()) <= before
    assert list(ground_floor.iterdir()) == []
