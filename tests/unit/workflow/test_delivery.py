"""Who handed in what; everything that is wrong is told at once, with place, code and remedy."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from grader.errors import Fault, UsageError
from grader.model.gradebook import Student
from grader.workflow.delivery import Delivery, open_delivery


def delivered(folder: Path, *names: str) -> Path:
    """A delivery with empty files; a name that ends in a slash is a folder."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).mkdir() if name.endswith("/") else (folder / name).touch()
    return folder


def roster(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A roster."""
    file = folder / "roster.csv"
    file.write_bytes(text.encode(encoding))
    return file


def faults(path: Path, table: Path | None = None) -> list[Fault]:
    """What is wrong; each fault has a place, a problem and a remedy that ends like a sentence."""
    with pytest.raises(UsageError) as caught:
        open_delivery(path, table)
    for fault in caught.value.faults:
        assert fault.place
        assert fault.problem
        assert fault.remedy.endswith(".")
    return list(caught.value.faults)


def codes(found: list[Fault]) -> list[str]:
    """`line:code`, or the code where there is no line."""
    lines = [fault.place.rpartition(":")[2] for fault in found]
    return [
        f"{line}:{fault.code}" if line.isdigit() else fault.code
        for line, fault in zip(lines, found, strict=True)
    ]


def who(delivery: Delivery) -> dict[str, list[str]]:
    """Student → the entries that are theirs."""
    return {one.student: list(one.entries) for one in delivery.handed}


def test_without_a_roster_everyone_is_expected(tmp_path: Path) -> None:
    """The names of the files are the students."""
    delivery = open_delivery(delivered(tmp_path / "d", "b.py", "a/"), None)
    assert who(delivery) == {"a": ["a/"], "b": ["b.py"]}
    assert delivery.students == {"a": Student("a"), "b": Student("b")}
    assert delivery.strangers == ()


@pytest.mark.parametrize("column", ["lang", "Language"])
def test_a_roster_gives_names_languages_and_the_absent(tmp_path: Path, column: str) -> None:
    """Students of the roster are expected, submission or not; others are strangers, and marked all the same."""
    table = roster(tmp_path, f"student,name,{column}\nivanov,Иванов Иван,RU\npetrov,Petrov,\n")
    delivery = open_delivery(delivered(tmp_path / "d", "ivanov.py", "zorro.py"), table)
    assert delivery.students == {
        "ivanov": Student("ivanov", "Иванов Иван", "ru"),
        "petrov": Student("petrov", "Petrov"),
        "zorro": Student("zorro"),
    }
    assert delivery.strangers == ("zorro",)


@pytest.mark.parametrize(
    "text",
    [
        "student;name\nivanov;Иванов, Иван\n",
        "student\tname\nivanov\tИванов, Иван\n",
        '\ufeffStudent,Name\r\nivanov,"Иванов, Иван"\r\n',
        'group,ID , name\n1, ivanov ,"Иванов, Иван"\n\n,,\n',
        "student_id;name;note\nivanov;Иванов, Иван;a;b;c\n",
    ],
    ids=["semicolons", "tabs", "excel", "blanks", "ragged"],
)
def test_rosters_of_all_kinds_are_read(tmp_path: Path, text: str) -> None:
    """Separators, a byte-order mark, capitals, blanks, blank lines and surplus cells make no difference."""
    delivery = open_delivery(delivered(tmp_path / "d", "ivanov.py"), roster(tmp_path, text))
    assert delivery.students == {"ivanov": Student("ivanov", "Иванов, Иван")}


def test_a_quoted_name_may_have_two_lines(tmp_path: Path) -> None:
    """Lines are counted as in the file."""
    text = 'student,name\na,"One\nTwo"\nb,B\nb,C\n'
    assert codes(faults(delivered(tmp_path / "d", "a.py"), roster(tmp_path, text))) == ["5:U105"]


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("IVANOV.py", "Ivanov"),
        ("ivanov_final (2).py", "Ivanov"),
        ("ivanov-hw.v2.py", "Ivanov"),
        ("ivanov_p.py", "ivanov_p"),
        ("ivanov_p final.py", "ivanov_p"),
        (unicodedata.normalize("NFD", "ёжиков.py"), "Ёжиков"),
    ],
)
def test_a_file_finds_its_student(tmp_path: Path, name: str, student: str) -> None:
    """Case, composition and what is added behind the id do not matter; the longest id that fits wins."""
    table = roster(tmp_path, "student\nIvanov\nivanov_p\nЁжиков\n")
    assert list(who(open_delivery(delivered(tmp_path / "d", name), table))) == [student]


def test_a_longer_name_is_another_student(tmp_path: Path) -> None:
    """An id is followed by a sign, or it is part of another one."""
    folder = delivered(tmp_path / "d", "Ivanov.py", "ivanovsky.py")
    assert open_delivery(folder, roster(tmp_path, "student\nIvanov\n")).strangers == ("ivanovsky",)


def test_a_delivery_without_anybody_on_the_roster_is_refused(tmp_path: Path) -> None:
    """One folder too high, or the roster of another class: everyone would be marked as absent."""
    table = roster(tmp_path, "student\nivanov\npetrov\n")
    (outside,) = faults(delivered(tmp_path / "d", "sub/"), table)
    assert (outside.code, outside.remedy) == (
        "U168",
        "If the students' files lie in sub/, give that by itself as the delivery.",
    )
    (others,) = faults(delivered(tmp_path / "e", "a.py", "b.py"), table)
    assert (others.code, others.problem) == (
        "U168",
        "nobody on the roster has handed in any of this: a.py, b.py",
    )


def test_a_quotation_mark_left_open_swallows_nobody(tmp_path: Path) -> None:
    """Whoever stands below it would be missing; the line in which it begins is told."""
    folder = delivered(tmp_path / "d", "ivanov.py", "petrov.py")
    (fault,) = faults(folder, roster(tmp_path, 'student,name\nivanov,"Иванов\npetrov,Петров\n'))
    assert fault.code == "U117"
    assert fault.problem.endswith("in the row that begins in line 2")


def test_two_files_of_one_student_are_refused(tmp_path: Path) -> None:
    """Which of them counts is not ours to guess; every such student is told."""
    found = faults(delivered(tmp_path / "d", "a.py", "A.ipynb", "b.py", "b/", "c.py"))
    assert codes(found) == ["U104", "U104"]
    assert found[0].problem == "2 entries claim to be A's: A.ipynb, a.py"
    assert found[1].problem == "2 entries claim to be b's: b/, b.py"


def test_ids_that_look_alike_are_refused(tmp_path: Path) -> None:
    """Two files that only a machine can tell apart claim the same student."""
    names = ["ёж.py", unicodedata.normalize("NFD", "ёж.md")]
    assert codes(faults(delivered(tmp_path / "d", *names))) == ["U104"]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Faults of the roster and of the folder come together, sorted by place."""
    text = "student,lang\na,ru\nA,en\n,ru\nb,de\nc,xx\n"
    found = faults(delivered(tmp_path / "d", "z.py", "z.md"), roster(tmp_path, text))
    assert codes(found) == ["U104", "3:U105", "4:U107", "5:U109", "6:U109"]
    assert found[1].problem == "the id 'A' already stands in line 2"
    assert found[3].remedy == "Write en or ru, or leave `lang` empty."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:U106"]),
        ("name,group\nИванов,1\n", ["1:U106"]),
        ("student,name\n", ["U118"]),
        ("student\n" + "x" * 200_000 + "\n", ["U117"]),
    ],
    ids=["empty", "no ids", "nobody", "endless"],
)
def test_a_roster_that_is_none_is_told(tmp_path: Path, text: str, expected: list[str]) -> None:
    """No column, no lines, or no table at all."""
    assert codes(faults(delivered(tmp_path / "d", "a.py"), roster(tmp_path, text))) == expected


def test_a_roster_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A file of another encoding, a folder and a path that is not there."""
    folder = delivered(tmp_path / "d", "a.py")
    assert codes(faults(folder, roster(tmp_path, "student\nИванов\n", "cp1251"))) == ["U117"]
    assert codes(faults(folder, tmp_path)) == ["U117"]
    (fault,) = faults(folder, tmp_path / "absent.csv")
    assert fault.problem == "the roster cannot be read: No such file or directory"


def test_a_path_that_is_no_delivery_is_told(tmp_path: Path) -> None:
    """Nothing there, a file, an empty folder, a folder with leavings only: each with a code of its own."""
    (tmp_path / "file.zip").touch()
    assert codes(faults(tmp_path / "absent")) == ["U102"]
    assert codes(faults(tmp_path / "file.zip")) == ["U116"]
    assert codes(faults(delivered(tmp_path / "empty"))) == ["U103"]
    assert codes(faults(delivered(tmp_path / "leavings", ".hidden.py", "__MACOSX/"))) == ["U103"]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is marked as absent because the machine may not look."""
    folder = delivered(tmp_path / "d", "ivanov/")
    listed = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("ivanov"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (fault,) = faults(folder)
    assert (fault.code, fault.place) == ("U108", str(folder / "ivanov"))
