"""Proofreading an assignment: every task by every proofreader, on all cores, all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from grader import plugins
from grader.author.assignment import Assignment
from grader.errors import Fault, InternalError, UsageError
from grader.model.proof import Figure
from grader.proofreaders._galley import FULL, QUICK, Depth, Galley, galley_of, undealt
from grader.workflow.opening import open_assignment

PROOFREADERS = "grader.proofreaders"


@dataclass(frozen=True)
class Order:
    """What `grader proofread` was asked: see its options; empty `tasks` or `checks` stand for all of them."""

    assignment: str
    tasks: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    quick: bool = False
    seed: str = "0"
    workers: int = 1

    @property
    def depth(self) -> Depth:
        """How much is tried."""
        return QUICK if self.quick else FULL


@dataclass
class Proof:
    """What was found: faults in the order of their places, and figures."""

    faults: list[Fault] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def add(self, found: Sequence[Fault | Figure]) -> None:
        """Take up what one proofreader has found."""
        self.faults += [one for one in found if isinstance(one, Fault)]
        self.figures += [one for one in found if isinstance(one, Figure)]


Watch = Callable[[int, int, str], None]
"""Called with (done, in all, `task check`) whenever one more check of one more task is done."""


def proofread(order: Order, watch: Watch) -> Proof:
    """Proofread what was ordered. Raises `UsageError`, and `AuthoringError` where nothing can be tried at all."""
    assignment = open_assignment(order.assignment)
    units = [(task, check) for task in _tasks(assignment, order) for check in _checks(order)]
    proof = Proof()
    for done, (unit, found) in enumerate(_done(order, units), 1):
        proof.add(found)
        watch(done, len(units), " ".join(unit))
    proof.faults = sorted(set(proof.faults))
    proof.figures.sort(key=lambda figure: (list(assignment.tasks).index(figure.task), figure.name))
    return proof


def _tasks(assignment: Assignment, order: Order) -> list[str]:
    unknown = [name for name in order.tasks if name not in assignment.tasks]
    if unknown:
        remedy = f"Give some of: {', '.join(assignment.tasks)}."
        raise UsageError(
            [Fault(f"--task {name}", "U130", "there is no such task", remedy) for name in unknown]
        )
    return [name for name in assignment.tasks if name in order.tasks or not order.tasks]


def _checks(order: Order) -> list[str]:
    known = plugins.names(PROOFREADERS)
    unknown = [name for name in order.checks if name not in known]
    if unknown:
        remedy = f"Give some of: {', '.join(known)}."
        raise UsageError(
            [Fault(f"--only {name}", "U131", "there is no such check", remedy) for name in unknown]
        )
    return [name for name in known if name in order.checks or not order.checks]


Unit = tuple[str, str]


def _done(order: Order, units: list[Unit]) -> Iterator[tuple[Unit, list[Fault | Figure]]]:
    if order.workers == 1:
        for unit in units:
            yield unit, read_one(order, *unit)
        return
    # fresh processes: a mutant of one task must not be seen by the proofreading of another
    with ProcessPoolExecutor(order.workers, get_context("spawn")) as pool:
        waiting = {pool.submit(read_one, order, *unit): unit for unit in units}
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def read_one(order: Order, task: str, check: str) -> list[Fault | Figure]:
    """What one proofreader finds in one task. Raises `InternalError` where it fails itself."""
    galley = _galley(order, task)
    if isinstance(galley, Fault):
        return [galley]
    try:
        return list(plugins.load(PROOFREADERS, check).proofread(galley))
    except Exception as error:
        raise InternalError(f"the check {check!r} of task {task!r} failed: {error!r}") from error


@lru_cache(maxsize=64)
def _galley(order: Order, task: str) -> Galley | Fault:
    assignment = _assignment(order.assignment)
    try:
        return galley_of(assignment, assignment.tasks[task], order.depth, order.seed)
    except Exception as error:  # noqa: BLE001 - an author's function may raise anything; it is told as a fault
        return undealt(assignment.tasks[task], error)


@lru_cache(maxsize=1)
def _assignment(folder: str | Path) -> Assignment:
    return open_assignment(folder)
