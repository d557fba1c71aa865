"""What an observation quotes of a submission, checked against the submission itself.

Places, lines and names of repairs are told by whoever sits in the box, and shown even where the inputs of a case
are not. They must therefore come from the submission and from our own lists: else they could carry inputs out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec.structs import replace

from grader.box.protocol import LINE_LENGTH, harmless
from grader.model.job import Job
from grader.model.observation import Observation, Trouble

Place = tuple[str, int, str]


class Quotable:
    """The lines of a job's sources and its repairs: all that an observation may name."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def checked(self, observation: Observation) -> Observation:
        """Give `observation` without what it has invented."""
        repairs = tuple(name for name in observation.repairs if name in self._job.repairs)
        if repairs != observation.repairs:
            observation = replace(observation, repairs=repairs)
        if observation.trouble is None or not observation.trouble.trace:
            return observation
        trace = tuple(
            place for told in observation.trouble.trace if (place := self._placed(*told)) is not None
        )
        trouble = Trouble(observation.trouble.kind, observation.trouble.message, trace)
        return replace(observation, trouble=trouble)

    def _placed(self, file: str, line: int, text: str) -> Place | None:
        """The place with a line that stands in the file; None where there is no such file or line."""
        lines = self._lines.get(file, ())
        if not 0 < line <= len(lines):
            return None
        # a translated line is told as it ran, the student knows it as it was written
        return file, line, text if text in lines else lines[line - 1]

    @cached_property
    def _lines(self) -> Mapping[str, tuple[str, ...]]:
        """File, or cell of a notebook as traces call it, to its lines."""
        texts: dict[str, str] = {}
        for source in self._job.sources:
            if source.kind == "notebook":
                cells = enumerate(source.cells, 1)
                texts |= {f"{source.name}, cell {number}": text for number, text in cells}
            else:
                texts[source.name] = "\n".join(source.cells)
        return {harmless(name): _lines(text) for name, text in texts.items()}


def _lines(text: str) -> tuple[str, ...]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(harmless(line.strip(), LINE_LENGTH) for line in text.split("\n"))
