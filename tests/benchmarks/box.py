"""CPU and wall time per trivial submission at every level of the box, beside processes of one's own.

Rounds are interleaved, so that a busy spell of the machine falls on all rows alike. CPU is that of everything a
submission causes: of the trusted side, the warm process, its waiting parent, and the child. A process with numpy
and sympy takes as long as many others together and is therefore run less often.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from grader.box.box import Box
from grader.box.zygote import Zygote, ZygoteFault, available
from grader.guest.confine import adopt_orphans
from grader.guest.levels import LEVELS
from grader.model.job import Call, Job
from grader.model.submission import Source

JOB = Job(
    "nobody",
    (Source("work.py", "script", ("def double(x):\n    return 2 * x\n",)),),
    tuple(Call(str(number), "double", (number,)) for number in range(10)),
)
HEAVY = "import numpy, sympy"
EVERY = 10


@dataclass
class Row:
    """One way to run a submission, and what each run of it has cost: milliseconds of CPU and of wall time."""

    label: str
    run: Callable[[], object]
    spent: Callable[[], float]
    every: int = 1
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def measure(self, times: int) -> None:
        """Run it a few times and keep the mean of each figure."""
        before, start = self.spent(), time.perf_counter()
        for _ in range(times):
            self.run()
        self.wall.append((time.perf_counter() - start) * 1000 / times)
        self.cpu.append((self.spent() - before) * 1000 / times)

    def __str__(self) -> str:
        figures = (statistics.median(self.cpu), min(self.cpu), statistics.median(self.wall), min(self.wall))
        return f"{self.label:<34}" + "".join(f"{figure:>10.2f}" for figure in figures)


def spent_by_children() -> float:
    """Seconds of CPU of this process and of the processes it has waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def spent_by_box(box: Box) -> float:
    """Seconds of CPU of this process, and of the warm process with the children it has reaped."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    total = own.ru_utime + own.ru_stime
    if box.zygote is None or box.zygote.process is None:
        return total
    for pid in {box.zygote.pid, box.zygote.process.pid}:
        total += scheduled(pid) + reaped(pid)
    return total


def scheduled(pid: int) -> float:
    """Seconds of CPU of a process, to the nanosecond."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def reaped(pid: int) -> float:
    """Seconds of CPU of the children that a process has waited for, in ticks of the kernel."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / 100


def run_to_the_end(command: list[str], known: set[int]) -> None:
    """Run a command, and wait for whatever it leaves to us; `known` are other processes of ours."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())
    own = os.getpid()
    for pid in map(int, Path(f"/proc/self/task/{own}/children").read_text().split()):
        if pid not in known:
            os.waitpid(pid, 0)


def boxes() -> list[tuple[str, Box]]:
    """A warm box of every level there is here, weakest first."""
    found = []
    for level in reversed(LEVELS):
        try:
            available(level)
        except ZygoteFault as fault:
            print(f"level {level}: {fault}", file=sys.stderr)
            continue
        box = Box(partial(Zygote, level=level))
        box.observe(JOB)
        found.append((level, box))
    return found


def rows(levels: list[tuple[str, Box]]) -> list[Row]:
    """Everything that is compared."""
    python = sys.executable
    found = [
        Row(
            "fork only (level C)" if level == "C" else f"level {level}",
            partial(box.observe, JOB),
            partial(spent_by_box, box),
        )
        for level, box in levels
    ]
    commands = {
        "python -c pass": ([python, "-c", "pass"], 1),
        f"python -c '{HEAVY}'": ([python, "-c", HEAVY], EVERY),
    }
    # bubblewrap ends before the process that it has started is waited for: only its new parent can tell what it cost
    adopt_orphans()
    bubblewrap = shutil.which("bwrap")
    if bubblewrap:
        bare = [
            bubblewrap,
            "--ro-bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--unshare-all",
            "--die-with-parent",
            python,
            "-c",
        ]
        commands["bwrap python -c pass"] = ([*bare, "pass"], 1)
        commands[f"bwrap python -c '{HEAVY}'"] = ([*bare, HEAVY], EVERY)
    known = {process.pid for _, box in levels if box.zygote and (process := box.zygote.process)}
    for label, (command, every) in commands.items():
        found.append(Row(label, partial(run_to_the_end, command, known), spent_by_children, every))
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--times", type=int, default=20, help="runs of one row in one round")
    options = parser.parse_args()
    levels = boxes()
    try:
        compared = rows(levels)
        for number in range(options.rounds):
            for row in compared:
                if number % row.every == 0:
                    row.measure(options.times if row.every == 1 else 1)
    finally:
        for _, box in levels:
            box.close()
    print(f"{'ms per submission':<34}{'CPU':>10}{'CPU min':>10}{'wall':>10}{'wall min':>10}")
    for row in compared:
        print(row)


if __name__ == "__main__":
    main()
