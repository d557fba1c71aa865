"""Where the authorities may write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def folder_of_torch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An optimiser of torch makes a folder for compiled code, which would else lie where boxes may leave nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path_factory.mktemp("torch")))
        yield
