"""On a machine with fewer walls the command refuses; where that is allowed it goes on, and says so everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.courses import CODE, course

STARTING = str(Path(__file__).parents[1] / "starting.py")
GRADER = str(Path(sys.executable).parent / "grader")
MISSING = {"B-": ("namespaces", "landlock"), "C": ("namespaces", "landlock", "filters")}
EXPOSED = {"B-": "your files", "C": "your files, the network and your other processes"}


@pytest.fixture(params=sorted(MISSING))
def level(request: pytest.FixtureRequest) -> str:
    """The level that is left."""
    return str(request.param)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a course and a delivery."""
    course(tmp_path / "exam", q1=CODE)
    (tmp_path / "delivery").mkdir()
    (tmp_path / "delivery" / "a.py").write_text("def double(x):\n    return 2 * x\n")
    return tmp_path


def grade(here: Path, level: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Type `grader grade` on such a machine."""
    missing = [word for wall in MISSING[level] for word in ("--no", wall)]
    command = [sys.executable, STARTING, *missing, GRADER, "grade", "exam", "delivery", "-o", "run", *options]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)


def test_a_weak_machine_is_refused(here: Path, level: str) -> None:
    """Nothing is run or written, and what to do is said."""
    done = grade(here, level)
    assert (done.returncode, done.stdout, (here / "run").exists()) == (2, "", False)
    assert (
        f"U122 the box has only level {level} here: submissions could reach {EXPOSED[level]}\n" in done.stderr
    )
    assert "--allow-unsafe" in done.stderr


def test_a_weak_machine_that_is_allowed_says_so_everywhere(here: Path, level: str) -> None:
    """The mark is right; terminal, gradebook, page and `run.json` tell the level, and what was verified."""
    done = grade(here, level, "--allow-unsafe")
    run = here / "run"
    assert done.returncode == 0
    assert f"unsafe: at level {level} submissions could reach {EXPOSED[level]};" in done.stderr
    (row,) = json.loads((run / "gradebook.json").read_text())["students"]
    facts = json.loads((run / "run.json").read_text())
    withstood = sum(facts["verified"].values())
    assert (row["total"], row["isolation"]) == (
        row["max"],
        f"{level} unsafe {withstood}/{len(facts['verified'])}",
    )
    assert facts["isolation"] == level
    assert not facts["verified"]["reads a file"]
    assert facts["verified"]["connects to this machine"] == (level == "B-")
    assert f"{level} unsafe" in (run / "feedback" / "a.html").read_text("utf-8")
