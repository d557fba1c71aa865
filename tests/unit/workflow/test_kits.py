"""What is no kit, and what no kit can be made of, is told."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.errors import UsageError
from grader.workflow.kits import class_of, open_kit, release
from tests.courses import CODE, course

DEALT = CODE.replace("parts=[double]", 'parts=[double], variants={"unit": ("m", "km")}')

FAULTY = {
    "no JSON": lambda kit: "{",
    "another format": lambda kit: json.dumps({**kit, "format": 2}),
    "a key more": lambda kit: json.dumps({**kit, "oracle": "x"}),
    "no such comparator": lambda kit: json.dumps(kit).replace('"name": "Close"', '"name": "Any"'),
    "no such file": lambda kit: json.dumps(kit).replace('"file": "close"', '"file": "os"'),
    "another field": lambda kit: json.dumps(kit).replace('"relative"', '"abolute"'),
    "a value that is none": lambda kit: json.dumps({**kit, "values": []}),
    "an argument that is none": lambda kit: json.dumps(kit).replace('{"f": "0x1', '{"f": "zx1'),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_what_is_no_kit_is_told(fault: str, tmp_path: Path) -> None:
    """U146, whatever is wrong with it."""
    release(str(course(tmp_path / "exam", q1=CODE)), tmp_path / "kit", [], "en", "py")
    file = tmp_path / "kit" / "kit.json"
    open_kit(file)
    file.write_text(FAULTY[fault](json.loads(file.read_text("utf-8"))), "utf-8")
    with pytest.raises(UsageError, match="U146"):
        open_kit(file)


def test_a_kit_needs_a_student_and_a_folder(tmp_path: Path) -> None:
    """U144 where numbers are dealt, U145 where the folder is in use; both at once."""
    exam = str(course(tmp_path / "exam", q1=DEALT))
    with pytest.raises(UsageError) as caught:
        release(exam, tmp_path, [], "en", "py")
    assert sorted(fault.code for fault in caught.value.faults) == ["U144", "U145"]


def test_everyone_of_a_roster_gets_a_kit(tmp_path: Path) -> None:
    """In a folder of their own, with their numbers and in their language; a roster of one is no exception."""
    exam = str(course(tmp_path / "exam", q1=DEALT))
    table = tmp_path / "roster.csv"
    table.write_text("student,name,lang\nanna,Anna,ru\nb/c,Bob,en\n", "utf-8")
    files = release(exam, tmp_path / "kits", class_of(table), "en", "py", apart=True)
    kits = {file.parent.name: open_kit(file) for file in files if file.name == "kit.json"}
    assert set(kits) == {"anna", "b%2Fc"}
    assert (tmp_path / "kits" / "anna" / "anna.py").exists()
    assert "Anna" in (tmp_path / "kits" / "anna" / "anna.py").read_text("utf-8")
    alone = release(exam, tmp_path / "one", class_of(table)[:1], "en", "py", apart=True)
    assert {file.parent.name for file in alone} == {"anna"}


def test_a_faulty_roster_writes_no_kit(tmp_path: Path) -> None:
    """All of its faults are told first."""
    table = tmp_path / "roster.csv"
    table.write_text("student,lang\nanna,xx\nanna,ru\n,ru\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        class_of(table)
    assert [fault.code for fault in caught.value.faults] == ["U109", "U107"]


def test_the_next_command_can_be_pasted(tmp_path: Path) -> None:
    """Also where there are blanks in a name."""
    exam, kit = str(course(tmp_path / "exam", q1=CODE)), tmp_path / "my kit"
    found = CliRunner().invoke(cli, ["release", exam, "-o", str(kit), "--form", "py"])
    (line,) = found.stderr.splitlines()
    *command, file = shlex.split(line)
    assert command == ["next:", "grader", "check", kit.as_posix()]
    assert Path(file).is_file()
