"""From the codes of verdicts, observations and remarks to sentences of the catalogue.

Whatever came from a student is escaped here, on its way into a sentence.
"""

from __future__ import annotations

import builtins
import re

from grader.author.derivatives import DERIVATIVE_RULES
from grader.model.gradebook import Lateness
from grader.model.observation import Observation, Trouble
from grader.model.submission import Remark
from grader.model.verdict import Difference
from grader.reports.shown import TEXT, visible
from grader.reports.words import Words

SIGNAL = "SIG"
LARGE = "larger than "
_CELL = re.compile(r"(.*), cell (\d+)", re.DOTALL)


def shortened(words: Words, text: str, limit: int = TEXT) -> str:
    """Text of a student, harmless and cut, with what was left out said."""
    cut = visible(text[:limit])
    if len(text) <= limit:
        return cut
    return f"{cut}{words.say('page.left_out.text', count=len(text) - limit)}"


def difference_sentence(words: Words, difference: Difference) -> str:
    """The first place where answer and expectation part, in words."""
    code = f"difference.{difference.kind}"
    values = {name: shortened(words, text) for name, text in difference.detail.items()}
    values |= {"place": shortened(words, difference.place), "actual": shortened(words, difference.actual)}
    values["expected"] = _kind(words, difference.expected)
    if difference.kind == "unreadable":
        return _unreadable(words, difference, values)
    said = words.first(*_special(difference, code), code, **values)
    slip = DERIVATIVE_RULES.get(difference.detail.get("rule", ""))
    return f"{said} {words.sentence(slip.says)}" if slip is not None else said


def _unreadable(words: Words, difference: Difference, values: dict[str, str]) -> str:
    """Where an answer cannot be read, and what is wanted there."""
    wanted = f"wanted.{difference.detail.get('wanted', '')}"
    if wanted == "wanted.evaluated_derivative":
        return words.say(
            "difference.unevaluated.line" if values.get("line") else "difference.unevaluated", **values
        )
    codes = [f"{wanted}.known", wanted] if values.get("known") else [wanted]
    values = {**values, "wanted": words.first(*codes, "wanted.other", **values)}
    placed = [name for name in ("line", "column", "found") if values.get(name)]
    return words.first(".".join(["difference.unreadable", *placed]), "difference.unreadable", **values)


def _special(difference: Difference, code: str) -> list[str]:
    """Codes that say more than the kind alone, or say it without what is not known."""
    special = []
    detail = difference.detail
    if detail.get("witness") and detail.get("yours") and not detail.get("entry"):
        special.append(f"{code}.witness")
    if detail.get("reason") == "shape" and not detail.get("left"):
        special.append(f"{code}.shape.result")
    elif detail.get("reason"):
        special.append(f"{code}.{detail['reason']}")
    if not difference.expected:
        special.append(f"{code}.unknown")
    special.append(f"{code}.placed" if difference.place else f"{code}.whole")
    return special


def _kind(words: Words, expected: str) -> str:
    return words.say(f"kind.{expected}") if words.knows(f"kind.{expected}") else visible(expected[:TEXT])


def outcome_sentence(
    words: Words, observation: Observation, entry: str, *, revealed: bool, called: bool
) -> str:
    """What happened instead of a value; an exception's own words only where the case is `revealed`."""
    trouble = observation.trouble or Trouble("")
    code = f"outcome.{observation.outcome}"
    kind = visible(trouble.kind[:TEXT])
    if observation.outcome == "missing":
        return words.say(f"{code}.entry" if called else f"{code}.variable", entry=entry)
    if observation.outcome == "raised":
        if not revealed and not _is_builtin(trouble.kind):
            return words.say(f"{code}.withheld")
        if not revealed or not trouble.message.strip():
            return words.say(f"{code}.bare", kind=kind)
        return words.say(code, kind=kind, message=shortened(words, trouble.message))
    signal = f"{code}.signal" if trouble.kind.startswith(SIGNAL) else code
    if observation.outcome == "unsupported" and not revealed:
        kind = ELSEWHERE
    kinds = [f"{code}.{trouble.kind}", f"{code}.too_large" if trouble.kind.startswith(LARGE) else signal]
    return words.first(*kinds, code, kind=kind)


ELSEWHERE = "…"
"""Stands for a name that a student can choose, and so could carry a hidden input out."""


def _is_builtin(kind: str) -> bool:
    found = getattr(builtins, kind, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def remark_sentence(words: Words, remark: Remark) -> str:
    """A remark about reading, loading or repairing a submission, in words."""
    values = {name: shortened(words, text) for name, text in remark.detail.items()}
    if remark.code == "repair":
        return repair_sentence(words, remark.detail.get("name", ""), values.get("what", ""))
    code = f"remark.{remark.code}"
    special = [] if remark.detail.get("file") else [f"{code}.anywhere"]
    special += [] if remark.detail.get("message") else [f"{code}.bare"]
    special += [f"{code}.{remark.detail['reason']}"] if remark.detail.get("reason") else []
    file, cell = _file_and_cell(remark.detail.get("file", ""))
    values |= {"cell": cell} if cell else {}
    values["place"] = place_sentence(words, file, values.get("cell", ""), values.get("line", ""))
    return words.first(*special, code, "remark.other", **{**values, "code": visible(remark.code)})


def late_sentence(words: Words, late: Lateness | None) -> str:
    """What being late costs; nothing for work that came in time."""
    if late is None:
        return ""
    minutes = words.count("count.minutes", late.minutes)
    if late.refused:
        return words.say("page.late.refused", minutes=minutes)
    if not late.deduction:
        return words.say("page.late", minutes=minutes)
    return words.say(
        "page.late.deduction", minutes=minutes, points=words.count("count.points", late.deduction)
    )


def place_sentence(words: Words, file: str, cell: str = "", line: str = "") -> str:
    """A place in a submission, in words; `file` may name a cell itself, as traces of notebooks do."""
    name, inner = _file_and_cell(file)
    values = {"file": shortened(words, name), "cell": cell or inner, "line": line}
    given = "_".join(part for part in ("cell", "line") if values[part])
    return words.say(f"place.{given}", **values) if given else values["file"]


def _file_and_cell(file: str) -> tuple[str, str]:
    found = _CELL.fullmatch(file)
    return (found[1], found[2]) if found else (file, "")


def repair_sentence(words: Words, name: str, what: str = "") -> str:
    """What a repair of the environment did, in words."""
    bare = f"repair.{name}.bare"
    return words.first(
        f"repair.{name}" if what else bare, bare, "repair.other", name=visible(name), what=what
    )


def reason_sentence(words: Words, reason: str) -> str:
    """Why a mark is withheld, for the student: what exactly failed on our side is for the instructor."""
    return words.first(f"reason.{reason}", "reason.other")
