"""The same bytes come out, however the work was cut up."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.model.gradebook import Record
from tests.specimens.conftest import COLLOQUIUM, SPECIMENS, grade_delivery

GRADER = Path(sys.executable).parent / "grader"
QUICK = ("loop", "memory")


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The delivery without those who wait for time to run out."""
    folder = tmp_path_factory.mktemp("delivery")
    for entry in sorted((SPECIMENS / "delivery").iterdir()):
        if any(word in entry.name for word in QUICK):
            continue
        if entry.is_dir():
            shutil.copytree(entry, folder / entry.name)
        else:
            shutil.copy(entry, folder / entry.name)
    return folder


def gradebook(run: Path) -> bytes:
    """The bytes of the gradebook."""
    return (run / "gradebook.json").read_bytes()


@pytest.fixture(scope="module")
def one_worker(quick: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with one worker."""
    run = tmp_path_factory.mktemp("one")
    grade_delivery(run, quick, workers=1)
    return run


def test_the_number_of_workers_changes_nothing(quick: Path, one_worker: Path, tmp_path: Path) -> None:
    """Two workers write the same gradebook, byte for byte, as one."""
    grade_delivery(tmp_path / "run", quick, workers=2)
    assert gradebook(tmp_path / "run") == gradebook(one_worker)


def test_the_order_of_arrival_changes_nothing(quick: Path, one_worker: Path, tmp_path: Path) -> None:
    """Submissions that arrive one after the other, shuffled, give the same gradebook as all at once."""
    arrived = tmp_path / "arrived"
    arrived.mkdir()
    entries = sorted(quick.iterdir())
    random.Random(3).shuffle(entries)
    half = len(entries) // 2
    for part in (entries[:half], entries[half:]):
        for entry in part:
            (shutil.copytree if entry.is_dir() else shutil.copy)(entry, arrived / entry.name)
        grade_delivery(tmp_path / "run", arrived, workers=2)
    assert gradebook(tmp_path / "run") == gradebook(one_worker)


def test_killing_it_three_times_changes_nothing(quick: Path, one_worker: Path, tmp_path: Path) -> None:
    """After three `kill -9` at random moments the same command goes on and the gradebook is the same."""
    run = tmp_path / "run"
    command = [str(GRADER), "grade", str(COLLOQUIUM), str(quick), "-o", str(run), "--workers", "2"]
    command += ["--roster", str(SPECIMENS / "roster.csv"), "--tickets", str(SPECIMENS / "tickets.toml")]
    moments = random.Random(time.time_ns())
    for _ in range(3):
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.3, 4.0))
        started.send_signal(signal.SIGKILL)
        started.wait()
    subprocess.run(command, check=True, capture_output=True)
    assert gradebook(run) == gradebook(one_worker)


def test_a_second_run_does_no_work(records: dict[str, Record], run_folder: Path) -> None:
    """An unchanged delivery is not run again: no file of the run folder is written anew but `run.json`."""
    before = {file: file.stat().st_mtime_ns for file in run_folder.rglob("*.html")}
    before |= {file: file.stat().st_mtime_ns for file in run_folder.glob("gradebook.*")}
    grade_delivery(run_folder)
    after = {file: file.stat().st_mtime_ns for file in before}
    assert after == before


def test_judging_again_moves_no_mark(records: dict[str, Record], run_folder: Path) -> None:
    """`grader remark` right after `grader grade` finds the same marks, and says so."""
    command = [str(GRADER), "remark", str(run_folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr.split()[0]) == ("", "0")


def test_a_run_leaves_what_the_design_lists_and_nothing_else(
    records: dict[str, Record], run_folder: Path
) -> None:
    """The run folder holds ledger, gradebook, class page and a page for each student."""
    subprocess.run([str(GRADER), "report", str(run_folder)], check=True, capture_output=True)
    top = {file.name for file in run_folder.iterdir()} - {"run.json"}
    assert top == {"ledger.sqlite", "gradebook.csv", "gradebook.json", "class.html", "feedback"}
    assert len(list((run_folder / "feedback").iterdir())) == len(records)
