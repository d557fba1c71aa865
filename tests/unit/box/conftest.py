"""One real box for all tests of this folder, and short ways to ask it something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import dedent

import pytest

from grader.box.box import Box
from grader.model.job import Call, Job, Limits, Outcomes, Read
from grader.model.submission import Source

Observe = Callable[..., Outcomes]


@pytest.fixture(scope="session")
def box() -> Iterator[Box]:
    """A box that is kept warm."""
    box = Box()
    yield box
    box.close()


@pytest.fixture
def observe(box: Box) -> Observe:
    """Pose calls ("entry" or ("entry", arguments…) or a `Read`), keyed 0, 1, …, to one script or to sources."""

    def ask(text: str | tuple[Source, ...], *questions: object, **limits: int) -> Outcomes:
        sources = (Source("work.py", "script", (dedent(text),)),) if isinstance(text, str) else text
        calls = tuple(_question(str(number), one) for number, one in enumerate(questions))
        return box.observe(Job("someone", sources, calls, Limits(**{"cpu_seconds": 1, **limits})))

    return ask


def _question(key: str, one: object) -> Call | Read:
    if isinstance(one, str):
        return Call(key, one)
    if isinstance(one, tuple):
        return Call(key, one[0], one[1:])
    assert isinstance(one, Read)
    return Read(key, one.names)
