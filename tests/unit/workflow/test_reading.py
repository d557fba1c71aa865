"""What is read of a submission, and what a machine's failure to read it means."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.bundles import folder
from grader.guest import plain
from grader.model.job import Call, Read
from grader.model.observation import MISSING, Observation
from grader.model.submission import Source, Submission
from grader.workflow import reading
from grader.workflow.reading import read_submission, with_written_answers

ASKED = {"q10": frozenset({"dW", "dx"})}


def submission(root: Path) -> Submission:
    """What the only student below `root` has handed in."""
    (handed,) = folder.read(root) or []
    return read_submission(handed, ASKED)


def codes(found: Submission) -> list[str]:
    """Codes of the remarks."""
    return [remark.code for remark in found.remarks]


def hand_in(root: Path, **files: bytes) -> Path:
    """A folder of one student; `a_py` becomes `a.py`."""
    (root / "ivanov").mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (root / "ivanov" / name.replace("_", ".")).write_bytes(data)
    return root


def test_only_files_that_a_format_knows_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data that was handed in along with an answer is named, not read, however much it is."""
    hand_in(tmp_path, a_csv=b"1,2", b_py=b"x = 1", c_pdf=b"%PDF")
    opened, read_bytes = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.name) or read_bytes(path))
    found = submission(tmp_path)
    assert opened == ["b.py"]
    assert (codes(found), [source.name for source in found.sources]) == (
        ["ignored_file", "ignored_file"],
        ["b.py"],
    )


def test_the_fingerprint_is_that_of_what_was_handed_in(tmp_path: Path) -> None:
    """It follows names and contents of files, and not where they lie or when they were written."""
    one = submission(hand_in(tmp_path / "1", a_py=b"x", b_md=b"y")).fingerprint
    assert submission(hand_in(tmp_path / "2", b_md=b"y", a_py=b"x")).fingerprint == one
    assert submission(hand_in(tmp_path / "3", a_py=b"xy", b_md=b"")).fingerprint != one
    assert submission(hand_in(tmp_path / "4", a_py=b"y", b_md=b"x")).fingerprint != one
    assert submission(hand_in(tmp_path / "5", a_py=b"x", b_md=b"y", c_pdf=b"")).fingerprint != one


@pytest.mark.parametrize("archive", ["a.zip", "z.zip"])
def test_what_lies_beside_an_archive_comes_first(tmp_path: Path, archive: str) -> None:
    """A file of the same name in it is refused, however it is called: nothing runs that no fingerprint holds."""
    hand_in(tmp_path, work_py=b"x = 1\n")
    with zipfile.ZipFile(tmp_path / "ivanov" / archive, "w") as packed:
        packed.writestr("work.py", "y = 1\n")
    found = submission(tmp_path)
    assert [source.cells for source in found.sources] == [("x = 1\n",)]
    assert codes(found) == ["refused_file"]


def test_too_much_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One student cannot fill the memory: what goes beyond the bound is named."""
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    found = submission(hand_in(tmp_path, a_py=b"x" * 8, b_py=b"y" * 3, c_py=b"z"))
    assert ([source.name for source in found.sources], codes(found)) == (["a.py", "c.py"], ["too_large"])


def test_too_many_files_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first files count, and the page says that there are more."""
    monkeypatch.setattr(reading, "MAX_FILES", 1)
    found = submission(hand_in(tmp_path, a_py=b"x", b_py=b"y"))
    assert ([source.name for source in found.sources], codes(found)) == (["a.py"], ["too_many_files"])


def test_an_empty_folder_says_what_was_asked(tmp_path: Path) -> None:
    """Nothing at all was handed in."""
    assert codes(submission(hand_in(tmp_path))) == ["nothing_found"]


CALLS = (Call("q10/f/0", "f"), Read("q10/dW/0", (("q10_dW",), ("q10", "dW"))))


@pytest.mark.parametrize("where", ["disk", "format"])
def test_what_we_cannot_read_withholds(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk error, or a reader of ours that fails, is no student's fault: every observation is faulted."""

    def fail(*arguments: object) -> bytes:
        if arguments[-2:-1] == (b"",):
            return Source("", "script")  # type: ignore[return-value]
        raise OSError(5, "Input/output error")

    hand_in(tmp_path, a_py=b"x = 1")
    if where == "disk":
        monkeypatch.setattr(Path, "read_bytes", fail)
    else:
        monkeypatch.setattr(reading, "_readers", lambda: (fail,))
    found = submission(tmp_path)
    assert codes(found) == ["unreadable_file"]
    observed = with_written_answers(found, CALLS, {"q10/f/0": Observation("returned")})
    assert [observation.outcome for observation in observed.values()] == ["faulted", "faulted"]


def test_what_is_written_counts_where_nothing_was_computed() -> None:
    """A variable goes before the answer sheet; the sheet goes before nothing; the case of a part is no matter."""
    found = Submission("a", "", (Source("a.md", "sheet", answers={"q10": {"dw": "x", "": "y"}}),))
    seen = {"q10/dW/0": Observation("raised")}
    assert with_written_answers(found, CALLS, seen) == {"q10/f/0": MISSING, **seen}
    observed = with_written_answers(found, CALLS, {})
    assert plain.loads(bytes(observed["q10/dW/0"].value)) == "x"


def test_an_answer_to_the_whole_task_is_that_of_its_only_part() -> None:
    """Text below the heading of a task counts where the task has one answer, and not where it has several."""
    found = Submission("a", "", (Source("a.md", "sheet", answers={"q10": {"": "y"}}),))
    only = Read("q10/dW/0", (("q10_dW",), ("q10",)))
    assert with_written_answers(found, CALLS, {})["q10/dW/0"] == MISSING
    assert plain.loads(bytes(with_written_answers(found, (only,), {})["q10/dW/0"].value)) == "y"
