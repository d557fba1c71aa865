"""Answers under headings: how an answer sheet and the Markdown cells of a notebook are taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Asked = Mapping[str, frozenset[str]]
"""What may be answered in writing: task → names of its answer parts, those of texts as `Prose`."""


class Prose(str):
    """The name of a part that is answered in prose, which goes on up to the next name or heading, words or not."""

    __slots__ = ()


_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.*)$")
_NAMED = re.compile(r"^(?:\s*\d{1,3}[.)]\s)?[\s>*+`$-]*([A-Za-z_]\w*)`?(?:\*\*)?\s*(?::=|=(?!=)|:)(.*)$")
_FENCES = ("```", "~~~")
_KINDS = {
    **dict.fromkeys(("вопрос", "question"), "q"),
    **dict.fromkeys(("задача", "задание", "problem", "task"), "t"),
}
PUNCTUATION = ' \t.,;:!?—–«»"'
_NUMBERED = re.compile(rf"^({'|'.join(_KINDS)})\s*№?\s*(\d+)", re.IGNORECASE)


def answers_under_headings(text: str, asked: Asked, named_only: bool = False) -> dict[str, dict[str, str]]:
    """Read `## q10` headings with `dW = …` or `dW: …` lines below, or `### dW` headings.

    An answer goes on over the following lines to the next name or heading, without paragraphs of mere words; the
    last of several counts. What stands under a task's heading without a name is the answer to the task as a whole,
    unless `named_only`.
    """
    sheet = _Sheet(asked, named_only)
    for line in text.split("\n"):
        sheet.read(line)
    return sheet.found()


@dataclass
class _Sheet:
    """Where in the sheet we are, and what has been answered so far."""

    asked: Asked
    named_only: bool
    task: str = ""
    part: str = ""
    level: int = 0
    fenced: bool = False
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def read(self, line: str) -> None:
        """Take in one line."""
        bare = line.strip()
        if bare.startswith(_FENCES):
            self.fenced = not self.fenced
            return
        heading = _HEADING.match(line)
        if heading:
            self._enter(len(heading[1]), heading[2].strip().rstrip("#"), line.rstrip())
        elif (named := _named(line, self.task, self.asked)) is not None:
            self.task, self.part, rest = named
            self.answers.setdefault(self.task, {})[self.part] = [rest]
        elif self.part and self._is_aside(bare):
            return
        elif self.task and bare != "$$" and (self.part or not self.named_only):
            self.answers.setdefault(self.task, {}).setdefault(self.part, []).append(line.rstrip())

    def _is_aside(self, line: str) -> bool:
        """Tell whether a line belongs to no answer: a paragraph of mere words behind what has been answered."""
        if self._in_prose():
            return False
        lines = self.answers.get(self.task, {}).get(self.part, [])
        return len(lines) > 1 and not lines[-1] and any(lines) and _is_prose(line)

    def _in_prose(self) -> bool:
        return any(isinstance(part, Prose) and part == self.part for part in self.asked.get(self.task, ()))

    def _enter(self, level: int, title: str, line: str) -> None:
        """Go to what a heading names; a deeper heading of any other kind (`### Solution`) stays where we are.

        Prose has headings of its own.
        """
        titled = _titled(title, self.task, self.asked)
        if titled is not None:
            self.task, self.part = titled
            self.level = level
        elif self._in_prose():
            self.answers.setdefault(self.task, {}).setdefault(self.part, []).append(line)
        elif level <= self.level and not self.fenced:
            self.task, self.part = "", ""

    def found(self) -> dict[str, dict[str, str]]:
        """Task → part → text, without what is blank."""
        texts = {
            task: {part: _uncoded("\n".join(lines).strip()) for part, lines in parts.items()}
            for task, parts in self.answers.items()
        }
        kept = {task: {part: text for part, text in parts.items() if text} for task, parts in texts.items()}
        return {task: parts for task, parts in kept.items() if parts}


def _is_prose(line: str) -> bool:
    """Tell whether a line holds words and punctuation only, with a long word in Cyrillic or two in Latin letters."""
    if not all(sign.isalpha() or sign in PUNCTUATION for sign in line):
        return False
    long = [word for word in re.split(r"\W+", line) if len(word) > 3]
    return any(not word.isascii() for word in long) or len(long) > 1


def _uncoded(text: str) -> str:
    """What stands between the backticks of an answer that is a piece of code: `x @ W`."""
    inner = text.strip("`")
    return inner.strip() if text.startswith("`") and text.endswith("`") and "`" not in inner else text


def _titled(title: str, task: str, asked: Asked) -> tuple[str, str] | None:
    title = title.strip("*_` ")
    words = [word.strip("*`") for word in re.split(r"[\s.:,()—–-]+", title, maxsplit=2)]
    numbered = _NUMBERED.match(title)
    name = _KINDS[numbered[1].lower()] + numbered[2] if numbered else words[0].lower()
    if name in asked:
        return name, _known_part(words[1], asked[name]) if len(words) > 1 and not numbered else ""
    return _owned(words[0], task, asked)


def _named(line: str, task: str, asked: Asked) -> tuple[str, str, str] | None:
    match = _NAMED.match(line)
    if not match:
        return None
    name = match[1]
    owned = (name.lower(), "") if name.lower() in asked else _owned(name, task, asked)
    return None if owned is None else (*owned, _undecorated(match[2], line))


def _owned(name: str, task: str, asked: Asked) -> tuple[str, str] | None:
    """The task and part that `dW` (below the heading of a task) or `q10_dW` (anywhere) stand for."""
    if task and _known_part(name, asked[task]):
        return task, _known_part(name, asked[task])
    for owner, parts in asked.items():
        if name.lower().startswith(f"{owner}_") and _known_part(name[len(owner) + 1 :], parts):
            return owner, _known_part(name[len(owner) + 1 :], parts)
    return None


def _undecorated(rest: str, line: str) -> str:
    """What was written, without the ends of code, bold type and formulas that began before the name."""
    rest = rest.strip().removeprefix("**").strip()
    before = line.lstrip()
    for sign in ("`", "**", "$$", "$"):
        if sign in before.partition("=")[0] and rest.count(sign) % 2:
            rest = rest.removesuffix(sign).rstrip()
    return rest


def _known_part(name: str, parts: frozenset[str]) -> str:
    """The part that is meant: exactly so called, or so called but for upper and lower case."""
    if name in parts:
        return name
    alike = [part for part in parts if part.lower() == name.lower()]
    return alike[0] if len(alike) == 1 else ""
