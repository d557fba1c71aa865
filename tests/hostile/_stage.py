"""What there is to steal and to break around a box, and what must not have changed afterwards."""

from __future__ import annotations

import base64
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

import reference

PREFIX = "canary-"
ASSIGNMENT = "statistics"
PLACES = ("oracle", "seed", "solution", "classmate", "ledger", "name", "honest")

DECISIONS = """
title = { en = "Statistics" }
language = "en"
seed = "%(seed)s"
reveal = "public"

[limits]
cpu_seconds = 1
load_seconds = 2
"""

TASK = '''"""How far values lie apart

Write `spread(xs)`: the mean square of the distances from the mean.
"""
from grader.author import Code, Task, case
from grader.comparators.close import Close
from reference.solution import spread

part = Code("spread", 4, Close(), aspects={"short": 1, "long": 1})


@part.cases
def cases(rng):
    yield case([1.0, 2.0, 4.0], aspect="short", public=True)
    yield case([0.5, 0.5, 3.5, 7.0], aspect="short", public=True)
    yield from (case([float(x) for x in rng.normal(3, 2, n)], aspect="long") for n in (9, 30))


@part.oracle
def right(xs):
    """%(oracle)s"""
    return spread(xs)


task = Task([part])
'''

SOLUTION = '''"""%(solution)s"""
SECRET = "%(solution)s"


def spread(xs):
    mean = sum(xs) / len(xs)
    return sum((x - mean) ** 2 for x in xs) / len(xs)
'''

HONEST = '''import builtins, json, math, os, random, sys
import numpy as np

NOTE = "%(honest)s"
open("notes.txt", "w").write(NOTE)


def spread(xs):
    """Uses whatever somebody before may have spoilt: %(honest)s"""
    assert os.listdir() == ["notes.txt"], os.listdir()
    assert math.sqrt(4.0) == 2.0 and json.loads("[1]") == [1] and len([1, 2]) == 2
    assert not np.allclose([1.0], [2.0]) and random.random() == 0.8444218515250481
    values = np.asarray(xs, dtype=float)
    return float(np.mean((values - values.mean()) ** 2))
'''


def canary() -> str:
    """A word that stands nowhere else."""
    return PREFIX + token_hex(8)


def disguises(secret: str) -> tuple[str, ...]:
    """The forms in which a secret might be carried out."""
    data = secret.encode()
    token = secret.removeprefix(PREFIX)
    bases = (base64.b64encode(b"x" * shift + data)[4:-4].decode() for shift in range(3))
    return (token, token[::-1], data.hex(), *bases)


@dataclass
class Stage:
    """A course with its oracle, a run folder, a classmate's file, a file of the host, and a listening port.

    Plain permissions let everybody read and write all of it, so that only the box stands in the way; where `owner`
    is given, the files are that user's. `secrets` are canaries in contents, and one in a name that nobody is told.
    """

    folder: Path
    owner: int | None = None
    secrets: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.secrets = {place: canary() for place in PLACES}
        self.secret_file = self._write("run/oracle.json", "{%(oracle)s}")
        self.host_file = self._write("host/file.txt", "as it was")
        self.classmate = self._write("delivery/ivanova.py", "NOTE = '%(classmate)s'")
        self.reference = self._write("reference/solution.py", SOLUTION).parent
        self._write("reference/__init__.py", "")
        self.course = self._write(f"assignments/{ASSIGNMENT}/assignment.toml", DECISIONS).parent
        self._write(f"assignments/{ASSIGNMENT}/variation.py", TASK)
        self._write("run/ledger.txt", "%(ledger)s")
        self._write(f"run/{self.secrets['name']}.txt", "")
        with suppress(OSError):  # a file system without them has none to lose
            os.setxattr(self.host_file, "user.note", b"kept")
        self.port = socket.create_server(("127.0.0.1", 0))
        self.port.setblocking(False)
        self._before = self._looks()

    @property
    def honest(self) -> str:
        """An honest submission with a secret of its own."""
        return HONEST % self.secrets

    def enter(self, patch: pytest.MonkeyPatch) -> None:
        """Make this stage's textbook importable as long as `patch` lasts."""
        patch.setattr(sys, "path", [*sys.path])
        patch.setattr(reference, "__path__", [*reference.__path__, str(self.reference)])
        sys.modules.pop("reference.solution", None)

    def words(self, parent: int) -> dict[str, Any]:
        """What stands for the words in the arguments of an attack."""
        return {
            "SECRET_FILE": str(self.secret_file),
            "HOST_FILE": str(self.host_file),
            "CLASSMATE_FILE": str(self.classmate),
            "REFERENCE_FOLDER": str(self.reference),
            "COURSE_FOLDER": str(self.course),
            "RUN_FOLDER": str(self.secret_file.parent),
            "PARENT_PID": parent,
            "PORT": self.port.getsockname()[1],
        }

    def leaks(self, text: str) -> list[str]:
        """The places whose secrets stand in `text`, in whatever disguise."""
        return [
            place for place, secret in self.secrets.items() if any(form in text for form in disguises(secret))
        ]

    def changes(self) -> list[str]:
        """The files that look otherwise than when everything was set up; a visitor at the port is one, too."""
        now = self._looks()
        found = sorted(name for name in now | self._before if now.get(name) != self._before.get(name))
        with suppress(BlockingIOError):
            self.port.accept()[0].close()
            found.append("port")
        self._before = now
        return found

    def close(self) -> None:
        """Close the port."""
        self.port.close()

    def _write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text % self.secrets if "%(" in text else text)
        file.chmod(0o666)
        for path in (file, *file.parents):
            if path == self.folder:
                break
            if path != file:
                path.chmod(0o777)
            if self.owner is not None:
                os.chown(path, self.owner, self.owner)
        return file

    def _looks(self) -> dict[str, tuple[Any, ...]]:
        """What can be seen of every file: content, kind, owner, links, times and attributes."""
        seen: dict[str, tuple[Any, ...]] = {}
        for path in sorted(self.folder.rglob("*")):
            status = path.lstat()
            attributes = {name: os.getxattr(path, name) for name in os.listxattr(path, follow_symlinks=False)}
            seen[str(path.relative_to(self.folder))] = (
                *(status.st_mode, status.st_uid, status.st_gid, status.st_nlink),
                *(status.st_mtime_ns, status.st_ctime_ns, attributes),
                path.read_bytes() if path.is_file() else b"",
            )
        return seen
