"""One warm process for each set-up, and what must be gone when it is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile._attack import WAITING
from tests.hostile._ground import Ground, left_over, opened
from tests.hostile._setups import SETUPS, Setup


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what only waits be waited for once; in the other set-ups it belongs to the slow tests."""
    for item in items:
        values = getattr(getattr(item, "callspec", None), "params", {})
        attack, setup = values.get("attack"), values.get("ground")
        if attack is not None and attack.row in WAITING and setup != SETUPS[0]:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", params=SETUPS, ids=lambda setup: setup.name)
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A box that is kept warm in one set-up; when it is closed, nothing of it may be left."""
    # made now, or other tests would make theirs among what the box may leave
    tmp_path_factory.getbasetemp()
    setup: Setup = request.param
    why = setup.reason_to_skip()
    if why:
        pytest.skip(why)
    with opened(setup) as ground:
        yield ground
        ground.box.close()
        assert left_over(ground.works) == [], "processes or mounts are left"
        assert list(ground.temporary.iterdir()) == [], "files are left"
