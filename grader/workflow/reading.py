"""Reading a submission: every file by the first format that knows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec

from grader import plugins
from grader.author.assignment import Assignment
from grader.author.parts import Answer
from grader.bundles._handed import Handed
from grader.formats._headings import Asked
from grader.guest import plain
from grader.model.job import Call, Read
from grader.model.observation import MISSING, Observation, Trouble
from grader.model.submission import Remark, Source, Submission, fingerprint_of

MAX_FILES = 200
MAX_BYTES = 20_000_000
BLANK_BYTES = 100
"""How much is read of one student in all."""


def asked_in_writing(assignment: Assignment) -> Asked:
    """Task → names of the parts that are answered in writing."""
    return {
        name: frozenset(part.name for part in task.parts if isinstance(part, Answer))
        for name, task in assignment.tasks.items()
    }


def read_submission(handed: Handed, asked: Asked) -> Submission:
    """Read the files of one student; one that the machine cannot read gets the remark `unreadable_file`.

    Only files that some format knows by name are opened: data that was handed in along with an answer costs nothing.
    """
    contents: dict[str, bytes] = {}
    remarks: list[Remark] = []
    sources: list[Source] = []
    left = MAX_BYTES
    for file in handed.files[:MAX_FILES]:
        name = handed.name(file)
        if not known_by_name(name, asked):
            remarks.append(Remark("ignored_file", {"file": name}))
            continue
        try:
            if file.stat().st_size > left:
                remarks.append(Remark("too_large", {"file": name, "megabytes": str(MAX_BYTES // 1_000_000)}))
                continue
            contents[name] = file.read_bytes()
        except OSError as error:
            remarks.append(Remark("unreadable_file", {"file": name, "message": error.strerror or ""}))
            continue
        left -= len(contents[name])
        source = read_source(name, contents[name], asked)
        remarks += source.remarks
        sources.append(source)
    if len(handed.files) > MAX_FILES:
        remarks.append(Remark("too_many_files", {"count": str(len(handed.files)), "kept": str(MAX_FILES)}))
    if not remarks and not any(source.cells or source.answers for source in sources):
        remarks.append(Remark("nothing_found", {"file": "", "tasks": ", ".join(asked)}))
    noticed = {f"\0{number}": repr(remark).encode() for number, remark in enumerate(remarks)}
    fingerprint = fingerprint_of({**contents, **noticed})
    return Submission(handed.student, fingerprint, tuple(sources), tuple(remarks))


def known_by_name(name: str, asked: Asked) -> bool:
    """Whether some format reads files of such a name."""
    return any(read(name, b"", asked) is not None for read in _readers())


def read_source(name: str, data: bytes, asked: Asked) -> Source:
    """Read one file by the first format that does not say None.

    A format that fails on it is our fault: the remark `unreadable_file` withholds the marks.
    """
    try:
        return next(source for read in _readers() if (source := read(name, data, asked)) is not None)
    except Exception as error:  # noqa: BLE001 - whatever a reader trips over must not stop the batch
        message = f"{type(error).__name__}: {error}"[:200]
        return Source(name, "sheet", remarks=(Remark("unreadable_file", {"file": name, "message": message}),))


@cache
def _readers() -> tuple[Callable[[str, bytes, Asked], Source | None], ...]:
    return tuple(plugins.load("grader.formats", name).read for name in plugins.names("grader.formats"))


def unreadable(submission: Submission) -> str:
    """Why the submission as a whole cannot be marked through no fault of the student, or nothing."""
    for remark in submission.remarks:
        if remark.code == "unreadable_file":
            return f"{remark.detail['file']}: {remark.detail['message']}"
    return ""


def with_written_answers(
    submission: Submission, calls: tuple[Call | Read, ...], observed: dict[str, Observation]
) -> dict[str, Observation]:
    """An observation for every call: what the box saw, else what stands on an answer sheet, else missing.

    A variable left at None or at an empty text, as templates have them, is no answer. All are `faulted` where
    the submission could not be read.
    """
    why = unreadable(submission)
    if why:
        return {call.key: Observation("faulted", trouble=Trouble("unreadable_file", why)) for call in calls}
    complete: dict[str, Observation] = {}
    for call in calls:
        observation = observed.get(call.key, MISSING)
        if isinstance(call, Read) and _is_blank(observation):
            written = _written(submission, call)
            observation = MISSING if written is None else Observation("returned", _encoded(written))
        complete[call.key] = observation
    return complete


def _is_blank(observation: Observation) -> bool:
    if observation.outcome == "missing":
        return True
    value = bytes(observation.value)
    if observation.outcome != "returned" or len(value) > BLANK_BYTES:
        return False
    answer = plain.loads(value)
    return answer is None or (isinstance(answer, str) and not answer.strip())


def _encoded(answer: str) -> msgspec.Raw:
    return msgspec.Raw(plain.dumps(answer))


def _written(submission: Submission, call: Read) -> str | None:
    task, part, _ = call.key.split("/")
    alone = (task,) in call.names
    for source in submission.sources:
        answers = source.answers.get(task, {})
        by_fold = {key.lower(): text for key, text in answers.items()}
        for key in (part, part.lower(), *([""] if alone else [])):
            if key in answers or key in by_fold:
                return answers.get(key, by_fold.get(key))
    return None
