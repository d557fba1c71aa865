"""CPU and wall time per submission and peak memory, beside a plain `python file.py` per submission.

Marks N copies of the bundled students' scripts, for every N that is given. Numbers are dealt by id, and so the copies
go on with answers of their own, one in five a mistake. There are two other classes. `--class kinds` has notebooks and
answer sheets, too. `--class copied` has everything as it is, so that what is answered by hand is right for somebody
else, and the judge tries every mistake on every answer.

Plain processes do the same for a sample of the same submissions, in the same run. `python file.py` imports numpy and
sympy, runs a script and makes the same calls (`_plain.py`); it reads, compares and writes nothing. *Marked*, it does
all the work on a submission of any kind: it also reads the answers, judges, and writes the page (`_marking.py`).
What the imports alone cost is a row of its own. There is a ratio to each of the two.

A machine that others use, too, is now faster and now slower, by a tenth from minute to minute. `--rounds` repeats
everything with other samples, averages, and shows the ratio of each round.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.author.assignment import Assignment
from grader.bundles._handed import Handed
from grader.guest.confine import adopt_orphans
from grader.judge.dealing import calls_of, deal
from grader.model.given import Given
from grader.model.job import Call
from grader.workflow.delivery import open_delivery
from grader.workflow.opening import open_assignment

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks._classes import as_they_are, with_own_answers  # noqa: E402 - run by its path, it is found now

ASSIGNMENT = ROOT / "assignments" / "colloquium"
TICKETS = ROOT / "tests" / "specimens" / "colloquium" / "tickets.toml"
CLASSES = {
    "scripts": partial(with_own_answers, kinds=(".py",)),
    "kinds": with_own_answers,
    "copied": as_they_are,
}
IMPORTS = "import numpy, sympy"
WORK = "python file.py"
MARKING = "python file.py, marked"
PLAIN = Path(__file__).with_name("_plain.py")
MARKED = Path(__file__).with_name("_marking.py")


@dataclass(frozen=True)
class Measured:
    """What a command cost: seconds of CPU (all its processes), of wall time, peak memory of all processes in MB."""

    cpu: float
    wall: float
    peak: float


def measured(command: list[str]) -> Measured:
    """Run a command to its end, and wait for whatever it leaves to us: warm processes end after it.

    Children that were there before are somebody else's, and not waited for.
    """
    others = set(_children(os.getpid()))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = [0.0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(child.pid, peak, done))
    watcher.start()
    _, error = child.communicate()
    while left := set(_children(os.getpid())) - others:
        for orphan in left:
            with suppress(ChildProcessError):
                os.waitpid(orphan, 0)
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
        family += _children(process)
    return family


def _children(pid: int) -> list[int]:
    threads: list[Path] = []
    found: list[int] = []
    with suppress(OSError):  # it may end while it is looked at, and so may each of its threads
        threads += Path(f"/proc/{pid}/task").iterdir()
    for thread in threads:
        with suppress(OSError):
            found += map(int, (thread / "children").read_text().split())
    return found


def _proportional(pid: int) -> float:
    """Memory of a process in MB, with shared pages counted once over all who share them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0


def plain(
    assignment: Assignment,
    tickets: Path,
    submissions: Path,
    sampler: random.Random,
    runs: int,
    folder: Path,
) -> dict[str, list[Measured]]:
    """What processes cost that each take one submission: a sample of all, and of those that are one script."""
    handed = open_delivery(submissions, None, assignment.tickets).handed
    scripts = [one for one in handed if len(one.files) == 1 and one.files[0].suffix == ".py"]
    posed = folder / "posed.pickle"
    costs: dict[str, list[Measured]] = {}
    for one in _sample(sampler, scripts, runs):
        asked = assignment.asked_of(one.student).values()
        calls = [
            (call.entry, call.arguments)
            for call in calls_of(assignment, deal(assignment, one.student), asked=asked)
            if isinstance(call, Call) and not any(isinstance(argument, Given) for argument in call.arguments)
        ]
        posed.write_bytes(pickle.dumps(calls))
        costs.setdefault(f"python -c '{IMPORTS}'", []).append(measured([sys.executable, "-c", IMPORTS]))
        costs.setdefault(WORK, []).append(measured([sys.executable, *map(str, (PLAIN, *one.files, posed))]))
    for one in _sample(sampler, handed, runs):
        marking = (
            MARKED,
            assignment.folder,
            tickets,
            one.student,
            folder / "page.html",
            one.root,
            *one.files,
        )
        costs.setdefault(MARKING, []).append(measured([sys.executable, *map(str, marking)]))
    return costs


def _sample(sampler: random.Random, handed: Sequence[Handed], size: int) -> Sequence[Handed]:
    """At random: what is copied over and over comes at regular distances."""
    return sampler.sample(handed, min(size, len(handed)))


def _mean(runs: list[Measured]) -> Measured:
    cpu, wall = (sum(getattr(run, name) for run in runs) / len(runs) for name in ("cpu", "wall"))
    return Measured(cpu, wall, max(run.peak for run in runs))


def graded(submissions: Path, run: Path, workers: int) -> Measured:
    """What it costs to grade a folder into `run`."""
    grader = [str(Path(sys.executable).parent / "grader"), "grade", str(ASSIGNMENT), str(submissions)]
    return measured([*grader, "-o", str(run), "--workers", str(workers), "--tickets", str(TICKETS)])


def measure(
    assignment: Assignment, count: int, options: argparse.Namespace, rounds: int
) -> list[dict[str, Measured]]:
    """Label → what it cost for each submission, round by round; plain processes before and after grading."""
    sampler = random.Random(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submissions = folder / "submissions"
        submissions.mkdir()
        CLASSES[options.members](assignment, count, submissions)
        found = []
        for number in range(rounds):
            run = folder / f"run{number}"
            before = plain(assignment, TICKETS, submissions, sampler, options.plain_runs, folder)
            first, second = (
                graded(submissions, run, options.workers),
                graded(submissions, run, options.workers),
            )
            after = plain(assignment, TICKETS, submissions, sampler, options.plain_runs, folder)
            shutil.rmtree(run)
            found.append(
                {
                    **{label: _mean(before[label] + after[label]) for label in before},
                    f"grade, N = {count}": _shared(first, count),
                    f"again, N = {count}": _shared(second, count),
                }
            )
    return found


def _shared(whole: Measured, count: int) -> Measured:
    return Measured(whole.cpu / count, whole.wall / count, whole.peak)


def print_table(rounds: list[dict[str, Measured]]) -> None:
    """Print the averages, with the ratios of CPU to both plain processes, and those of single rounds."""
    table = {label: _mean([one[label] for one in rounds]) for label in rounds[0]}
    print(f"{'':>32}{'CPU ms':>10}{'wall ms':>10}{'peak MB':>10}{'file.py':>11}{'marked':>11}")
    for label, row in table.items():
        ratios = "".join(f"{table[other].cpu / row.cpu:>10.1f}×" for other in (WORK, MARKING))
        print(f"{label:>32}{1000 * row.cpu:>10.2f}{1000 * row.wall:>10.2f}{row.peak:>10.0f}{ratios}")
    if len(rounds) > 1:
        label = next(label for label in table if label.startswith("grade"))
        singly = (f"{one[MARKING].cpu / one[label].cpu:.1f}" for one in rounds)
        print(f"{'marked, round by round':>32}  {' '.join(singly)}")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="+", default=[100, 2000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument(
        "--plain-runs", type=int, default=10, help="of each kind, before grading and again after it"
    )
    parser.add_argument("--class", dest="members", choices=CLASSES, default="scripts")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    adopt_orphans()
    # as where it is installed: a first run, which is not shown, leaves bytecode behind
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    assignment = open_assignment(ASSIGNMENT, TICKETS)
    measure(assignment, 1, options, 1)
    for count in options.copies:
        print_table(measure(assignment, count, options, options.rounds))


if __name__ == "__main__":
    main()
