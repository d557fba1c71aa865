"""Papers and keys as HTML: no script, nothing loaded, made for paper first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from grader.author.assignment import Assignment
from grader.author.tickets import Tickets
from grader.papers.key import Key
from grader.papers.paper import Paper
from grader.reports.html import environment
from grader.reports.shown import visible
from grader.reports.words import words_of


def render_papers(papers: Sequence[Paper]) -> str:
    """One paper, or those of a class, each on a sheet of its own."""
    return environment().get_template("paper.html.j2").render(papers=papers, visible=visible)


def render_key(key: Key) -> str:
    """The key to one ticket."""
    return (
        environment()
        .get_template("key.html.j2")
        .render(key=key, words=key.words, say=key.words.say, visible=visible)
    )


def render_index(assignment: Assignment, tickets: Tickets, names: Mapping[str, str]) -> str:
    """Who is asked what, with links to the keys; `names` are those of the files by student."""
    words = words_of(assignment.decisions.language)
    return (
        environment()
        .get_template("key_index.html.j2")
        .render(
            title=assignment.title(words.language),
            words=words,
            say=words.say,
            tickets=tickets.ticket,
            asked=assignment.asked_of,
            titles={n: assignment.say(words.language, t.title) for n, t in assignment.asked.items()},
            hrefs={student: f"key/{quote(name)}.html" for student, name in names.items()},
            visible=visible,
        )
    )
