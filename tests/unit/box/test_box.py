"""The box replaces what fails of ours, and takes everything with it when it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from grader.box.box import Box
from grader.box.zygote import Zygote, ZygoteFault
from grader.model.job import Call, Job, Limits
from grader.model.submission import Source

MANAGER = """
import sys
from grader.box.box import Box
from grader.model.job import Call, Job, Limits
from grader.model.submission import Source

text = '''
import os, time
def f(path):
    with open(path, "w") as file:
        file.write(f"{os.getppid()} {os.getpid()} {os.getcwd()}\\\\n")
    time.sleep(600)
'''
Box().observe(Job("s", (Source("a.py", "script", (text,)),), (Call("0", "f", (sys.argv[1],)),), Limits()))
"""


def outcomes_of(observe: Any, text: str, *questions: object) -> list[str]:
    """What became of each question."""
    return [one.outcome for one in observe(text, *questions).observations.values()]


def test_a_warm_process_that_dies_is_replaced(observe: Any, tmp_path: Path) -> None:
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
    assert outcomes_of(observe, text, ("f", mark), ("f", mark)) == ["returned", "returned"]


def test_a_fault_that_repeats_is_withheld_not_raised(observe: Any) -> None:
    """What was observed before the fault stays, the rest is faulted, and the next job is well again."""
    text = """
        import os, signal, time
        def f():
            return 1
        def g():
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
    """
    assert outcomes_of(observe, text, "f", "g", "f") == ["returned", "faulted", "faulted"]
    assert outcomes_of(observe, text, "f") == ["returned"]


def test_a_box_that_cannot_start_faults_every_call() -> None:
    """Where there is no warm process to be had, there is an observation that says so."""

    def start() -> Zygote:
        raise ZygoteFault("no such thing here")

    source = Source("a.py", "script", ("def f():\n    return 1",))
    outcomes = Box(start).observe(Job("s", (source,), (Call("0", "f"),)))
    assert outcomes.observations["0"].outcome == "faulted"
    assert "no such thing here" in outcomes.observations["0"].trouble.message


def test_a_level_that_is_not_there_is_refused() -> None:
    """Nothing runs at a lesser level than the one asked for."""
    with pytest.raises(ZygoteFault, match="level 'A'"):
        Zygote(level="A")


def test_nothing_outlives_a_killed_manager(tmp_path: Path) -> None:
    """When the trusted side is killed, the warm process, the child and their folder go too."""
    told = tmp_path / "told"
    with subprocess.Popen(
        [sys.executable, "-c", MANAGER, str(told)], cwd=Path(__file__).parents[3]
    ) as manager:
        _wait(lambda: told.exists() and told.read_text().endswith("\n"))
        zygote, child, work = told.read_text().split()
        manager.send_signal(signal.SIGKILL)
    _wait(lambda: not _alive(int(zygote)) and not _alive(int(child)))
    assert not Path(work).parent.exists()


def test_a_closed_box_leaves_nothing(tmp_path: Path) -> None:
    """Closing ends the warm process and removes its folder; the box can be used again."""
    box = Box()
    source = Source("a.py", "script", ("import os\ndef f():\n    return os.getppid()",))
    job = Job("s", (source,), (Call("0", "f"),), Limits())
    box.observe(job)
    zygote = box.zygote
    assert zygote is not None and zygote.process is not None
    box.close()
    assert (_alive(zygote.process.pid), zygote.work.exists()) == (False, False)


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
