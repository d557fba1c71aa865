"""A student's page as one HTML file: no script, nothing loaded, readable on a phone and on paper."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.model.verdict import WAITING
from grader.places import templates
from grader.reports.page import Page, PartView
from grader.reports.shown import Grid, Group, Shown
from grader.reports.statements import block, inline
from grader.reports.words import Words

KEPT_PARTS = 1024
KEPT_CASES = 512


def render(page: Page) -> str:
    """Render a student's page."""
    template = environment().get_template("report.html.j2")
    return template.render(page=page, words=page.words, say=page.words.say)


@lru_cache(maxsize=KEPT_PARTS)
def part_html(part: PartView, words: Words) -> Markup:
    """One part of a page; where a class has answered alike, its parts look alike, too."""
    return Markup(_parts().view(part, words))


@lru_cache(maxsize=KEPT_CASES)
def posed_html(arguments: tuple[tuple[str, Shown], ...], words: Words) -> Markup:
    """What was posed in a case: the same for all whose answers to it differ."""
    return Markup(_parts().posed(arguments, words))


@cache
def _parts() -> Any:
    return environment().get_template("part.html.j2").module


@cache
def environment() -> Environment:
    """Templates with everything escaped that is not made by `grader.reports.statements`."""
    made = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(block=block, inline=inline, form=form)
    made.globals.update(points=points, waiting=WAITING, part_html=part_html, posed_html=posed_html)
    return made


def form(value: Shown) -> str:
    """Which of the macros shows a value."""
    return "grid" if isinstance(value, Grid) else "group" if isinstance(value, Group) else "plain"


def points(words: Words, earned: Fraction | None, possible: Fraction) -> str:
    """Earned of possible points; a dash for what is withheld."""
    shown = "—" if earned is None else words.number(earned)
    return f"{shown} / {words.number(possible)}"
