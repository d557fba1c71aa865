"""A real box of each level for all tests of this folder, and short ways to ask it something."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from textwrap import dedent

import pytest

from grader.box.box import Box
from grader.box.zygote import Zygote, ZygoteFault, available
from grader.model.job import Call, Job, Limits, Outcomes, Read
from grader.model.submission import Source

Observe = Callable[..., Outcomes]


def started(level: str) -> Box:
    """A box of that level. Skips where this machine cannot have it; on CI, level B must be had."""
    try:
        available(level)
    except ZygoteFault as fault:
        if level == "B" and os.environ.get("CI"):
            raise
        pytest.skip(str(fault))
    return Box(partial(Zygote, level=level))


@pytest.fixture(scope="session", params=["A", "B", "C"])
def box(request: pytest.FixtureRequest) -> Iterator[Box]:
    """A box of each level that is kept warm."""
    box = started(request.param)
    yield box
    box.close()


@pytest.fixture(scope="session")
def exposed_box() -> Iterator[Box]:
    """A box in which a submission can do what others refuse."""
    box = started("C")
    yield box
    box.close()


@pytest.fixture
def observe_exposed(exposed_box: Box) -> Observe:
    """The same as `observe`, without walls."""
    return partial(_ask, exposed_box)


@pytest.fixture
def observe(box: Box) -> Observe:
    """Pose calls ("entry" or ("entry", arguments…) or a `Read`), keyed 0, 1, …, to one script or to sources."""
    return partial(_ask, box)


def _ask(box: Box, text: str | tuple[Source, ...], *questions: object, **limits: float) -> Outcomes:
    sources = (Source("work.py", "script", (dedent(text),)),) if isinstance(text, str) else text
    calls = tuple(_question(str(number), one) for number, one in enumerate(questions))
    return box.observe(Job("someone", sources, calls, Limits(**{"cpu_seconds": 1, **limits})))


def _question(key: str, one: object) -> Call | Read:
    if isinstance(one, str):
        return Call(key, one)
    if isinstance(one, tuple):
        return Call(key, one[0], one[1:])
    assert isinstance(one, Read)
    return Read(key, one.names)
