"""Reading a submission: every file by the first format that knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath

import msgspec

from grader import plugins
from grader.author.assignment import Assignment
from grader.author.parts import Answer, Text
from grader.bundles._handed import Handed, as_text, is_leaving
from grader.bundles._packed import Caps, Unreadable, is_archive, refused, unpack
from grader.formats._headings import Asked, Prose
from grader.guest import plain
from grader.model.job import Call, Read
from grader.model.observation import MISSING, Observation, Trouble
from grader.model.submission import Remark, Source, Submission, fingerprint_of

MAX_FILES = 200
MAX_PACKED = 2000
MAX_BYTES = 20_000_000
"""How many files, how many entries of one archive, and how many bytes in all are looked at of one student."""
BLANK_BYTES = 100


def asked_in_writing(assignment: Assignment) -> Asked:
    """Task → names of the parts that are answered in writing."""
    return {
        name: frozenset(
            Prose(part.name) if isinstance(part, Text) else part.name
            for part in task.parts
            if isinstance(part, Answer)
        )
        for name, task in assignment.tasks.items()
    }


def read_submission(handed: Handed, asked: Asked) -> Submission:
    """Read the files of one student; one that the machine cannot read gets the remark `unreadable_file`.

    Only files that some format knows by name are opened: data that was handed in along with an answer costs nothing.
    Archives are opened once; an archive in an archive is refused.
    """
    reading = _Reading(asked, list(handed.remarks))
    # archives last: what lies beside one is taken before what it holds under the same name, whatever they are called
    for file in sorted(handed.files[:MAX_FILES], key=lambda file: is_archive(file.name)):
        reading.take(handed.name(file), file)
    remarks = reading.remarks
    if len(handed.files) > MAX_FILES:
        remarks.append(Remark("too_many_files", {"count": str(len(handed.files)), "kept": str(MAX_FILES)}))
    if not remarks and not any(source.cells or source.answers for source in reading.sources):
        remarks.append(Remark("nothing_found", {"file": "", "tasks": ", ".join(asked)}))
    noticed = {f"\0{number}": repr(remark).encode() for number, remark in enumerate(remarks)}
    fingerprint = fingerprint_of({**reading.contents, **noticed})
    return Submission(handed.student, fingerprint, tuple(reading.sources), tuple(remarks))


def looked_for(submission: Submission, tasks: Iterable[str]) -> Submission:
    """The submission with remarks about what was not found in it that name what is asked of its student."""
    names = ", ".join(tasks)
    remarks = tuple(
        Remark(remark.code, {**remark.detail, "tasks": names}) if remark.code == "nothing_found" else remark
        for remark in submission.remarks
    )
    return msgspec.structs.replace(submission, remarks=remarks)


@dataclass
class _Reading:
    """What has been read of one student so far, and what was noticed."""

    asked: Asked
    remarks: list[Remark]
    sources: list[Source] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def take(self, name: str, file: Path) -> None:
        """Read one file."""
        if not known_by_name(name, self.asked) and not is_archive(name):
            self.remarks.append(Remark("ignored_file", {"file": name}))
            return
        try:
            if file.stat().st_size > self._left():
                megabytes = str(MAX_BYTES // 1_000_000)
                self.remarks.append(Remark("too_large", {"file": name, "megabytes": megabytes}))
                return
            data = file.read_bytes()
        except OSError as error:
            self.remarks.append(Remark("unreadable_file", {"file": name, "message": error.strerror or ""}))
            return
        if is_archive(name):
            self._unpack(name, data)
        else:
            self._read(name, data)

    def _left(self) -> int:
        return MAX_BYTES - sum(map(len, self.contents.values()))

    def _unpack(self, archive: str, data: bytes) -> None:
        """Read the files in an archive as if they lay beside it."""
        folder = PurePosixPath(archive).parent
        caps = Caps(MAX_PACKED, self._left(), self._left())
        try:
            for one in unpack(BytesIO(data), archive, caps):
                name = (folder / one.name).as_posix()
                if any(is_leaving(piece) and piece != ".." for piece in one.name.split("/")):
                    continue
                reason = one.reason or self._problem(name)
                if reason:
                    self.remarks.append(refused(archive, as_text(one.name), reason))
                elif not known_by_name(name, self.asked):
                    self.remarks.append(Remark("ignored_file", {"file": as_text(name)}))
                else:
                    self._read(as_text(name), one.data)
        except Unreadable as error:
            self.remarks.append(refused(archive, "", str(error)))

    def _problem(self, name: str) -> str:
        if is_archive(name):
            return "nested"
        if len(self.sources) >= MAX_FILES:
            return "too_many"
        return "duplicate" if as_text(name) in self.contents else ""

    def _read(self, name: str, data: bytes) -> None:
        self.contents[name] = data
        source = read_source(name, data, self.asked)
        self.remarks += source.remarks
        self.sources.append(source)


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
