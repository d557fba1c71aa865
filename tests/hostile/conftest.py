"""One warm process for each set-up, and what must be gone when it is closed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import reference
from grader.box import child
from tests.hostile._ground import Ears, Ground, left_over
from tests.hostile._setups import SETUPS, Setup
from tests.hostile._stage import Stage


@pytest.fixture(scope="session", params=SETUPS, ids=lambda setup: setup.name)
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """A box that is kept warm in one set-up; when it is closed, nothing of it may be left."""
    setup: Setup = request.param
    why = setup.reason_to_skip()
    if why:
        pytest.skip(why)
    # not pytest's own folder, into which only its owner may look
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        ears = Ears()
        patch.setattr(child, "os", ears)
        (folder / "temporary").mkdir()
        (folder / "temporary").chmod(0o777)
        patch.setattr(tempfile, "tempdir", str(folder / "temporary"))
        (folder / "stage").mkdir()
        stage = Stage(folder / "stage", setup.owner)
        patch.setattr(sys, "path", [*sys.path])
        patch.setattr(reference, "__path__", [*reference.__path__, str(stage.reference)])
        sys.modules.pop("reference.solution", None)
        try:
            ground = Ground(setup, stage, ears)
            try:
                yield ground
            finally:
                ground.box.close()
            assert left_over(ground.works) == [], "processes or mounts are left"
            assert list((folder / "temporary").iterdir()) == [], "files are left"
        finally:
            stage.close()
            shutil.rmtree(folder, ignore_errors=True)
