"""A student's page as one HTML file: no script, nothing loaded, readable on a phone and on paper."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.model.verdict import WAITING
from grader.places import templates
from grader.reports.page import Page
from grader.reports.shown import Grid, Group, Shown
from grader.reports.statements import block, inline
from grader.reports.words import Words


def render(page: Page) -> str:
    """Render a student's page."""
    template = environment().get_template("report.html.j2")
    return template.render(page=page, words=page.words, say=page.words.say)


@cache
def environment() -> Environment:
    """Templates with everything escaped that is not made by `grader.reports.statements`."""
    made = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(block=block, inline=inline, form=form)
    made.globals.update(points=points, waiting=WAITING)
    return made


def form(value: Shown) -> str:
    """Which of the macros shows a value."""
    return "grid" if isinstance(value, Grid) else "group" if isinstance(value, Group) else "plain"


def points(words: Words, earned: Fraction | None, possible: Fraction) -> str:
    """Earned of possible points; a dash for what is withheld."""
    shown = "—" if earned is None else words.number(earned)
    return f"{shown} / {words.number(possible)}"
