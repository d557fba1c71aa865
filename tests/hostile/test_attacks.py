"""Every attack of the corpus comes to nothing, in every set-up, and costs nobody else anything."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path

import pytest

from tests.hostile._attack import Attack
from tests.hostile._ground import Ground

HERE = Path(__file__).parent


def attacks() -> list[Attack]:
    """The attacks of all modules beside this one."""
    names = sorted(
        file.stem for file in HERE.glob("*.py") if not file.stem.startswith(("_", "test_", "conftest"))
    )
    modules = [importlib.import_module(f"tests.hostile.{name}") for name in names]
    return sorted((one for module in modules for one in module.ATTACKS), key=lambda one: (one.row, one.name))


ATTACKS = attacks()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.row}-{attack.name}")
def test_an_attack_comes_to_nothing(ground: Ground, attack: Attack) -> None:
    """The outcome is the safe one, nothing leaks or is left or changed, and the next student is marked rightly."""
    if ground.setup.level not in attack.levels:
        pytest.skip(f"not promised at level {ground.setup.level}")
    zygote = ground.zygote_pid()
    ground.stage.changes()
    seen = ground.attack(attack)
    assert ground.stage.leaks(seen.everything) == [], "a secret has left the box"
    assert seen.outcome != "faulted", f"taken for a fault of ours: {seen.observation.trouble}"
    assert attack.safe(seen), f"{seen.outcome} {seen.value!r} {seen.observation.trouble}"
    assert ground.stage.changes() == [], "something outside was changed"
    assert (ground.children(), ground.litter()) == ([], []), "something was left behind"
    honest = ground.mark_honest()
    assert ("marked", honest.possible) == (honest.status, honest.points), "an honest student pays for it"
    assert zygote == ground.zygote_pid(), "the warm process had to be replaced"


def test_names_of_attacks_are_unique() -> None:
    """A row may have several attacks, but each has a name of its own."""
    assert [name for name, count in Counter(one.name for one in ATTACKS).items() if count > 1] == []


def test_the_set_up_is_what_it_says(ground: Ground) -> None:
    """The warm process works at the level that the set-up names, and so do those who come after it."""
    ground.mark_honest()
    assert ground.box.zygote is not None
    assert ground.setup.level == ground.box.zygote.level
