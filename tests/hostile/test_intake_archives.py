"""Archives and files that are made to be too much, or to end up elsewhere."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import tempfile
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.backends import local
from grader.bundles import _packed, archive
from grader.bundles._handed import Handed
from grader.bundles._packed import Caps, Packed, Unreadable, unpack
from grader.errors import UsageError
from grader.model.job import Call, Job, Limits
from grader.model.submission import Source, Submission
from grader.reports.sentences import remark_sentence
from grader.reports.words import words_of
from grader.workflow.delivery import open_delivery
from grader.workflow.grading import Request, grade
from grader.workflow.reading import read_submission
from tests.courses import course

ASKED = {"q10": frozenset({"dW"})}
HONEST = b"def double(x):\n    return 2 * x\n"
CAPS = Caps(entries=50, file_bytes=5_000_000, total_bytes=8_000_000)


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A `.zip`; the same name may come twice."""
    data = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(data, "w", how) as made:
        for name, content in members:
            made.writestr(name, content)
    return data.getvalue()


def tarred(*members: tuple[str | tarfile.TarInfo, bytes], mode: str = "w:gz") -> bytes:
    """A `.tar.gz`."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as made:  # type: ignore[call-overload]
        for name, content in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = info.size or len(content)
            made.addfile(info, io.BytesIO(content))
    return data.getvalue()


def special(name: str, kind: bytes = tarfile.SYMTYPE, target: str = "/etc/passwd") -> tarfile.TarInfo:
    """A member of a tar that is no file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def linked(name: str, kind: int = 0o120000) -> zipfile.ZipInfo:
    """A member of a zip that is no file."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    return info


def packed(data: bytes, name: str = "x.zip", caps: Caps = CAPS) -> dict[str, str]:
    """Name → reason why it is refused, empty for what is taken out."""
    return {one.name: one.reason for one in unpack(io.BytesIO(data), name, caps)}


def delivered(
    tmp_path: Path, data: bytes, name: str = "delivery.zip"
) -> dict[str, tuple[list[str], list[str]]]:
    """Student → names of the files, and reasons of what was refused."""
    (tmp_path / name).write_bytes(data)
    found = archive.read(tmp_path / name)
    assert found is not None
    return {
        one.student: (
            [one.name(file) for file in one.files],
            [remark.detail["reason"] for remark in one.remarks],
        )
        for one in found
    }


def submitted(tmp_path: Path, **files: bytes) -> Submission:
    """What is read of a student's files; `a_py` is `a.py`."""
    paths = []
    for name, data in files.items():
        paths.append(tmp_path / name.replace("_", "."))
        paths[-1].write_bytes(data)
    return read_submission(Handed("ivanov", tuple(paths), tmp_path, ("ivanov/",)), ASKED)


def codes(found: Submission) -> list[str]:
    """Codes of the remarks, with their reasons."""
    return [".".join(filter(None, (one.code, one.detail.get("reason")))) for one in found.remarks]


NAMES = {
    "../x.py": "outside",
    "a/../../x.py": "outside",
    "/x.py": "outside",
    "//host/x.py": "outside",
    "\\\\host\\x.py": "outside",
    "C:\\x.py": "outside",
    "c:x.py": "outside",
    "..\\x.py": "outside",
    "-rf": "name",
    "a/-rf.py": "name",
    "con.py": "name",
    "a/NUL": "name",
    "Com1.txt": "name",
    "a.py.": "name",
    "a.py ": "name",
    "a\nb.py": "name",
    "a\x1b[2J.py": "name",
    "x" * 300: "name",
    "a/" * 30 + "x.py": "name",
    "console.py": "",
    "a.b-c/d e.py": "",
    "Задача 1.py": "",
}


@pytest.mark.parametrize(("name", "reason"), NAMES.items(), ids=map(repr, NAMES))
def test_names_that_lead_elsewhere_are_refused(name: str, reason: str) -> None:
    """Row 25: such a name is refused in a zip and in a tar, with its reason, and what is beside it is not."""
    for data, kind in (
        (zipped((name, b"x"), ("ok.py", b"y")), "x.zip"),
        (tarred((name, b"x"), ("ok.py", b"y")), "x.tgz"),
    ):
        found = packed(data, kind)
        assert (list(found.values()), found["ok.py"]) == ([reason, ""], "")


def test_a_name_with_nul_is_refused() -> None:
    """Row 25: what some see as the end of a name, others do not."""
    data = zipped(("abc.py", b"x")).replace(b"abc.py", b"a\0c.py")
    assert list(packed(data).values()) == ["name"]


@pytest.mark.parametrize("kind", [0o120000, 0o020000, 0o060000, 0o010000, 0o140000], ids=oct)
def test_what_is_no_file_is_refused_in_a_zip(kind: int) -> None:
    """Row 24: links, devices, pipes and sockets."""
    assert packed(zipped((linked("a.py", kind), b"/etc/passwd"))) == {
        "a.py": "link" if kind == 0o120000 else "device"
    }


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        *((tarfile.SYMTYPE, "link"), (tarfile.LNKTYPE, "link"), (tarfile.CHRTYPE, "device")),
        *((tarfile.BLKTYPE, "device"), (tarfile.FIFOTYPE, "device"), (tarfile.GNUTYPE_SPARSE, "device")),
        (b"Z", "device"),
    ],
)
def test_what_is_no_file_is_refused_in_a_tar(kind: bytes, reason: str) -> None:
    """Row 24: links, devices, pipes, files with holes, and kinds that nobody knows."""
    data = tarred((special("a.py", kind), b""), ("ok.py", b"y"), mode="w")
    if kind != b"Z":
        assert packed(data, "x.tar") == {"a.py": reason, "ok.py": ""}
    else:
        assert packed(data, "x.tar")["ok.py"] == ""


def test_old_alphabets_are_read() -> None:
    """A zip that does not say its alphabet has the one of its time: names are not spoilt."""
    info = zipfile.ZipInfo("x" * 9)
    data = zipped((info, b"x")).replace(b"x" * 9, "Петя.py12".encode("cp866"))
    assert list(packed(data)) == ["Петя.py12"]


def bomb() -> bytes:
    """Four megabytes of nothing in four kilobytes."""
    return zipped(("bomb.py", bytes(4_000_000)), ("ok.py", b"x"))


def test_a_bomb_by_ratio_is_left_alone() -> None:
    """Row 97: what unpacks to a thousand times its size is refused before it is unpacked; the rest is not."""
    assert packed(bomb()) == {"bomb.py": "bomb", "ok.py": ""}


def test_a_file_that_lies_about_its_size_is_damaged() -> None:
    """Row 97: no more is unpacked than was announced, and what was announced is looked at before."""
    data = bytearray(zipped(("a.py", b"x" * 1000)))
    place = data.rindex(b"PK\1\2")
    data[place + 24 : place + 28] = struct.pack("<L", 10)
    assert packed(bytes(data)) == {"a.py": "damaged"}


@pytest.mark.parametrize("kind", ["x.tgz", "x.tar"])
def test_a_tar_bomb_ends_early(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 97: a tar that unpacks to hundreds of times its size, or announces it, is not read on."""
    monkeypatch.setattr(_packed, "HARMLESS", 100_000)
    info = tarfile.TarInfo("a.bin")
    info.size = 4_000_000 if kind == "x.tgz" else 10**12
    data = tarred((info, bytes(4_000_000)), ("b.py", b"x")) if kind == "x.tgz" else info.tobuf() + bytes(1024)
    caps = Caps(50, 100_000, 8_000_000)
    with pytest.raises(Unreadable, match="bomb"):
        packed(data, kind, caps)


def test_a_header_of_gigabytes_is_not_read() -> None:
    """Row 97: what a tar says about its own files is bounded, too."""
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.XHDTYPE, 1 << 33
    with pytest.raises(Unreadable):
        packed(info.tobuf() + bytes(10_000), "x.tar")


def test_thousands_of_headers_are_not_followed() -> None:
    """Row 97: headers about headers about headers end as a damaged archive."""
    info = tarfile.TarInfo("long")
    info.type = tarfile.XHDTYPE
    with pytest.raises(Unreadable, match="damaged"):
        packed(info.tobuf() * 5000, "x.tar")


def test_counts_and_sums_are_bounded() -> None:
    """Row 97: too many files, or too much in all, end the reading."""
    with pytest.raises(Unreadable, match="too_many"):
        packed(zipped(*((f"{n}.py", b"") for n in range(60))))
    with pytest.raises(Unreadable, match="too_large"):
        packed(zipped(*((f"{n}.py", os.urandom(3_000_000)) for n in range(3)), how=zipfile.ZIP_STORED))
    assert packed(zipped(("a.bin", os.urandom(5_000_001)))) == {"a.bin": "too_large"}


def test_a_directory_of_millions_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 97: the list of a zip is not read where it alone would fill the memory."""
    data = zipped(*((f"{n}" * 40, b"") for n in range(1000)))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(Unreadable, match="too_many"):
        packed(data, caps=Caps(5, 10, 10))


@pytest.mark.parametrize("cut", [1, 30, 200])
@pytest.mark.parametrize("kind", ["x.zip", "x.tgz", "x.tar"])
def test_damage_is_said(kind: str, cut: int) -> None:
    """Whatever is cut off or put in its place, an archive is damaged or read; nothing else is raised."""
    make = (
        zipped
        if kind == "x.zip"
        else lambda *members: tarred(*members, mode="w" if kind == "x.tar" else "w:gz")
    )
    data = make(("a.py", os.urandom(1000)), ("b.py", b"y"))  # type: ignore[operator]
    for broken in (
        data[:-cut],
        data[cut:],
        data[: len(data) // 2] + b"?" * cut + data[len(data) // 2 + cut :],
    ):
        try:
            assert set(packed(broken, kind).values()) <= {"", "damaged"}
        except Unreadable as error:
            assert str(error) in ("damaged", "too_large", "bomb")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_unusual_packing_is_refused(method: int) -> None:
    """Row 97: what may ask for gigabytes to be unpacked is not."""
    assert packed(zipped(("a.py", b"x" * 100), how=method)) == {"a.py": "damaged"}


def test_a_locked_file_is_refused() -> None:
    """A password is nobody's fault but the student's, and is said."""
    data = bytearray(zipped(("a.py", b"x")))
    data[data.rindex(b"PK\1\2") + 8] |= 1
    assert packed(bytes(data)) == {"a.py": "encrypted"}


class TestDelivery:
    """A whole delivery as an archive."""

    def test_the_rest_is_marked(self, tmp_path: Path) -> None:
        """Rows 24 and 25: refused files stand with the student whose they would have been; all others are read."""
        data = zipped(
            ("ivanov.py", HONEST), ("petrov/../../x.py", b""), ("petrov/a.py", HONEST), (linked("sidorov.py"), b"x"),
            ("../../etc/cron.py", b""), ("__MACOSX/._ivanov.py", b""), ("petrov/.hidden.py", b""), ("/", b""),
        )  # fmt: skip
        assert delivered(tmp_path, data) == {
            "ivanov": (["ivanov.py"], []),
            "petrov": (["a.py"], ["outside"]),
            "sidorov": ([], ["link"]),
            "etc": ([], ["outside"]),
        }
        assert sorted(path.name for path in tmp_path.iterdir()) == ["delivery.zip"]

    def test_a_wrapping_folder_is_no_student(self, tmp_path: Path) -> None:
        """A folder called as the archive, alone in it, is what was packed."""
        data = tarred(("./exam/a.py", HONEST), ("exam/b/c.py", HONEST), ("exam/../d.py", b""))
        found = delivered(tmp_path, data, "Exam.tar.gz")
        assert found == {"a": (["a.py"], []), "b": (["c.py"], []), "d": ([], ["outside"])}

    def test_a_browsers_copy_is_called_as_the_archive(self, tmp_path: Path) -> None:
        """What is downloaded once more is called `exam (1).zip`."""
        found = delivered(tmp_path, zipped(("exam/a.py", HONEST), ("exam/b.py", HONEST)), "exam (1).zip")
        assert found == {"a": (["a.py"], []), "b": (["b.py"], [])}

    def test_of_two_files_of_one_name_neither_counts(self, tmp_path: Path) -> None:
        """Which one is meant is not ours to guess; twice the same is once."""
        data = zipped(
            ("a/x.py", b"1"), ("a/y.py", b"3"), ("a/x.py", b"2"), ("a/X.py", b"2"), ("a/y.py", b"3")
        )
        assert delivered(tmp_path, data) == {"a": (["y.py"], ["duplicate"] * 3)}

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        """What is both a file and a folder is refused the second time."""
        assert delivered(tmp_path, zipped(("a/x", b"1"), ("a/x/y.py", b"2"))) == {"a": (["x"], ["duplicate"])}

    def test_a_bomb_costs_only_its_student(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Row 97: ratio, count and sum are bounded for each student."""
        monkeypatch.setattr(archive, "FILES_OF_ONE", 3)
        monkeypatch.setattr(archive, "BYTES_OF_ONE", 1000)
        members = [(f"many/{n}.py", b"x") for n in range(5)] + [
            (f"much/{n}.py", b"x" * 600) for n in range(2)
        ]
        found = delivered(tmp_path, zipped(*members, ("ratio/a.py", bytes(4_000_000)), ("z.py", HONEST)))
        assert {student: reasons for student, (_, reasons) in found.items()} == {
            "many": ["too_many"] * 2, "much": ["too_large"], "ratio": ["bomb"], "z": [],
        }  # fmt: skip

    def test_nothing_is_left(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The unpacked files are there as long as somebody may read them, for nobody else, and gone afterwards."""
        (tmp_path / "d.zip").write_bytes(zipped(("a/x.py", HONEST), ("b.py", HONEST)))
        (tmp_path / "temporary").mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
        found = archive.read(tmp_path / "d.zip")
        assert found is not None
        (folder,) = (tmp_path / "temporary").iterdir()
        assert (folder.stat().st_mode & 0o777, found[0].files[0].read_bytes()) == (0o700, HONEST)
        del found
        assert list((tmp_path / "temporary").iterdir()) == []

    @pytest.mark.parametrize("kind", ["cut.zip", "cut.tar.gz"])
    def test_a_damaged_delivery_is_refused_as_a_whole(self, tmp_path: Path, kind: str) -> None:
        """Nobody counts as absent because an archive ends too early."""
        members = [(f"{n}.py", os.urandom(2000)) for n in range(5)]
        data = zipped(*members) if kind == "cut.zip" else tarred(*members)
        (tmp_path / kind).write_bytes(data[:-5000])
        with pytest.raises(UsageError) as caught:
            open_delivery(tmp_path / kind, None)
        assert [(fault.code, fault.problem) for fault in caught.value.faults] == [
            ("U108", "cannot be read: the archive is damaged")
        ]

    def test_an_archive_is_graded_like_a_folder(self, tmp_path: Path) -> None:
        """Row 25: the same marks come out, and the page says what was refused."""
        made = course(tmp_path / "course", a='''\
            """T

            S.
            """
            from grader.author import Answer, Task
            from grader.comparators.value import Value
            x = Answer("x", 1, Value())
            @x.oracle
            def right():
                return 4
            task = Task([x])
            ''')  # fmt: skip
        sheet = b"## a\nx = 4\n"
        (tmp_path / "d.zip").write_bytes(
            zipped(("ivanov/a.md", sheet), (linked("ivanov/b.md"), b"x"), ("petrov.md", sheet))
        )
        _, tally = grade(Request(str(made), tmp_path / "d.zip", tmp_path / "run"), lambda *_: None, "A")
        assert (tally.students, tally.withheld) == (2, 0)
        lines = (tmp_path / "run" / "gradebook.csv").read_text().splitlines()
        assert [line.split(",")[:3] for line in lines[1:]] == [["ivanov", "", "1"], ["petrov", "", "1"]]
        page = (tmp_path / "run" / "feedback" / "ivanov.html").read_text()
        assert "d.zip: ivanov/b.md was left out: it is a link. Hand in the file itself." in page


class TestSubmission:
    """A student's own archive."""

    def test_it_is_read_as_if_it_lay_unpacked(self, tmp_path: Path) -> None:
        """One level deep; what is refused or ignored is said, the rest counts."""
        inner = zipped(("deep.py", b"x = 3"))
        data = zipped(
            ("a.py", b"x = 1"), ("p/b.py", b"x = 2"), ("c.csv", b"1"), ("in.zip", inner), ("../d.py", b"")
        )
        found = submitted(tmp_path, hw_zip=data, z_tar=b"no tar at all" * 100)
        assert [source.name for source in found.sources] == ["a.py", "p/b.py"]
        assert codes(found) == [
            "ignored_file",
            "refused_file.nested",
            "refused_file.outside",
            "refused_archive.damaged",
        ]

    def test_it_hides_no_other_file(self, tmp_path: Path) -> None:
        """A file beside the archive goes before one of the same name in it."""
        found = submitted(tmp_path, a_py=b"x = 1", hw_tgz=tarred(("a.py", b"x = 2")))
        assert ([source.cells for source in found.sources], codes(found)) == (
            [("x = 1",)],
            ["refused_file.duplicate"],
        )

    def test_it_cannot_hold_more_than_a_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Row 97: the bounds for a student's files hold for all of them together."""
        monkeypatch.setattr("grader.workflow.reading.MAX_BYTES", 1000)
        monkeypatch.setattr("grader.workflow.reading.MAX_FILES", 2)
        data = zipped(("a.py", b"x" * 900), ("b.py", b"x" * 900))
        assert codes(submitted(tmp_path, a_zip=data)) == ["refused_archive.too_large"]
        data = zipped(("a.py", b"x"), ("b.py", b"x"), ("c.py", b"x"))
        assert codes(submitted(tmp_path, a_zip=data)) == ["refused_file.too_many"]

    def test_every_reason_has_its_sentence(self) -> None:
        """Rows 24, 25 and 97: the student reads why, in both languages."""
        reasons = [
            "outside",
            "name",
            "link",
            "device",
            "encrypted",
            "damaged",
            "too_large",
            "bomb",
            "too_many",
        ]
        reasons += ["duplicate", "nested"]
        remarks = [_packed.refused("hw.zip", "a.py", reason) for reason in reasons]
        remarks += [
            _packed.refused("hw.zip", "", reason) for reason in ("damaged", "too_many", "too_large", "bomb")
        ]
        for language in ("en", "ru"):
            sentences = {remark_sentence(words_of(language), remark) for remark in remarks}
            assert (len(sentences), all("hw.zip" in one for one in sentences)) == (len(remarks), True)


CELL = b'{"cell_type":"code","source":"x = 1"}'
HEAVY: dict[str, tuple[str, Callable[[], bytes], list[str]]] = {
    "a million cells": ("a_ipynb", lambda: b'{"cells":[' + b",".join([CELL] * 400_000) + b"]}", ["too_many_cells"]),
    "a million lists": ("a_ipynb", lambda: b'{"cells":[' + b"[]," * 5_000_000 + b"0]}", ["too_complex"]),
    "a million texts": ("a_ipynb", lambda: b'{"cells":[' + b'"",' * 5_000_000 + b"0]}", ["too_complex"]),
    "deep lists": ("a_ipynb", lambda: b'{"cells":' + b"[" * 400_000, ["broken_notebook"]),
    "a number without end": ("a_ipynb", lambda: b'{"cells":' + b"9" * 10_000_000 + b"}", ["broken_notebook"]),
    "a sheet of nothing": ("a_md", lambda: b"\n" * 10_000_000, ["too_large"]),
    "a sheet of one line": ("a_md", lambda: b"## q10\ndW = " + b"x" * 10_000_000, ["too_large"]),
    "a script of one line": ("a_py", lambda: b"x = " + b"1+" * 5_000_000 + b"1", []),
    "500 megabytes": ("a_ipynb", lambda: b"", ["too_large"]),
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_files_are_read_in_bounded_memory(name: str, tmp_path: Path) -> None:
    """Row 97: whatever is handed in, reading it takes no more than a small multiple of the largest file."""
    file, make, expected = HEAVY[name]
    data = make()
    if name == "500 megabytes":
        with (tmp_path / "b.ipynb").open("wb") as stream:
            stream.truncate(500_000_000)
        tracemalloc.start()
        found = read_submission(Handed("a", (tmp_path / "b.ipynb",), tmp_path, ()), ASKED)
    else:
        (tmp_path / file.replace("_", ".")).write_bytes(data)
        tracemalloc.start()
        found = read_submission(Handed("a", (tmp_path / file.replace("_", "."),), tmp_path, ()), ASKED)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(found) == expected
    assert peak < 300_000_000


def test_an_honest_heavy_notebook_is_read(tmp_path: Path) -> None:
    """Pictures of megabytes, in outputs and in the text, cost no answer."""
    picture = b"A" * 4_000_000
    data = (
        b'{"cells":[{"cell_type":"code","source":"x = 1","outputs":[{"data":{"image/png":"'
        + picture
        + b'"}}]},'
        b'{"cell_type":"markdown","source":["![](data:image/png;base64,'
        + picture
        + b')\\n","## q10\\n","dW = 7"]}]}'
    )
    found = submitted(tmp_path, a_ipynb=data)
    assert (found.sources[0].cells, found.sources[0].answers) == (("x = 1",), {"q10": {"dW": "7"}})


def test_a_slow_submission_costs_no_more_than_its_limits() -> None:
    """Row 98: however many questions a submission hangs at, it is stopped for good after a few of them."""
    slow = Source("a.py", "script", ("def double(x):\n    while True:\n        pass",))
    honest = Source("a.py", "script", (HONEST.decode(),))
    limits = Limits(cpu_seconds=1, load_seconds=1, wall_factor=8)
    calls = tuple(Call(str(n), "double", (n,)) for n in range(40))
    jobs = [Job(f"{n}", (slow if n % 2 else honest,), calls, limits) for n in range(6)]
    for outcomes in local.run(iter(jobs), 2):
        kinds = {one.outcome for one in outcomes.observations.values()}
        if int(outcomes.student) % 2:
            assert kinds == {"timed_out"}
            assert outcomes.cpu_seconds < limits.timeouts * (limits.cpu_seconds + 1) + limits.load_seconds + 1
        else:
            assert kinds == {"returned"}


def test_what_is_refused_is_a_plain_value() -> None:
    """What comes out of an archive carries either bytes or a reason."""
    found = [replace(one, changed=None) for one in unpack(io.BytesIO(bomb()), "x.zip", CAPS)]
    assert found == [Packed("bomb.py", b"", "bomb"), Packed("ok.py", b"x")]
