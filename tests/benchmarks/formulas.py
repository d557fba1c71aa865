"""Comparing formulas: agreement with labels and time, beside sympy, Math-Verify and latex2sympy2_extended.

    python tests/benchmarks/formulas.py FOLDER [--rivals PYTHON] [--every N] [--timeout SECONDS] [--rows] [--fallback]

FOLDER holds labelled pairs as JSON lines; `_rows.py` says which are in scope, and why. PYTHON is an interpreter in
which the other checkers are installed (`pip install -e '.[benchmarks]'`); one that is not is named and left out.
They are asked about every Nth row in scope. `--rows` prints each row that is not decided as its label says;
`--fallback` measures without python-flint; `--alone` leaves the others out.

Times are milliseconds of CPU, so that a busy machine makes little difference: both texts are read and compared with
nothing remembered but the table of symbols, the least of three times. Other checkers run once, with whatever they
remember; what takes longer than SECONDS of wall time is killed and counts as a hang.
"""

from __future__ import annotations

import argparse
import json
import resource
import select
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _hostile import HOSTILE, answered
from _rows import IN_SCOPE, Row, rows_of

from grader.algebra.comparison.answer_equality import compare_answers
from grader.algebra.comparison.approximations import Approximations
from grader.algebra.comparison.equality import compare
from grader.algebra.comparison.verdicts import Equal, Undecided
from grader.algebra.latex import write_latex
from grader.algebra.names import Symbols, vocabulary
from grader.algebra.reader.answers import read_answer
from grader.algebra.reader.reading import read
from grader.algebra.unreadable import Unreadable

ROUNDS = 3
HERE = Path(__file__).resolve().parent
FLAGSHIP = "(xy + e^(txy))^y"
FORMS = {
    "rule by rule": "y(xy + e^(txy))^(y-1) (x + t x e^(txy)) + (xy + e^(txy))^y ln(xy + e^(txy))",
    "log-differentiation": "(xy + e^(txy))^y (ln(xy + e^(txy)) + y(x + t x e^(txy))/(xy + e^(txy)))",
    "expanded": "xy(xy + e^(txy))^(y-1) + txy e^(txy)(xy + e^(txy))^(y-1) + (xy + e^(txy))^y ln(xy + e^(txy))",
    "printed by sympy": "(x*y + exp(t*x*y))**y*(y*(t*x*exp(t*x*y) + x)/(x*y + exp(t*x*y)) + log(x*y + exp(t*x*y)))",
    "LaTeX": r"\left(xy+e^{txy}\right)^{y}\left(\ln(xy+e^{txy})+\frac{y(x+txe^{txy})}{xy+e^{txy}}\right)",
}


@dataclass
class Tally:
    """What a checker said about rows, and how long it took."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def add(self, expected: bool, verdict: str, seconds: float) -> str:
        """Count a verdict: equal, different, undecided, unreadable or hang; give what it amounts to."""
        right = {"equal": True, "different": False}.get(verdict)
        outcome = verdict if right is None else "agrees" if right == expected else "FR" if expected else "FA"
        self.counts[outcome] += 1
        self.counts["rows"] += 1
        self.seconds.append(seconds)
        return outcome

    def share(self, place: float) -> float:
        """The time, in milliseconds, that this share of the comparisons does not exceed."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(int(place * len(ordered)), len(ordered) - 1)] if ordered else 0.0

    def line(self, name: str) -> str:
        """One row of the table."""
        counts = [self.counts[kind] for kind in ("agrees", "FA", "FR", "undecided", "unreadable", "hang")]
        times = (f"{self.share(place):.2f}" for place in (0.5, 0.95, 0.99, 1.0))
        cells = (name, self.counts["rows"], *counts, *times)
        return "| " + " | ".join(map(str, cells)) + " |"


HEAD = """
| | rows | agrees | false accepts | false rejects | undecided | unreadable | hangs | median ms | p95 | p99 | max |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def forget() -> None:
    """Empty every memory of the engine but its tables of symbols."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("grader.algebra"):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear") and thing is not vocabulary:
                    thing.cache_clear()


def judge(row: Row) -> str:
    """Read both sides of a row and compare them."""
    symbols = row.symbols
    try:
        verdict = compare_answers(read_answer(row.reference, symbols), read_answer(row.student, symbols))
    except Unreadable:
        return "unreadable"
    if isinstance(verdict, Undecided):
        return "undecided"
    return "equal" if isinstance(verdict, Equal) else "different"


def measured(rows: list[Row], shown: bool) -> dict[str, Tally]:
    """Judge every row, each with nothing remembered; tallies by scope, and of the pairs by file, too."""
    tallies: dict[str, Tally] = {}
    for row in rows:
        seconds = 1e9
        for _ in range(ROUNDS):
            forget()
            vocabulary(row.symbols)
            started = time.process_time()
            verdict = judge(row)
            seconds = min(seconds, time.process_time() - started)
        scope = f"pairs: {row.file}" if row.scope == "pairs" else row.scope
        outcome = tallies.setdefault(scope, Tally()).add(row.expected, verdict, seconds)
        if shown and outcome != "agrees":
            print(f"{scope}: {row.id} {outcome}: {row.student[:80]!r} beside {row.reference[:80]!r}")
    return tallies


class Rival:
    """Another checker in a process of its own, killed and started again where it takes too long."""

    def __init__(self, python: str, name: str, timeout: float) -> None:
        self.command = [python, str(HERE / "_rivals.py"), name]
        self.timeout = timeout
        self.missing = self.start()

    def start(self) -> str:
        """Start the process; give the name of what is not installed."""
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        return str(self.answer(60)["missing"])

    def answer(self, timeout: float) -> dict[str, Any]:
        """Wait for a line; empty if it does not come in time."""
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], timeout)[0]:
            return {}
        return json.loads(self.process.stdout.readline() or '{"missing": "an answer"}')

    def verdict(self, pair: dict[str, Any]) -> tuple[str, float]:
        """Ask about one pair."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(pair) + "\n")
        self.process.stdin.flush()
        found = self.answer(self.timeout)
        if not found or "verdict" not in found:
            self.stop()
            self.start()
            return "hang", self.timeout
        names = {True: "equal", False: "different", None: "undecided"}
        verdict = found["verdict"]
        return "unreadable" if isinstance(verdict, str) else names[verdict], found["seconds"]

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def pair_of(row: Row) -> dict[str, Any] | None:
    """What other checkers are given of a row; None where our own reader, which writes the LaTeX, cannot read it."""
    try:
        latex = {
            f"{side}_latex": write_latex(read(text, row.symbols))
            for side, text in (("student", row.student), ("reference", row.reference))
        }
    except Unreadable:
        return None
    texts = {"student": row.student, "reference": row.reference}
    syntaxes = {"syntax": row.syntax, "reference_syntax": row.reference_syntax}
    return {**texts, **latex, **syntaxes, "names": row.symbols.names}


def beside(rows: list[Row], python: str, timeout: float, every: int) -> None:
    """Ask the other checkers about the rows in scope, or every so manieth of them."""
    rows = [row for row in rows if row.scope == IN_SCOPE][::every]
    pairs = [(row, pair) for row in rows if (pair := pair_of(row)) is not None]
    for name in ("simplify", "equals", "math-verify", "latex2sympy2_extended"):
        rival = Rival(python, name, timeout)
        if rival.missing:
            print(f"| {name}: {rival.missing} is not installed |")
            continue
        tally = Tally()
        for row, pair in pairs:
            tally.add(row.expected, *rival.verdict(pair))
        rival.stop()
        print(tally.line(name), flush=True)


def best_of(times: int, action: Any) -> float:
    """The least time of several runs with nothing remembered, in milliseconds."""
    found = []
    for _ in range(times):
        forget()
        started = time.process_time()
        action()
        found.append(time.process_time() - started)
    return 1000 * min(found)


def flagship() -> None:
    """The course's own example in each of its forms, and hostile texts."""
    symbols = Symbols(("x", "y", "t"))
    print("\n| d/dy (xy + e^(txy))^y | verdict | ms |\n|---|---|---:|")
    for name, text in FORMS.items():
        verdict = compare(read(f"d/dy({FLAGSHIP})", symbols), read(text, symbols))

        def both(text: str = text) -> None:
            compare(read(FORMS["rule by rule"], symbols), read(text, symbols))

        print(f"| {name} | {'equal' if isinstance(verdict, Equal) else verdict} | {best_of(5, both):.2f} |")
    print("\n| hostile text | answer | ms |\n|---|---|---:|")
    for name, text in HOSTILE.items():
        forget()
        started = time.process_time()
        answer = answered(text)
        print(f"| {name} | {answer} | {1000 * (time.process_time() - started):.1f} |")


def cold_import() -> float:
    """Seconds of CPU that a fresh interpreter takes for the engine beyond its own start: the least of five."""
    found = {"pass": 9.0, "import grader.algebra.comparison.answer_equality": 9.0}
    for _ in range(5):
        for code in found:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            found[code] = min(found[code], spent)
    plain, whole = found.values()
    return whole - plain


def main() -> None:
    """Print one table after another."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rivals", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds after which a checker hangs")
    parser.add_argument(
        "--every", type=int, default=1, help="ask other checkers about every so manieth row only"
    )
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--fallback", action="store_true")
    parser.add_argument("--alone", action="store_true", help="leave the other checkers out")
    given = parser.parse_args()
    if given.fallback:
        compare.__kwdefaults__["evaluator"] = Approximations()
    rows = [row for row in rows_of(given.folder) if row.scope != "matrix"]
    tallies = measured(rows, given.rows)
    print(HEAD)
    print(tallies.pop(IN_SCOPE).line("ours, in scope"))
    if not given.alone:
        beside(rows, given.rivals, given.timeout, given.every)
    for scope, tally in sorted(tallies.items()):
        print(tally.line(f"ours, {scope}"))
    flagship()
    print(f"\ncold import: {cold_import():.3f} s")


if __name__ == "__main__":
    main()
