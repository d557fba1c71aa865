"""What an instructor gets who installs the wheel and has no sources: a course is laid out, proofread and marked."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from grader import __version__

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("grader", "templates", "docs/faults.md", "README.md", "pyproject.toml")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources that is then deleted."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = folder / "sources"
    for name in SOURCES:
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, sources / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=sources, check=True, capture_output=True)
    shutil.rmtree(sources)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def grader(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command `grader` of an environment with the wheel, and with the libraries of this one."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    (site,) = (folder / "venv").glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")

    where = [str(python), "-I", "-c", "import grader; print(grader.__file__)"]
    found = subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip()
    assert Path(found) == site / "grader" / "__init__.py"

    def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(python.with_name("grader")), *arguments]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    return run


def test_the_wheel_holds_no_course(wheel: Path) -> None:
    """The engine, its templates and its catalogue of faults; no task, no textbook, no test."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names} == {"grader", f"grader-{__version__}.dist-info"}
    assert {"assignments", "reference", "tests"} & {
        part for name in names for part in name.split("/")
    } == set()
    assert {
        "grader/templates/locale/ru.po",
        "grader/templates/new/task.py.j2",
        "grader/docs/faults.md",
    } <= set(names)


def test_an_instructor_needs_no_sources(grader: Run, tmp_path: Path) -> None:
    """From nothing to a gradebook: a course, a task more, a look at it, marks; and codes are explained."""
    done = grader("new", "--course", "course", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    course = tmp_path / "course"
    kinds = [f"--kind={kind}" for kind in ("code", "formula", "value", "choice", "derivation")]
    assert grader("new", "--assignment", "first", "q4", *kinds, cwd=course).returncode == 0
    proof = grader("proofread", "first", cwd=course)
    assert (proof.returncode, proof.stdout.count("mistakes")) == (0, 4), proof.stderr
    seen = grader("check", "course/assignments/first", "course/submissions/petrov.py", cwd=tmp_path)
    assert (seen.returncode, "You lost the derivative of the exponent" in seen.stdout) == (0, True), (
        seen.stderr
    )
    marked = grader("grade", "first", "submissions", "-o", "RUN", "--roster", "roster.csv", cwd=course)
    assert marked.returncode == 0, marked.stderr
    with (course / "RUN" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["student"]: (row["total"], row["max"], row["status"]) for row in csv.DictReader(stream)}
    assert rows == {"ivanova": ("8", "15", "marked"), "petrov": ("3.5", "15", "marked")}
    assert "T104  The task has no parts." in grader("explain", "T104", cwd=tmp_path).stdout
