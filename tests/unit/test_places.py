"""Where templates are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import InternalError
from grader.places import documents, templates


def laid_out(folder: Path) -> Path:
    """A folder of templates."""
    (folder / "locale").mkdir(parents=True)
    (folder / "locale" / "en.po").touch()
    return folder


def test_source_checkout(tmp_path: Path) -> None:
    """Beside the package."""
    folder = laid_out(tmp_path / "templates")
    assert templates(tmp_path / "grader") == folder


def test_installed_wheel(tmp_path: Path) -> None:
    """Inside the package, which goes before any stranger's folder beside it."""
    laid_out(tmp_path / "templates")
    folder = laid_out(tmp_path / "grader" / "templates")
    assert templates(tmp_path / "grader") == folder


def test_incomplete_installation(tmp_path: Path) -> None:
    """Without templates nothing is rendered, and it is said why."""
    with pytest.raises(InternalError, match="incomplete"):
        templates(tmp_path / "grader")


def test_documents_are_found_likewise(tmp_path: Path) -> None:
    """The catalogue of faults comes with the package, or lies beside it."""
    with pytest.raises(InternalError, match="incomplete"):
        documents(tmp_path / "elsewhere" / "grader")
    for folder in (tmp_path / "docs", tmp_path / "grader" / "docs"):
        folder.mkdir(parents=True)
        (folder / "faults.md").touch()
        documents.cache_clear()
        assert documents(tmp_path / "grader") == folder
