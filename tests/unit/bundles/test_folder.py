"""Which files of a folder are whose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.bundles import folder


def lay(root: Path, *names: str) -> Path:
    """Make files, with the folders above them."""
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return root


def found(root: Path) -> dict[str, list[str]]:
    """Student → names of the files."""
    handed = folder.read(root)
    assert handed is not None
    return {one.student: [one.name(file) for file in one.files] for one in handed}


def test_a_file_or_a_folder_is_a_student(tmp_path: Path) -> None:
    """A file belongs to the student of its name; a folder with all that is in it, however deep."""
    lay(tmp_path, "ivanov.py", "petrov/a.py", "petrov/deep/er/b.ipynb", "сидоров.v2.md")
    assert found(tmp_path) == {
        "ivanov": ["ivanov.py"],
        "petrov": ["a.py", "deep/er/b.ipynb"],
        "сидоров.v2": ["сидоров.v2.md"],
    }


def test_leavings_of_tools_are_nobodys(tmp_path: Path) -> None:
    """Hidden files, checkpoints, caches and what archivers of other systems leave behind are not handed in."""
    lay(tmp_path, ".DS_Store", "__MACOSX/x.py", "Thumbs.db", "a/.ipynb_checkpoints/b.ipynb", "a/b.ipynb")
    lay(tmp_path, "a/__pycache__/c.py", "a/__MACOSX/._b.ipynb", "a/.git/config.py")
    assert found(tmp_path) == {"a": ["b.ipynb"]}


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link to a file or folder elsewhere brings nothing in: neither as a student nor inside a folder."""
    secret = lay(tmp_path / "course", "oracle.py")
    delivery = lay(tmp_path / "delivery", "a/b.py")
    (delivery / "a" / "link.py").symlink_to(secret / "oracle.py")
    (delivery / "a" / "course").symlink_to(secret)
    (delivery / "mallory").symlink_to(secret)
    (delivery / "eve.py").symlink_to(secret / "oracle.py")
    assert found(delivery) == {"a": ["b.py"]}


def test_pipes_are_not_read(tmp_path: Path) -> None:
    """A named pipe, which would block whoever reads it, is no file."""
    lay(tmp_path, "a/b.py")
    os.mkfifo(tmp_path / "a" / "pipe.py")
    os.mkfifo(tmp_path / "mallory.py")
    assert found(tmp_path) == {"a": ["b.py"]}


def test_an_empty_folder_is_a_student_without_files(tmp_path: Path) -> None:
    """Whoever hands in an empty folder has handed in nothing, but is there."""
    (tmp_path / "ivanov" / "empty").mkdir(parents=True)
    assert found(tmp_path) == {"ivanov": []}


def test_odd_names_are_kept(tmp_path: Path) -> None:
    """A newline in a name, or bytes that are no UTF-8, give a student like any other."""
    lay(tmp_path, "iva\nnov.py", os.fsdecode(b"\xcf\xe5\xf2\xf0.py"), "a/two\nlines.py")
    assert found(tmp_path) == {
        "a": ["two\nlines.py"],
        "iva\nnov": ["iva\nnov.py"],
        r"\xcf\xe5\xf2\xf0": [r"\xcf\xe5\xf2\xf0.py"],
    }


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine cannot see must not count as not handed in."""
    lay(tmp_path, "ivanov/locked/a.py")
    listed = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PermissionError):
        folder.read(tmp_path)


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    """Files come in the order of their names, whatever order the disk has."""
    lay(tmp_path, "c.py", "a/2.py", "a/10.py", "a/1.py", "b.py")
    assert list(found(tmp_path).items()) == [
        ("a", ["1.py", "10.py", "2.py"]),
        ("b", ["b.py"]),
        ("c", ["c.py"]),
    ]
