"""`play` runs sources in a fork of a warm process, as the box does, and answers questions about them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.guest import plain


@dataclass
class Played:
    """What came of one submission."""

    remarks: list[Any]
    used: list[str]
    announced: list[list[Any]]
    answers: list[dict[str, Any]]

    @property
    def values(self) -> list[Any]:
        """The decoded answers; those without a value as they are."""
        return [plain.decode(a["value"]) if "value" in a else a for a in self.answers]

    @property
    def value(self) -> Any:
        """The only answer."""
        (value,) = self.values
        return value

    @property
    def codes(self) -> list[str]:
        """The codes of the remarks."""
        return [code for code, _ in self.remarks]

    def details(self, code: str) -> list[dict[str, str]]:
        """The details of the remarks with that code."""
        return [detail for found, detail in self.remarks if found == code]


class Stage:
    """The warm process and the folder it lives in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(Path(__file__).with_name("stage.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"HOME": str(folder), "PATH": "", "LANG": "C.UTF-8"},
            text=True,
        )
        self.warmed = self._receive()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def __call__(
        self,
        *sources: dict[str, Any],
        call: str | None = None,
        arguments: tuple[Any, ...] = (),
        read: tuple[str, ...] = (),
        repairs: list[str] | None = None,
        skip: tuple[tuple[str, int], ...] = (),
        questions: tuple[Any, ...] = (),
    ) -> Played:
        """Load `sources`; then call `call`, read the variables `read`, or pose `questions`."""
        asked = list(questions)
        if call is not None:
            asked.append(["call", call, [plain.encode(argument) for argument in arguments]])
        asked += [["read", [[name]]] for name in read]
        request = {"sources": sources, "repairs": repairs, "skip": skip, "questions": asked}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return Played(**self._receive())

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


@pytest.fixture(scope="session")
def play(tmp_path_factory):
    """The stage, warmed once."""
    stage = Stage(tmp_path_factory.mktemp("stage"))
    yield stage
    stage.close()
