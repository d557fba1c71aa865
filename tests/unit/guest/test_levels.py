"""Levels are chosen by building them, as whoever starts the box; what has been built holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.box.box import Box
from grader.box.zygote import Zygote, ZygoteFault, available
from grader.guest import namespaces, plain
from grader.guest.levels import LEVELS
from grader.model.job import Call, Job, Limits
from grader.model.submission import Source

STARTING = str(Path(__file__).parents[2] / "starting.py")
ORDINARY = 64_123
AS = {
    "whoever": (),
    "root": (sys.executable, STARTING),
    "ordinary": (sys.executable, STARTING, "--user", str(ORDINARY)),
    "contained": (sys.executable, STARTING, "--no", "namespaces"),
    "contained_ordinary": (sys.executable, STARTING, "--user", str(ORDINARY), "--no", "namespaces"),
}

LOOKS = """
import os, sys

def look():
    found = {"pid": os.getpid(), "user": os.getuid(), "group": os.getgroups(), "home": os.getcwd()}
    for root in ("/", "/dev", "/proc"):
        try:
            found[root] = sorted(os.listdir(root))
        except OSError as error:
            found[root] = type(error).__name__
    return found

def fill():
    written = 0
    try:
        for number in range(20):
            with open(str(number), "wb") as file:
                file.write(bytes(1 << 20))
            written += 1
    except OSError as error:
        return [written, error.errno]

def litter():
    try:
        for number in range(1000):
            open(str(number), "w").close()
    except OSError as error:
        return [number, error.errno]

def threads():
    import threading
    stop = threading.Event()
    try:
        for number in range(100):
            threading.Thread(target=stop.wait).start()
    except RuntimeError:
        return number
    finally:
        stop.set()

def imports():
    import csv, decimal, lzma, scipy, sqlite3, ssl, unittest, zoneinfo
    return sys.modules["scipy"].__version__ != ""
"""


def skip_unless_possible(prefix: tuple[str, ...]) -> None:
    """Only root can become somebody else."""
    if prefix and os.geteuid() != 0:
        pytest.skip("only root can start it as somebody else")


def asked(box: Box, entry: str, **limits: int) -> Any:
    """What a function of `LOOKS` gives."""
    source = Source("look.py", "script", (LOOKS,))
    outcomes = box.observe(Job("s", (source,), (Call("0", entry),), Limits(**limits)))
    observation = outcomes.observations["0"]
    assert (observation.outcome, observation.trouble) == ("returned", None)
    return plain.loads(bytes(observation.value))


@pytest.fixture(scope="module", params=[name for name in AS if not name.startswith("contained")])
def strong(request: pytest.FixtureRequest) -> Iterator[Box]:
    """A box of level A, as whoever can have one."""
    prefix = AS[request.param]
    skip_unless_possible(prefix)
    try:
        Zygote(level="A", prefix=prefix, warm=False).close()
    except ZygoteFault as fault:
        pytest.skip(str(fault))
    box = Box(partial(Zygote, level="A", prefix=prefix))
    yield box
    box.close()


def test_a_child_sees_a_world_of_its_own(strong: Box) -> None:
    """It is the first process, is in no group, has an empty home, and cannot even list what is around it."""
    found = asked(strong, "look")
    assert found.pop("user") != 0
    assert found == {
        "pid": 1,
        "group": [],
        "home": namespaces.HOME,
        "/": "PermissionError",
        "/dev": "PermissionError",
        "/proc": "FileNotFoundError",
    }


def test_space_and_files_run_out(strong: Box) -> None:
    """What it writes in all, and how many files, is limited; the next one has all of it again."""
    no_space = 28
    for _ in range(2):
        written, code = asked(strong, "fill", file_mb=4)
        assert (3 <= written <= 4, code) == (True, no_space)
        made, code = asked(strong, "litter", open_files=64)
        assert (made < namespaces.INODES, code) == (True, no_space)


def test_threads_run_out(strong: Box) -> None:
    """Some threads, but not a hundred, can be started."""
    assert 10 <= asked(strong, "threads") <= 20


def test_what_is_installed_can_be_imported(strong: Box) -> None:
    """Modules that were not warm, with their shared libraries, are found in the private root."""
    assert asked(strong, "imports") is True


@pytest.mark.parametrize("who", ["contained", "contained_ordinary"])
def test_where_namespaces_are_refused_there_is_level_b(who: str) -> None:
    """Landlock and the filter need no namespaces; why there is nothing stronger is told."""
    skip_unless_possible(AS[who])
    zygote = Zygote(prefix=AS[who])
    zygote.close()
    assert (zygote.level, list(zygote.refused)) == ("B", ["A"])
    assert "unshare" in zygote.refused["A"]


def test_the_rest_can_be_imported_at_level_b() -> None:
    """Modules that were not warm are readable also where a privileged user has become another."""
    box = Box(partial(Zygote, level="B", prefix=AS["root"] if os.geteuid() == 0 else ()))
    try:
        assert asked(box, "imports") is True
        assert asked(box, "look")["user"] != 0
    finally:
        box.close()


def test_levels_are_ordered() -> None:
    """The one that is chosen is the first that could be built."""
    found = available()
    level, refused = found.level, found.refused
    assert list(LEVELS[: LEVELS.index(level)]) == list(refused)
