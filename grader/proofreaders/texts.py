"""What students read: translations, placeholders, formulas, the spelling of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from babel.messages.pofile import read_po
from latex2mathml.converter import convert

from grader.author.catalogue import SOURCE_LANGUAGE, folded
from grader.author.parts import Code, Text
from grader.author.readings import sentences
from grader.author.wording import dealt_texts
from grader.errors import Fault
from grader.judge.dealing import deal_task
from grader.model.proof import Figure
from grader.proofreaders._galley import Galley
from grader.proofreaders._places import place_of_code, place_of_text

PLACEHOLDER = re.compile(r"(?<![\w^}\]\\{])\{([A-Za-z_]\w*)\}")
"""A name in braces that no formula has there: not behind a command, a hat or an underscore."""
FILLED = re.compile(r"\{([A-Za-z_]\w*)\}")
ARGUMENT = re.compile(r"(?:\\[A-Za-z]+|[}\]^_])\{([A-Za-z_]\w*)\}")
"""A name in braces that a formula needs there: its value comes without them."""
FORMULA = re.compile(r"(?<!\\)\$\$?(.+?)(?<!\\)\$\$?", re.DOTALL)
CODE_SPAN = re.compile(r"`[^`]*`")
SPELLING = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", re.IGNORECASE)
STUDENTS = 200
"""Of so many the dealt texts are looked at."""
ALIKE = 0.9
"""Codes that are so alike, and not the same, are one code misspelt."""


@dataclass(frozen=True)
class _Text:
    """A text in one language, with what was dealt and the place where it stands."""

    said: str
    language: str
    place: str


def proofread(galley: Galley) -> Iterator[Fault | Figure]:
    """Yield a fault for each text that a student could not read as it was meant."""
    texts = texts_of(galley)
    for text in texts:
        yield from _translation_faults(galley, text)
        for spoken in _spoken(galley, text):
            yield from _placeholder_faults(galley, spoken)
            yield from _formula_faults(galley, spoken)
            yield from _argument_faults(galley, spoken)
    yield from _stale(galley, texts)
    yield from _spelling(galley)
    yield Figure(galley.task.name, "texts", len(texts))
    yield Figure(galley.task.name, "mistakes", sum(len(sentences(part)) for part in galley.task.parts))


def texts_of(galley: Galley) -> list[str]:
    """Title, statements, conventions, aspects, criteria, sentences and dealt texts of the task, each once."""
    task = galley.task
    said = [task.title, task.statement]
    said += [str(value) for values in task.conventions.values() for value in values.values()]
    for part in task.parts:
        said += [part.asks, *sentences(part).values()]
        if isinstance(part, Code):
            said += [case.aspect for case in galley.cases(part, galley.hands[0])]
        if isinstance(part, Text):
            said += [criterion.says for criterion in part.criteria]
    said += _dealt(galley)
    return list(dict.fromkeys(text for text in said if text.strip()))


def _dealt(galley: Galley) -> Iterator[str]:
    """Texts among what is dealt, of so many students that hardly one is missed."""
    task = galley.task
    if any(True for _ in dealt_texts(galley.hands[0][task.name])):
        for number in range(STUDENTS):
            yield from dealt_texts(deal_task(galley.whole, task, f"texts {number}"))


def languages(galley: Galley) -> list[str]:
    """Languages in which the assignment promises to speak, besides that of its sources."""
    decisions = galley.whole.decisions
    return sorted({*decisions.title, decisions.language} - {SOURCE_LANGUAGE})


def _translation_faults(galley: Galley, text: str) -> Iterator[Fault]:
    catalogue, variant = galley.whole.catalogue, galley.hands[0][galley.task.name]
    place = place_of_text(galley.task, text)
    for language in languages(galley):
        file = f"locale/{language}/{galley.task.name}.po"
        if not catalogue.has(language, text):
            problem = f"is not said in {language!r}: {folded(text)[:60]!r}"
            yield Fault(place, "P601", problem, f"Add it to {file}.")
            continue
        theirs = catalogue.translations[language].gettext(folded(text))
        lost = _names(text, variant) ^ _names(theirs, variant)
        lost |= set(CODE_SPAN.findall(folded(text))) - set(CODE_SPAN.findall(folded(theirs)))
        if lost:
            problem = f"the translation into {language!r} has not the same {', '.join(sorted(lost))}"
            yield Fault(place, "P602", problem, f"Mend it in {file}: names and code are not translated.")


def _names(text: str, variant: object) -> set[str]:
    assert isinstance(variant, dict)
    return {f"{{{name}}}" for name in FILLED.findall(text) if name in variant}


def _spoken(galley: Galley, text: str) -> Iterator[_Text]:
    place, catalogue = place_of_text(galley.task, text), galley.whole.catalogue
    yield _Text(text, SOURCE_LANGUAGE, place)
    for language in languages(galley):
        if catalogue.has(language, text):
            yield _Text(catalogue.say(language, text, {}), language, place)


def _placeholder_faults(galley: Galley, text: _Text) -> Iterator[Fault]:
    variant = galley.hands[0][galley.task.name]
    for name in dict.fromkeys(PLACEHOLDER.findall(text.said)):
        if name in variant:
            continue
        near = get_close_matches(name, variant, 1)
        hint = (
            f"Did you mean {{{near[0]}}}?" if near else "Deal it in `variants`, or write it without braces."
        )
        yield Fault(text.place, "P603", f"{{{name}}} is nothing that is dealt ({text.language})", hint)


def _formula_faults(galley: Galley, text: _Text) -> Iterator[Fault]:
    variant = galley.hands[0][galley.task.name]
    filled = FILLED.sub(lambda m: str(variant.get(m[1], m[0])), CODE_SPAN.sub("", text.said))
    if len(re.findall(r"(?<!\\)\$", filled)) % 2:
        remedy = "Close every `$`, or write `\\$` for the sign."
        yield Fault(text.place, "P604", f"a formula is not closed ({text.language})", remedy)
        return
    for latex in dict.fromkeys(FORMULA.findall(filled)):
        why = unreadable(latex)
        if why:
            problem = f"${latex[:60]}$ cannot be read: {why} ({text.language})"
            yield Fault(text.place, "P605", problem, "Mend the formula: pages show it as MathML.")


def _argument_faults(galley: Galley, text: _Text) -> Iterator[Fault]:
    formulas = " ".join(FORMULA.findall(CODE_SPAN.sub("", text.said)))
    for name in dict.fromkeys(ARGUMENT.findall(formulas)):
        dealt = {str(hand[galley.task.name].get(name, "")) for hand in galley.hands}
        long = min((value for value in dealt if len(value) > 1), default="")
        if long:
            problem = (
                f"{{{name}}} is dealt {long!r}, without the braces that the formula needs ({text.language})"
            )
            yield Fault(
                text.place, "P609", problem, f"Write {{{{{name}}}}}, or call what is dealt otherwise."
            )


def unreadable(latex: str) -> str:
    """Why a formula cannot become MathML, or an empty text."""
    depth = 0
    for sign in re.sub(r"\\[{}]", "", latex):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            break
    if depth:
        return "its braces do not match"
    if len(re.findall(r"\\left\b", latex)) != len(re.findall(r"\\right\b", latex)):
        return r"`\left` and `\right` do not match"
    if sorted(re.findall(r"\\begin\{(\w+\*?)\}", latex)) != sorted(re.findall(r"\\end\{(\w+\*?)\}", latex)):
        return r"`\begin` and `\end` do not match"
    try:
        shown = str(convert(latex))
    except Exception as error:  # noqa: BLE001 - the converter raises what it likes
        return f"{type(error).__name__} {error}".strip()
    unknown = re.findall(r"\\[A-Za-z]+", shown)
    return f"{unknown[0]} is no known command" if unknown else ""


def _stale(galley: Galley, texts: list[str]) -> Iterator[Fault]:
    known = {folded(text) for text in texts}
    for language in languages(galley):
        file = Path(galley.whole.folder, "locale", language, f"{galley.task.name}.po")
        if not file.is_file():
            continue
        with file.open("rb") as stream:
            messages = [message for message in read_po(stream) if message.id]
        for message in messages:
            if str(message.id) not in known:
                problem = f"translates what no longer is said: {str(message.id)[:60]!r}"
                remedy = "Bring the key up to date with its text, or delete the entry."
                yield Fault(f"{file}:{message.lineno or 1}", "P606", problem, remedy)


def _spelling(galley: Galley) -> Iterator[Fault]:
    codes: dict[str, tuple[str, str]] = {}
    for part in galley.task.parts:
        for code in sentences(part):
            place = place_of_code(galley.task, part, (code,))
            codes.setdefault(code, (place, part.name))
            if not SPELLING.fullmatch(code):
                remedy = "Use Latin letters, digits and single underscores: machines read them."
                yield Fault(place, "P607", f"{part.name}: {code!r} is badly spelt", remedy)
    names = sorted(codes)
    for number, code in enumerate(names):
        for other in names[number + 1 :]:
            if _misspelt(code, other):
                problem = f"{code!r} and {other!r} look like one code, spelt in two ways"
                yield Fault(codes[other][0], "P608", problem, "Spell them alike, or name them apart.")


def _misspelt(one: str, other: str) -> bool:
    """Whether two codes differ by a slip of the finger: words apart from numbers, nearly equal."""
    if one.lower() == other.lower():
        return True
    if re.sub(r"\d+", "", one) != one or re.sub(r"\d+", "", other) != other:
        return False
    a, b = set(one.split("_")) - set(other.split("_")), set(other.split("_")) - set(one.split("_"))
    if len(a) != 1 or len(b) != 1:
        return False
    ((left,), (right,)) = a, b
    return min(len(left), len(right)) > 4 and SequenceMatcher(None, left, right).ratio() >= ALIKE
