"""What a student's page shows: gathered from the assignment and the record, without any HTML.

Sentences are in the language of the page. Texts of the assignment's author are Markdown; whatever came from a
student has been made harmless (`grader.reports.shown.visible`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from msgspec import Struct

from grader.author.assignment import Assignment
from grader.author.parts import Answer, Part, Text, fraction
from grader.author.readings import sentences
from grader.author.tasks import Task
from grader.judge.dealing import Hand, deal
from grader.judge.evidence import Evidence, evidence_of
from grader.judge.expecting import Expectations
from grader.judge.marking import MIXED
from grader.model.gradebook import Record, Status
from grader.model.verdict import WAITING, Finding, Mark, Verdict
from grader.reports.evidence import exhibit_of
from grader.reports.exhibit import Exhibit
from grader.reports.sentences import late_sentence, reason_sentence, remark_sentence, repair_sentence
from grader.reports.shown import visible
from grader.reports.texts import TextView, text_view
from grader.reports.words import Words, words_of


class Diagnosed(Struct, frozen=True):
    """A recognised mistake: its stable code and the author's sentence."""

    code: str
    text: str


class PartView(Struct, frozen=True):
    """One part: what it asks, what was found, and the evidence.

    `asks`, the diagnoses' texts and `notes` are Markdown; `repairs`, whose names come from the box, are not.
    """

    name: str
    asks: str
    finding: Finding
    badge: str
    sentence: str
    points: Fraction
    possible: Fraction
    diagnoses: tuple[Diagnosed, ...] = ()
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    exhibit: Exhibit | None = None
    text: TextView | None = None


class TaskView(Struct, frozen=True):
    """One task; `points` is None while its mark is withheld, and `reason` then says why.

    `state` is a code (`right`, `partly`, `none`, `missing`, or why the points are open), `badge` the same in words.
    """

    name: str
    title: str
    statement: str
    points: Fraction | None
    possible: Fraction
    state: str
    badge: str
    reason: str = ""
    parts: tuple[PartView, ...] = ()


@dataclass(frozen=True)
class Page:
    """Everything that one student reads; `points` is None while any mark is withheld."""

    words: Words
    title: str
    student: str
    name: str
    status: Status
    points: Fraction | None
    possible: Fraction
    tasks: tuple[TaskView, ...]
    remarks: tuple[str, ...] = ()
    isolation: str = ""
    late: str = ""

    @property
    def notices(self) -> tuple[str, ...]:
        """Codes of what has to be said about the work as a whole."""
        if self.status == "not_submitted":
            return ("page.not_submitted",)
        if self.status == "awaiting_a_person":
            return ("page.awaiting",)
        return ("page.withheld",) if self.points is None else ()


@dataclass(frozen=True)
class Gathering:
    """What the parts of one page are gathered from."""

    evidence: Evidence
    hand: Hand
    words: Words

    def say(self, task: Task, text: str) -> str:
        """An author's text in the language of the page, with the dealt values filled in."""
        assignment = self.evidence.expectations.assignment
        return assignment.say(self.words.language, text, self.hand[task.name])


def gather(assignment: Assignment, expectations: Expectations, record: Record, language: str = "") -> Page:
    """Gather the page of one student, in `language`, else the student's, else the assignment's own."""
    words = words_of(language or record.student.language or assignment.decisions.language)
    hand = deal(assignment, record.student.id)
    gathering = Gathering(evidence_of(expectations, hand, record.observations), hand, words)
    marks = {mark.task: mark for mark in record.marks}
    asked = assignment.asked_of(record.student.id)
    views = tuple(_task_view(gathering, task, marks.get(name)) for name, task in asked.items())
    return Page(
        words=words,
        title=assignment.title(words.language),
        student=visible(record.student.id),
        name=visible(record.student.name),
        status=record.status,
        points=record.points if record.marks else None,
        possible=sum((view.possible for view in views), Fraction(0)),
        tasks=views,
        remarks=tuple(dict.fromkeys(remark_sentence(words, remark) for remark in record.remarks)),
        isolation=visible(record.isolation),
        late=late_sentence(words, record.late),
    )


def _task_view(gathering: Gathering, task: Task, mark: Mark | None) -> TaskView:
    words = gathering.words
    state = state_of(mark)
    parts: tuple[PartView, ...] = ()
    if mark is not None:
        parts = tuple(_part_view(gathering, task, mark, verdict) for verdict in mark.verdicts)
    return TaskView(
        name=task.name,
        title=gathering.say(task, task.title),
        statement=gathering.say(task, task.statement),
        points=None if mark is None else mark.points,
        possible=task.points if mark is None else mark.possible,
        state=state,
        badge=words.say(f"state.{state}"),
        reason=reason_sentence(words, mark.reason) if state in WAITING and mark else "",
        parts=parts,
    )


def state_of(mark: Mark | None) -> str:
    """The state of a task in one word: a code of the catalogue."""
    if mark is None or mark.reason == "not_submitted":
        return "missing"
    if mark.points is None:
        return mark.reason if mark.reason in ("undecided", "awaiting") else "withheld"
    if mark.points >= mark.possible:
        return "right"
    if mark.points > 0:
        return "partly"
    return "missing" if all(verdict.finding == "missing" for verdict in mark.verdicts) else "none"


def _part_view(gathering: Gathering, task: Task, mark: Mark, verdict: Verdict) -> PartView:
    part = task.part(verdict.part)
    words = gathering.words
    return PartView(
        name=part.name,
        asks=gathering.say(task, part.asks),
        finding=verdict.finding,
        badge=words.say(f"badge.{verdict.finding}"),
        sentence="" if _unreadable(verdict) else words.say(f"finding.{verdict.finding}"),
        points=verdict.points,
        possible=fraction(part.points),
        diagnoses=_diagnoses(gathering, task, part, mark, verdict),
        notes=tuple(_notes(gathering, task, verdict)),
        repairs=tuple(repair_sentence(words, name) for name in verdict.repairs),
        exhibit=exhibit_of(gathering.evidence, task, part, verdict, held(task, mark, verdict), words),
        text=_text(gathering, task, part, verdict) if isinstance(part, Text) else None,
    )


def _text(gathering: Gathering, task: Task, part: Text, verdict: Verdict) -> TextView | None:
    if verdict.finding not in ("awaiting", "ticked", "right"):
        return None
    value = gathering.evidence.value(task, part, 0)
    return text_view(part, verdict, value, lambda text: gathering.say(task, text))


def _unreadable(verdict: Verdict) -> bool:
    """Whether the answer could not be read: then where and why is all there is to say."""
    return verdict.difference is not None and verdict.difference.kind == "unreadable"


def held(task: Task, mark: Mark, verdict: Verdict) -> dict[str, str]:
    """The conventions that the parts of a task were judged under; a mixed verdict names those it broke."""
    if MIXED not in verdict.codes:
        return dict(verdict.conventions)
    kept: dict[str, str] = {}
    for other in mark.verdicts:
        if MIXED not in other.codes:
            kept |= other.conventions
    return {**verdict.conventions, **{s: v for s, v in kept.items() if s in verdict.conventions}}


def _diagnoses(
    gathering: Gathering, task: Task, part: Part, mark: Mark, verdict: Verdict
) -> tuple[Diagnosed, ...]:
    said = sentences(part)
    found = []
    for code in verdict.codes:
        if code in said:
            text = gathering.say(task, said[code])
        elif code == MIXED:
            here = _in_words(gathering, task, verdict.conventions)
            there = _in_words(gathering, task, held(task, mark, verdict))
            text = gathering.words.say(f"diagnosis.{MIXED}", here=here, there=there)
        else:
            text = (
                gathering.words.first(f"diagnosis.{code}")
                if gathering.words.knows(f"diagnosis.{code}")
                else code
            )
        found.append(Diagnosed(code, text))
    return tuple(found)


def _in_words(gathering: Gathering, task: Task, conventions: Mapping[str, str]) -> str:
    return "; ".join(_convention_names(gathering, task, conventions))


def _convention_names(gathering: Gathering, task: Task, conventions: Mapping[str, str]) -> list[str]:
    named = []
    for switch, chosen in conventions.items():
        values: Mapping[Any, str] = task.conventions.get(switch, {})
        named += [gathering.say(task, text) for value, text in values.items() if str(value) == chosen]
    return named


def _notes(gathering: Gathering, task: Task, verdict: Verdict) -> list[str]:
    words = gathering.words
    notes = []
    conventions = _in_words(gathering, task, verdict.conventions)
    judged = verdict.finding not in ("missing", "failed", "withheld")
    if conventions and judged and MIXED not in verdict.codes:
        compared = verdict.finding in ("unexplained", "undecided")
        code = "page.conventions.compared" if compared else "page.conventions"
        notes.append(words.say(code, conventions=conventions))
    for earlier in verdict.follows:
        written = isinstance(_earlier_part(gathering, earlier), Answer)
        notes.append(words.say("page.follows" if written else "page.follows_function", earlier=earlier))
    aspects = [gathering.say(task, aspect) for aspect in verdict.aspects if aspect]
    if aspects and verdict.finding == "unexplained":
        notes.append(words.say("page.aspects", aspects=", ".join(aspects)))
    elif verdict.points and verdict.finding == "unexplained":
        notes.append(words.say("page.share"))
    return notes


def _earlier_part(gathering: Gathering, name: str) -> Part | None:
    task, _, part = name.partition(".")
    tasks = gathering.evidence.expectations.assignment.tasks
    return next((other for other in tasks[task].parts if other.name == part), None) if task in tasks else None
