"""CPU and wall time per submission and peak memory, beside a plain `python file.py` per submission.

Marks N copies of the bundled submissions that end by themselves (the endless loops cost what their limits say, not
what grading costs), for every N that is given, in one run with the plain process in between. Numbers are dealt by id,
so what a copy answers by hand is right for somebody else, and the judge tries every mistake on every answer: the
dearest class there is. With `--own`, copies are scripts whose answers fit their own numbers, one in five a mistake.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from grader.author.parts import Answer
from grader.author.readings import convention_settings, full_reading, names_used, single_readings
from grader.judge.dealing import deal
from grader.judge.expecting import Expectations
from grader.workflow.opening import open_assignment

ROOT = Path(__file__).resolve().parents[2]
DELIVERY = ROOT / "tests" / "specimens" / "colloquium" / "delivery"
ASSIGNMENT = ROOT / "assignments" / "colloquium"
TICKETS = ROOT / "tests" / "specimens" / "colloquium" / "tickets.toml"
SLOW = ("loop", "memory")
BROKEN = ("filippov",)  # not text that could be continued
PLAIN = "import numpy, sympy\n"


@dataclass(frozen=True)
class Measured:
    """What a command cost: seconds of CPU (all its processes), of wall time, peak memory of all processes in MB."""

    cpu: float
    wall: float
    peak: float


def measured(command: list[str]) -> Measured:
    """Run a command to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = [0.0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(child.pid, peak, done))
    watcher.start()
    _, error = child.communicate()
    done.set()
    watcher.join()
    if child.returncode not in (0, 3):
        sys.exit(error.decode(errors="replace"))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(cpu, time.perf_counter() - started, peak[0])


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(0.1):
        peak[0] = max(peak[0], sum(_proportional(process) for process in _family(pid)))


def _family(pid: int) -> list[int]:
    family = [pid]
    for process in family:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                family += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return family


def _proportional(pid: int) -> float:
    """Memory of a process in MB, with shared pages counted once over all who share them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0


def own_answers(count: int, folder: Path) -> None:
    """Fill `folder` with scripts of bundled students, with answers that fit the numbers of each."""
    assignment = open_assignment(ASSIGNMENT, TICKETS)
    expectations = Expectations(assignment)
    scripts = [
        s for s in sorted(DELIVERY.glob("*.py")) if not any(word in s.name for word in (*SLOW, *BROKEN))
    ]
    rng = random.Random(1)
    for number in range(count):
        script = scripts[number % len(scripts)]
        student = f"{number:06d}-{script.stem}"
        hand = deal(assignment, student)
        lines = [script.read_text("utf-8", errors="replace"), ""]
        for task in assignment.asked.values():
            for part in task.parts:
                if isinstance(part, Answer):
                    setting = convention_settings(task, names_used(part))[0]
                    wrong = single_readings(part, setting) if rng.random() < 0.2 else []
                    reading = rng.choice(wrong) if wrong else full_reading(part, setting)
                    value = expectations.expected(task, part, 0, reading, hand, {})
                    if type(value) is str and value.startswith("d/d"):
                        result = value.partition("=")[2].strip()
                        value = f"{result} + x - x\n= {result}"
                    plain_value = getattr(value, "tolist", lambda value=value: value)()
                    lines.append(f"{task.name}_{part.name} = {plain_value!r}")
        (folder / f"{student}.py").write_text("\n".join(lines), "utf-8")


def copies(count: int, folder: Path) -> None:
    """Fill `folder` with `count` submissions, the bundled ones over and over."""
    originals = sorted(entry for entry in DELIVERY.iterdir() if not any(word in entry.name for word in SLOW))
    for number in range(count):
        original = originals[number % len(originals)]
        target = folder / f"{number:06d}-{original.stem}"
        if original.is_dir():
            shutil.copytree(original, target)
        else:
            target.mkdir()
            shutil.copy(original, target / original.name)


def plain(count: int, folder: Path) -> Measured:
    """A process per submission that imports what the warm one has, and runs a trivial file."""
    file = folder / "plain.py"
    file.write_text(PLAIN)
    runs = [measured([sys.executable, str(file)]) for _ in range(count)]
    return Measured(
        sum(run.cpu for run in runs) / count,
        sum(run.wall for run in runs) / count,
        max(run.peak for run in runs),
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="+", default=[100, 2000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--plain-runs", type=int, default=10)
    parser.add_argument("--own", action="store_true", help="answers that fit the numbers of each copy")
    options = parser.parse_args()
    grader = str(Path(sys.executable).parent / "grader")
    print(f"{'':>22}{'CPU ms':>10}{'wall ms':>10}{'peak MB':>10}{'CPU ratio':>11}")
    for count in options.copies:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            base = plain(options.plain_runs, folder)
            submissions, run = folder / "submissions", folder / "run"
            submissions.mkdir()
            (own_answers if options.own else copies)(count, submissions)
            workers = str(options.workers)
            command = [
                grader,
                "grade",
                str(ASSIGNMENT),
                str(submissions),
                "-o",
                str(run),
                "--workers",
                workers,
                "--tickets",
                str(TICKETS),
            ]
            first = measured(command)
            second = measured(command)
        rows = (
            ("python file.py", base, 1),
            (f"grade, N = {count}", first, count),
            (f"again, N = {count}", second, count),
        )
        for label, row, share in rows:
            cpu, wall = 1000 * row.cpu / share, 1000 * row.wall / share
            ratio = 1000 * base.cpu / cpu if cpu else float("inf")
            print(f"{label:>22}{cpu:>10.2f}{wall:>10.2f}{row.peak:>10.0f}{ratio:>10.1f}×")


if __name__ == "__main__":
    main()
