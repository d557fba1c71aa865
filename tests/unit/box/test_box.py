"""The box replaces what fails of ours, and takes everything with it when it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.box.box import Box, packages_of
from grader.box.zygote import Zygote, ZygoteFault, available
from grader.guest import plain
from grader.guest.levels import LEVELS
from grader.model.job import Call, Job
from grader.model.submission import Source

MANAGER = """
import sys
from pathlib import Path
from grader.box.box import Box
from grader.box.zygote import Zygote
from grader.model.job import Call, Job, Limits
from grader.model.submission import Source

def start(packages):
    zygote = Zygote(level=sys.argv[1], packages=packages)
    Path(sys.argv[2]).write_text(f"{zygote.process.pid} {zygote.pid} {zygote.work}\\n")
    return zygote

text = "import time\\ndef f():\\n    time.sleep(600)"
Box(start).observe(Job("s", (Source("a.py", "script", (text,)),), (Call("0", "f"),), Limits()))
"""


def outcomes_of(observe: Any, text: str, *questions: object) -> list[str]:
    """What became of each question."""
    return [one.outcome for one in observe(text, *questions).observations.values()]


def test_a_warm_process_that_dies_is_replaced(observe_exposed: Any, tmp_path: Path) -> None:
    """The call during which the warm process was killed is posed again to a new one."""
    text = """
        import os, signal, time
        def f(mark):
            if not os.path.exists(mark):
                open(mark, "w").close()
                os.kill(os.getppid(), signal.SIGKILL)
                time.sleep(60)
            return 1
    """
    mark = str(tmp_path / "mark")
    assert outcomes_of(observe_exposed, text, ("f", mark), ("f", mark)) == ["returned", "returned"]


def test_a_fault_that_repeats_is_withheld_not_raised(observe_exposed: Any) -> None:
    """What was observed before the fault stays, the rest is faulted, and the next job is well again."""
    text = """
        import os, signal, time
        def f():
            return 1
        def g():
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
    """
    assert outcomes_of(observe_exposed, text, "f", "g", "f") == ["returned", "faulted", "faulted"]
    assert outcomes_of(observe_exposed, text, "f") == ["returned"]


def test_a_box_that_cannot_start_faults_every_call() -> None:
    """Where there is no warm process to be had, there is an observation that says so."""

    def start(packages: Sequence[str]) -> Zygote:
        raise ZygoteFault("no such thing here")

    source = Source("a.py", "script", ("def f():\n    return 1",))
    outcomes = Box(start).observe(Job("s", (source,), (Call("0", "f"),)))
    assert outcomes.observations["0"].outcome == "faulted"
    assert "no such thing here" in outcomes.observations["0"].trouble.message


def test_a_level_that_is_not_there_is_refused() -> None:
    """Nothing runs at a lesser level than the one asked for."""
    with pytest.raises(ZygoteFault, match="level 'Z': no such level"):
        Zygote(level="Z")


def test_nothing_outlives_a_killed_manager(box: Box, observe: Any, tmp_path: Path) -> None:
    """When the trusted side is killed, the warm process, the child and their folder go too, at every level."""
    told = tmp_path / "told"
    command = [sys.executable, "-c", MANAGER, _level(box, observe), str(told)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[3]) as manager:
        _wait(lambda: told.exists() and told.read_text().endswith("\n"))
        first, zygote, work = told.read_text().split()
        children = Path(f"/proc/{zygote}/task/{zygote}/children")
        _wait(children.read_text)
        (child,) = children.read_text().split()
        manager.send_signal(signal.SIGKILL)
    _wait(lambda: not any(_alive(int(pid)) for pid in (first, zygote, child)))
    assert not Path(work).exists()


def test_a_closed_box_leaves_nothing(box: Box, observe: Any) -> None:
    """Closing ends the warm process and removes its folder, at every level."""
    zygote = Zygote(level=_level(box, observe))
    assert zygote.process is not None
    zygote.close()
    alive = [_alive(pid) for pid in (zygote.process.pid, zygote.pid)]
    assert (alive, zygote.work.exists()) == ([False, False], False)


def test_a_box_can_be_used_again_when_it_has_been_closed(exposed_box: Box, observe_exposed: Any) -> None:
    """The next job starts another warm process."""
    text = "def f():\n    return 1"
    before = outcomes_of(observe_exposed, text, "f")
    exposed_box.close()
    assert outcomes_of(observe_exposed, text, "f") == before == ["returned"]


SYMBOLIC = """
import sys
name = "sym" + "py"
def warm():
    return name in sys.modules
def derivative():
    algebra = __import__(name)
    x = algebra.Symbol("x")
    return [(x**2).diff(x), {"f": algebra.Matrix([x])}]
"""


def test_sympy_is_warm_for_those_who_mention_it_only(box: Box, observe: Any) -> None:
    """It would double what every fork carries; who comes to it without a mention imports it, to the same effect."""
    found = {}
    for mention in ("", "# sympy"):
        outcomes = observe(SYMBOLIC + mention, "warm", "derivative")
        warm, derivative = (plain.loads(bytes(one.value)) for one in outcomes.observations.values())
        found[warm] = derivative
    assert list(found) == [False, True]
    assert found[False] == found[True] == ["2*x", {"f": "Matrix([[x]])"}]


@pytest.mark.parametrize(
    ("sources", "given", "packages"),
    [
        (("import numpy as np", ""), {}, ()),
        (("", "from sympy import *"), {}, ("sympy",)),
        (("f = sp.sin",), {}, ("sympy",)),  # an import that was forgotten is repaired
        (("f = clasp.sin",), {}, ()),
        (("",), {"helper": "import sympy"}, ("sympy",)),
    ],
)
def test_what_is_warm_follows_from_what_is_mentioned(
    sources: tuple[str, ...], given: dict[str, str], packages: tuple[str, ...]
) -> None:
    """In whichever source or given module."""
    handed = tuple(Source(f"{number}.py", "script", (text,)) for number, text in enumerate(sources))
    assert packages_of(Job("s", handed, (), given=given)) == packages


def test_all_warm_processes_of_a_box_end_with_it() -> None:
    """Whichever of them served last."""
    box = Box(partial(Zygote, level="C"))
    warm = []
    for text in ("import sympy", ""):
        job = Job("s", (Source("a.py", "script", (text,)),), (Call("0", "f"),))
        assert box.observe(job).observations["0"].outcome == "missing"
        assert box.zygote is not None
        warm.append(box.zygote)
    assert len({zygote.pid for zygote in warm}) == 2
    box.close()
    assert not any(_alive(zygote.pid) or zygote.work.exists() for zygote in warm)


def test_the_strongest_level_is_chosen() -> None:
    """Without being told a level, a warm process has the strongest that holds here, and says why not a stronger."""
    found = available()
    level, refused = found.level, found.refused
    assert [*refused, level] == list(LEVELS[: len(refused) + 1])


def _level(box: Box, observe: Any) -> str:
    observe("def f():\n    return 1", "f")
    assert box.zygote is not None
    return box.zygote.level


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def _wait(condition: Any) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.02)
