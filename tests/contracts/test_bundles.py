"""Every file of `grader/bundles/` tells what is not for it, and whose the rest is."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from grader import plugins
from grader.bundles._handed import Handed, kept

BUNDLES = {name: plugins.load("grader.bundles", name) for name in plugins.names("grader.bundles")}


def every_bundle() -> pytest.MarkDecorator:
    """Parametrises a test over the folder."""
    return pytest.mark.parametrize("bundle", BUNDLES.values(), ids=BUNDLES)


@every_bundle()
def test_it_says_none_for_what_is_no_bundle(bundle: ModuleType, tmp_path: Path) -> None:
    """A text file, an empty file and a path that is not there are none of its business."""
    (tmp_path / "text.txt").write_text("hello")
    (tmp_path / "empty").touch()
    assert [bundle.read(tmp_path / name) for name in ("text.txt", "empty", "absent")] == [None] * 3


@every_bundle()
def test_an_empty_folder_holds_nobody(bundle: ModuleType, tmp_path: Path) -> None:
    """In an empty folder it finds nobody, or says that this is not its form."""
    assert not bundle.read(tmp_path)


@every_bundle()
def test_what_it_yields_is_whole(bundle: ModuleType, tmp_path: Path) -> None:
    """Students have ids, and files that exist, lie below their root, and are no links or leavings."""
    for name in ("a.py", "b/c.py", "b/.d.py", "__MACOSX/e.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for one in bundle.read(tmp_path) or ():
        assert isinstance(one, Handed)
        assert one.student
        assert one.entries
        for file in one.files:
            assert file.is_file()
            assert kept(file)
            assert (one.root / one.name(file)) == file
