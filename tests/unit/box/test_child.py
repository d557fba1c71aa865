"""One child, spoken to directly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.box import protocol
from grader.box.child import Child, Lost
from grader.guest.confine import Bounds
from grader.model.job import Call, Job, Limits
from grader.model.submission import Source

BOUNDS = Bounds(
    level="",
    allow_processes=False,
    memory_mb=256,
    file_mb=1,
    open_files=16,
    threads=16,
    answer_kb=64,
    cpu_seconds=1,
    load_seconds=5,
    cpu_total=10,
)


def loaded(zygote: Any, text: str, limits: Limits, processes: bool = False) -> Child:
    """A child that has run `text`."""
    bounds = Bounds(**{**BOUNDS, "level": zygote.level, "allow_processes": processes})
    child = Child(zygote, limits, bounds)
    assert child.ask(b"", 5, 60) == protocol.Ready(zygote.level)
    job = Job("s", (Source("a.py", "script", (text,)),), ())
    message = protocol.load_frame(job, set())
    while not isinstance(child.ask(message, 5, 60), protocol.Loaded):
        message = b""
    return child


@pytest.fixture
def zygote(box: Any, observe: Any) -> Any:
    """The warm process of the box."""
    observe("def f():\n    return 1", "f")
    return box.zygote


def test_what_is_printed_is_kept_up_to_the_limit(zygote: Any) -> None:
    """The beginning of the output is kept, the rest thrown away."""
    child = loaded(zygote, "print('first')\nimport sys\nsys.stderr.write('x' * 5000)", Limits(output_kb=1))
    assert child.finish() > 0
    assert (child.output[:6], len(child.output)) == (b"first\n", 1024)


def test_a_file_cannot_grow_over_its_limit(zygote: Any) -> None:
    """Writing more than allowed is an error in the submission."""
    text = "def f():\n    with open('big', 'wb') as file:\n        file.write(bytes(2 << 20))"
    child = loaded(zygote, text, Limits())
    answer = child.ask(protocol.question_frame(Call("0", "f")), 1, 60)
    child.finish()
    assert isinstance(answer, protocol.Answer) and answer.observation.trouble is not None
    assert answer.observation.trouble.kind == "OSError"


def test_the_kernel_stops_a_child_that_nobody_watches(zygote: Any) -> None:
    """The limit of CPU time holds by itself, too, and is recognised as what it is."""
    child = loaded(zygote, "def f():\n    while True: pass", Limits())
    with pytest.raises(Lost) as lost:
        child.ask(protocol.question_frame(Call("0", "f")), 60, 60)
    child.finish()
    observation = lost.value.observation
    assert observation.trouble is not None
    assert (observation.outcome, observation.trouble.kind) == ("timed_out", "cpu")


def test_processes_may_be_allowed_and_end_with_the_child(zygote: Any) -> None:
    """Where it is allowed a submission forks and waits; a daemon that it leaves behind is gone with it."""
    text = (
        "import os, time\n"
        "def f():\n"
        "    if os.fork() == 0:\n"
        "        if os.fork() == 0:\n"
        "            os.setsid()\n"
        "            time.sleep(60)\n"
        "        os._exit(7)\n"
        "    return os.waitstatus_to_exitcode(os.wait()[1])\n"
    )
    child = loaded(zygote, text, Limits(), processes=True)
    answer = child.ask(protocol.question_frame(Call("0", "f")), 1, 60)
    child.finish()
    assert isinstance(answer, protocol.Answer)
    assert bytes(answer.observation.value) == b'{"i":"7"}'
    assert Path(f"/proc/{zygote.pid}/task/{zygote.pid}/children").read_text() == ""


def test_descriptors_lead_nowhere(zygote: Any) -> None:
    """Not even the times of the device that is standard input can be set through it."""
    if zygote.level == "C":
        pytest.skip("a plain process can do that by name")
    before = Path("/dev/null").stat().st_mtime_ns
    child = loaded(zygote, "import os\ndef f():\n    os.utime(0)", Limits())
    answer = child.ask(protocol.question_frame(Call("0", "f")), 1, 60)
    child.finish()
    assert isinstance(answer, protocol.Answer)
    assert (answer.observation.outcome, Path("/dev/null").stat().st_mtime_ns) == ("raised", before)
