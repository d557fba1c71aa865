"""The corpus bites: where nothing isolates, attacks succeed, and the harness sees that they do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile import course, spying, stealing
from tests.hostile._attack import Attack, no_answer
from tests.hostile._ground import Ground, opened
from tests.hostile._setups import CONTROL
from tests.hostile._stage import canary, disguises

LEAKING = (
    "opens_the_answers",
    "goes_through_the_root_of_others",
    "follows_its_own_link",
    "links_the_answers_to_its_folder",
    "climbs_out_of_its_folder",
    "reads_a_classmates_file",
    "reads_the_oracle",
    "reads_the_seed",
    "reads_the_textbook",
    "reads_the_ledger",
)
BITING = (
    *LEAKING,
    "imports_what_knows_the_answers",
    "reads_passwd",
    "reads_environments_of_others",
    "reads_memory_of_its_parent",
    "copies_memory_of_its_parent",
    "takes_a_descriptor_of_its_parent",
    "asks_what_exists",
)
FOUND = {attack.name: attack for attack in (*stealing.ATTACKS, *spying.ATTACKS, *course.ATTACKS)}


WRITES = """
import os

def attack(folder, file):
    open(os.path.join(folder, "results.json"), "w").close()
    os.chmod(file, 0o600)
"""


@pytest.fixture(scope="module")
def open_ground() -> Iterator[Ground]:
    """A box without isolation: a plain process of the same user, with a stage of its own."""
    with opened(CONTROL) as ground:
        yield ground


@pytest.mark.parametrize("name", LEAKING)
def test_what_is_stolen_is_noticed(open_ground: Ground, name: str) -> None:
    """Without isolation the secret comes out, and is found in what came out."""
    assert open_ground.stage.leaks(open_ground.attack(FOUND[name]).everything) != []


@pytest.mark.parametrize("name", BITING)
def test_what_succeeds_is_not_taken_for_safe(open_ground: Ground, name: str) -> None:
    """Without isolation the outcome is not the safe one."""
    assert not FOUND[name].safe(open_ground.attack(FOUND[name]))


def test_what_is_changed_is_noticed(open_ground: Ground) -> None:
    """Without isolation files appear and vanish, and are missed."""
    open_ground.stage.changes()
    open_ground.attack(Attack(0, "writes", WRITES, no_answer, ("RUN_FOLDER", "HOST_FILE")))
    assert open_ground.stage.changes() == ["host/file.txt", "run", "run/results.json"]


@pytest.mark.parametrize("number", range(6))
def test_a_secret_is_known_in_disguise(open_ground: Ground, number: int) -> None:
    """Reversed, as hexadecimal digits or in base 64 at any offset, a secret is found; another word is not."""
    form = disguises(open_ground.stage.secrets["oracle"])[number]
    assert open_ground.stage.leaks(f"...{form}...") == ["oracle"]
    assert open_ground.stage.leaks(disguises(canary())[number]) == []
