"""Hostile deliveries: links, archives and names that lead elsewhere."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import UsageError
from tests.hostile._handing import HONEST, Course, Graded

NAMES = (
    "../escaped.py",
    "/tmp/hostile-escaped.py",
    "C:\\escaped.py",
    "nul\0.py",
    "-rf",
    "a/../../escaped.py",
)
NASTY = ("-rf.py", "con.py", "a\nb.py", "=1+1.py", "..py", "x" * 240 + ".py", "\x1b[2J.py", "\udcff.py")


def zipped(*names: str) -> bytes:
    """An archive with members of such names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, HONEST)
    return data.getvalue()


def tarred(target: str) -> bytes:
    """An archive with a symbolic link, a hard link and a device."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, kind in (
            ("link.py", tarfile.SYMTYPE),
            ("hard.py", tarfile.LNKTYPE),
            ("tty.py", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return data.getvalue()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course, for all tests here."""
    with pytest.MonkeyPatch.context() as patch:
        course = Course(tmp_path_factory.mktemp("course"), patch)
        yield course
        course.stage.close()


@pytest.fixture(scope="module")
def graded(course: Course) -> Graded:
    """A delivery with everything of this module, graded."""
    paths = [word for word in course.stage.words(0).values() if isinstance(word, str)]
    delivery = course.hand_in(
        "handed",
        {
            "honest/work.py": HONEST,
            "archive/work.zip": zipped(*NAMES),
            "archive/work.tar": tarred(str(course.stage.secret_file)),
            "nasty/work.py": HONEST,
            "linker/work.txt": "see work.py",
            "looper/work.py": HONEST,
            "reader/work.py": "\n".join(f"open({path!r}).read()" for path in paths),
        },
    )
    for name in NASTY:
        Path(os.fsdecode(os.fsencode(delivery / "nasty" / name))).write_text("raise SystemExit\n")
    (delivery / "linker" / "work.py").symlink_to(course.stage.secret_file)
    (delivery / "linker" / "folder").symlink_to(course.stage.reference)
    (delivery / "linked.py").symlink_to(course.stage.reference / "solution.py")
    (delivery / "linked_folder").symlink_to(course.stage.reference)
    (delivery / "looper" / "loop").symlink_to(delivery)
    os.mkfifo(delivery / "looper" / "pipe.py")
    course.stage.changes()
    return course.grade("graded", delivery)


def test_links_are_not_followed(graded: Graded, course: Course) -> None:
    """Row 24: a link in a delivery is no file of a student, whatever it leads to; nobody waits at a pipe."""
    assert {"linked", "linked_folder"} & set(graded.records) == set()
    assert set(graded.points("linker").values()) == {0}
    assert (graded.points("looper")["variation"], graded.records["looper"].status) == (4, "marked")
    assert course.stage.leaks(graded.written()) == []


def test_archives_write_nowhere(graded: Graded, course: Course) -> None:
    """Row 25: members called `../x`, `/x`, `C:\\x` or `-rf`, links and devices end up nowhere, and this is said."""
    assert not list(course.folder.rglob("*escaped*"))
    assert not Path("/tmp/hostile-escaped.py").exists()
    told = " ".join(text for remark in graded.records["archive"].remarks for text in remark.detail.values())
    assert ("work.zip" in told, "work.tar" in told) == (True, True)
    assert graded.records["archive"].status == "marked"


def test_nasty_names_are_only_names(graded: Graded, course: Course) -> None:
    """Row 25: names that look like options, devices, formulas or escapes cost nobody anything."""
    assert (graded.points("nasty")["variation"], graded.points("honest")["variation"]) == (4, 4)
    assert "\x1b" not in graded.written()


def test_only_what_was_handed_in_is_in_the_box(graded: Graded, course: Course) -> None:
    """Row 26: paths of the course, of the run and of classmates, opened in the box, bring nothing to any page."""
    assert course.stage.leaks(graded.written()) == []
    assert course.stage.changes() == []


def test_a_run_folder_in_the_delivery_is_refused(course: Course) -> None:
    """Row 136: pages of a run can never be taken for submissions of the next one."""
    delivery = course.hand_in("inside", {"honest.py": HONEST})
    with pytest.raises(UsageError, match="U120"):
        course.grade("inside/run", delivery)
