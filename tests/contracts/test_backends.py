"""Every backend observes alike: the same jobs give the same outcomes in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from grader import plugins
from grader.model.job import Call, Job, Limits, Read
from grader.model.observation import MISSING
from grader.model.submission import Source

SPECIMENS = {
    "honest": "def f(x):\n    return x + 1",
    "hanging": "def f(x):\n    while True: pass",
    "sleeping": "import time\ndef f(x):\n    time.sleep(60)",
    "leaving": "import os\ndef f(x):\n    os._exit(0)",
    "forking": "import os\ndef f(x):\n    return x + 1 if os.fork() else os._exit(0)",
    "flooding": "def f(x):\n    while True: print('x' * 10000)",
    "lying": "class Liar(int):\n    __eq__ = lambda s, o: True\ndef f(x):\n    return Liar()",
    "greedy": "def f(x):\n    return bytearray(10**12)",
    "broken": "def f(x:\n",
    "empty": "",
}
OUTCOMES = {
    "honest": {"returned"},
    "hanging": {"timed_out"},
    "sleeping": {"timed_out"},
    "leaving": {"crashed"},
    "forking": {"returned", "raised"},
    "flooding": {"crashed", "timed_out"},
    "lying": {"unsupported"},
    "greedy": {"out_of_memory"},
    "broken": {"missing"},
    "empty": {"missing"},
}


@pytest.fixture(params=plugins.names("grader.backends"))
def backend(request: pytest.FixtureRequest) -> Any:
    """Each backend that can be used here."""
    module = plugins.load("grader.backends", request.param)
    reason = module.available()
    if reason:
        pytest.skip(reason)
    return module


def job(student: str, text: str = SPECIMENS["honest"], calls: int = 1) -> Job:
    """Pose `calls` calls of `f` to one script."""
    source = Source("work.py", "script", (text,))
    questions = tuple(Call(str(number), "f", (number,)) for number in range(calls))
    return Job(student, (source,), questions, Limits(cpu_seconds=1, wall_factor=2))


@pytest.mark.parametrize("workers", [1, 2])
def test_every_specimen_has_its_outcome_in_the_order_of_the_jobs(backend: Any, workers: int) -> None:
    """No specimen costs another one its outcome, and the order is that of the jobs."""
    jobs = [job(name, text) for name, text in SPECIMENS.items()]
    found = [(one.student, one.observations["0"].outcome) for one in backend.run(jobs, workers)]
    assert [name for name, _ in found] == list(SPECIMENS)
    assert [(name, outcome) for name, outcome in found if outcome not in OUTCOMES[name]] == []


@pytest.mark.parametrize("workers", [1, 2])
def test_values_do_not_depend_on_the_number_of_workers(backend: Any, workers: int) -> None:
    """Every observation of every job is there, bit by bit what it should be."""
    found = list(backend.run((job(str(n), calls=3) for n in range(20)), workers))
    values = [[bytes(one.observations[key].value) for key in one.observations] for one in found]
    assert values == [[b'{"i":"1"}', b'{"i":"2"}', b'{"i":"3"}']] * 20


def test_jobs_are_taken_as_they_are_needed(backend: Any) -> None:
    """A backend looks only a few jobs ahead, so that memory does not grow with their number."""
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield job(str(number))

    running = backend.run(jobs(), 2)
    for _ in range(3):
        next(running)
    running.close()
    assert taken < 40


def test_what_is_only_written_down_is_not_run(backend: Any) -> None:
    """A job of sheets, and one with nothing to ask, have outcomes at once."""
    sheet = Source("sheet.md", "sheet", (), {"q10": {"dW": "x.T @ dz"}})
    jobs = [
        Job("sheets", (sheet,), (Read("0", (("q10",),)),)),
        Job("nothing", (Source("work.py", "script", ("x = 1",)),), ()),
    ]
    assert [one.observations for one in backend.run(jobs, 1)] == [{"0": MISSING}, {}]


def test_an_exception_of_the_caller_ends_the_run(backend: Any) -> None:
    """What the iterable of jobs raises comes out, and nothing is left waiting."""

    def jobs() -> Iterator[Job]:
        yield job("one")
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        list(backend.run(jobs(), 2))
