"""Has thousands of submissions observed, a fifth of them hostile, in a process that does nothing else.

`python _soaking.py COUNT EVERY FOLDER` prints what it saw as JSON: honest answers that are wrong, the memory of this
process and of its warm ones after every so many submissions, and the processes that are left at the end. Boxes work
in FOLDER.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grader.backends import local
from grader.box.box import Box
from grader.guest import plain
from grader.model.job import Call, Job, Limits, Outcomes
from grader.model.submission import Source
from tests.hostile._attack import WAITING
from tests.hostile.test_attacks import ATTACKS

HOSTILE = 5
"""One in so many submissions is an attack."""
HONEST = "def f(x):\n    return x * x + {number}\n"
QUICK_SECONDS = 0.3
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Soaked:
    """What was seen; memory in bytes, that of the processes started by process id."""

    attacks: int = 0
    wrong: list[str] = field(default_factory=list)
    manager: list[int] = field(default_factory=list)
    warm: list[dict[int, int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


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
            if attack.arguments or attack.row in WAITING:
                continue
            started = time.monotonic()
            box.observe(job("", attack.source, "attack", limits=attack.limits))
            if time.monotonic() - started < QUICK_SECONDS:
                texts.append(attack.source)
    finally:
        box.close()
    return texts


def jobs(count: int, hostile: list[str]) -> Iterator[Job]:
    """Honest submissions, each with another answer, and attacks in turn."""
    for number in range(count):
        if number % HOSTILE == 0:
            text = hostile[number // HOSTILE % len(hostile)]
            yield job(f"h{number}", text, "attack", limits=Limits(cpu_seconds=1, load_seconds=1))
        else:
            yield job(f"s{number}", HONEST.format(number=number), "f", number)


def complaint(outcomes: Outcomes) -> str:
    """What is wrong with the observation of an honest submission, or nothing."""
    number = int(outcomes.student[1:])
    seen = outcomes.observations[""]
    if outcomes.student.startswith("h"):
        return ""
    if seen.outcome != "returned":
        return f"{outcomes.student}: {seen.outcome} {seen.trouble}"
    value = plain.loads(bytes(seen.value))
    return "" if value == number**2 + number else f"{outcomes.student}: {value}"


def memory(pid: int) -> int:
    """Resident memory of a process in bytes; nothing where it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def descendants() -> list[int]:
    """Processes started by this one, and by those: at level A a warm process is the child of one that waits."""
    family = [os.getpid()]
    for pid in family:
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                family += map(int, file.read_text().split())
    return family[1:]


def soak(count: int, every: int) -> Soaked:
    """Have `count` submissions observed by two workers, and look at the memory after every so many."""
    hostile = quick_attacks()
    soaked = Soaked(len(hostile))
    for number, outcomes in enumerate(local.run(jobs(count, hostile), workers=2), 1):
        wrong = complaint(outcomes)
        if wrong:
            soaked.wrong.append(wrong)
        if number % every == 0:
            soaked.manager.append(memory(os.getpid()))
            soaked.warm.append({pid: memory(pid) for pid in descendants()})
    soaked.left = descendants()
    return soaked


def main(count: str, every: str, folder: str) -> None:
    """Soak, and print what was seen."""
    tempfile.tempdir = folder
    print(json.dumps(asdict(soak(int(count), int(every)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
