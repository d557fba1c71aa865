"""Everything that a student may read of a task exists in Russian, with its placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from grader.author import Text
from grader.author.catalogue import folded
from grader.author.loading import load_assignment
from grader.author.readings import sentences
from grader.author.tasks import Task
from grader.author.wording import dealt_texts
from grader.judge.dealing import cases_of, deal

ROOT = Path(__file__).resolve().parents[2]
COLLOQUIUM = load_assignment(ROOT / "assignments" / "colloquium")
HANDS = [deal(COLLOQUIUM, f"student-{number}") for number in range(60)]
HAND = HANDS[0]
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
NAMES = re.compile(r"\{([a-z_][a-z_0-9]*)\}")


def texts(task: Task) -> list[str]:
    """Title, statements, conventions, aspects and sentences of `task`."""
    said = [task.title, task.statement]
    said += [value for values in task.conventions.values() for value in values.values()]
    for part in task.parts:
        said += [part.asks, *sentences(part).values()]
        said += [case.aspect for case in cases_of(COLLOQUIUM, task, part, HAND[task.name])]
        said += [criterion.says for criterion in part.criteria] if isinstance(part, Text) else []
    said += [text for hand in HANDS for text in dealt_texts(hand[task.name])]
    return list(dict.fromkeys(folded(text) for text in said if text.strip()))


def placeholders(text: str, variant: Mapping[str, Any]) -> set[str]:
    """Names in braces that are dealt; other braces belong to formulas."""
    return set(NAMES.findall(text)) & set(variant)


@pytest.mark.parametrize("name", COLLOQUIUM.tasks)
def test_every_text_is_said_in_russian(name: str) -> None:
    """No page of a Russian student falls back to English."""
    missing = [text for text in texts(COLLOQUIUM.tasks[name]) if not COLLOQUIUM.catalogue.has("ru", text)]
    assert missing == []


@pytest.mark.parametrize("name", COLLOQUIUM.tasks)
def test_translations_keep_placeholders_code_and_language(name: str) -> None:
    """A translation is Russian and has the placeholders and the code of its original; no name is left open."""
    variant = HAND[name]
    for text in texts(COLLOQUIUM.tasks[name]):
        russian = COLLOQUIUM.catalogue.say("ru", text, {})
        assert placeholders(text, variant) == placeholders(russian, variant)
        assert set(re.findall(r"`[^`]*`", text)) - set(re.findall(r"`[^`]*`", russian)) == set()
        assert CYRILLIC.search(russian)
        for language in ("en", "ru"):
            assert not placeholders(COLLOQUIUM.say(language, text, variant), variant)


def test_a_catalogue_says_nothing_that_no_task_says() -> None:
    """Every key of a task's catalogue is a text of that task, so that none has gone stale."""
    for name, task in COLLOQUIUM.tasks.items():
        keys = po_keys(ROOT / "assignments" / "colloquium" / "locale" / "ru" / f"{name}.po")
        assert keys - set(texts(task)) == set()


def po_keys(file: Path) -> set[str]:
    """The keys of a gettext catalogue."""
    with file.open("rb") as stream:
        return {str(message.id) for message in read_po(stream) if message.id}
