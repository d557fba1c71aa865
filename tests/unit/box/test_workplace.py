"""The folder a child works in disappears, whatever is in it."""

from __future__ import annotations

from pathlib import Path

from grader.guest import workplace


def test_a_folder_is_empty_and_private(tmp_path: Path) -> None:
    """Nobody else may enter the new folder."""
    place = workplace.make(tmp_path, 1)
    assert (list(place.iterdir()), place.stat().st_mode & 0o777) == ([], 0o700)


def test_everything_is_removed_and_links_are_not_followed(tmp_path: Path) -> None:
    """Files, folders of any depth and links go; what is linked to stays."""
    outside, base = tmp_path / "outside", tmp_path / "base"
    outside.mkdir()
    base.mkdir()
    (outside / "kept").write_text("kept")
    deep = base / "1" / "2" / "3"
    deep.mkdir(parents=True)
    (deep / "file").write_text("x")
    (deep / "link").symlink_to(outside)
    (base / "stray").symlink_to(outside / "kept")
    workplace.clear(base)
    assert (list(base.iterdir()), (outside / "kept").read_text()) == ([], "kept")
