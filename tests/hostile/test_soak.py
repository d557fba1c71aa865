"""Thousands of submissions, a fifth of them hostile: every honest one is observed rightly and nothing adds up."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SOAKING = str(Path(__file__).with_name("_soaking.py"))
COUNT = 5000
EVERY = 500
SETTLED = 1
"""The second look is the first that counts: by then everything has been in use."""
MEGABYTES = 1 << 20


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A temporary folder open to the user that a box becomes, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def soaked(folder: Path) -> Any:
    """What the program saw that has everything observed: a process of its own, so that all memory is the box's."""
    command = [sys.executable, SOAKING, str(COUNT), str(EVERY), str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.slow
def test_every_honest_answer_is_right(soaked: Any) -> None:
    """However many attacks came before, and whatever they tried."""
    assert soaked["attacks"] > 50
    assert soaked["wrong"] == []


@pytest.mark.slow
def test_memory_is_flat(soaked: Any) -> None:
    """Neither the trusted side nor a warm process grows with the number of submissions."""
    assert len(soaked["manager"]) == COUNT // EVERY
    assert max(soaked["manager"]) - soaked["manager"][SETTLED] < 4 * MEGABYTES
    first, last = soaked["warm"][SETTLED], soaked["warm"][-1]
    lasting = first.keys() & last.keys()
    assert len(lasting) >= 2
    assert [pid for pid in lasting if last[pid] - first[pid] > 4 * MEGABYTES] == []


@pytest.mark.slow
def test_nothing_is_left_behind(soaked: Any, folder: Path) -> None:
    """No process and no file."""
    assert soaked["left"] == []
    assert list(folder.iterdir()) == []
