"""What goes to the box: inputs only; there is no field for an expected value."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from grader.model.observation import Observation
from grader.model.submission import Remark, Source

AtLeastOne = Annotated[int, Meta(ge=1)]
AtLeastTenth = Annotated[float, Meta(ge=0.1, le=86_400)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What a submission may use up, per posed call unless said otherwise.

    `cpu_seconds`: CPU time of one call, or of one notebook cell or top-level statement; from a tenth to a day.
    `wall_factor`: wall-clock time is cut at this multiple of the CPU limit.
    `memory_mb`: address space beyond what the warm process has, for the whole submission.
    `threads`: beside the first one; counted at level A, and bounded by their stacks elsewhere.
    `output_kb`: what may be printed (more is dropped) and the size of one answer (more is refused).
    `load_seconds`: CPU time for running the whole submission once.
    `total_seconds`: CPU time of everything that one submission runs, loading again after trouble included.
    `timeouts`: after so many time-outs of one function its other calls are not posed.
    `allow_processes`: for assignments about them; a weaker box, and every result says so.
    """

    cpu_seconds: AtLeastTenth = 4
    load_seconds: AtLeastOne = 20
    total_seconds: AtLeastOne = 120
    wall_factor: AtLeastOne = 4
    memory_mb: AtLeastOne = 512
    output_kb: AtLeastOne = 64
    answer_kb: AtLeastOne = 1024
    file_mb: AtLeastOne = 16
    open_files: AtLeastOne = 64
    threads: AtLeastOne = 16
    timeouts: AtLeastOne = 2
    allow_processes: bool = False


class Call(Struct, frozen=True):
    """Call the function `entry` with `arguments` (live values; the box encodes them)."""

    key: str
    entry: str
    arguments: tuple[Any, ...] = ()


class Read(Struct, frozen=True):
    """Read a variable: the first of `names` there is; `("q10", "dW")` is item `dW` of the mapping `q10`."""

    key: str
    names: tuple[tuple[str, ...], ...]


class Job(Struct, frozen=True):
    """A submission with the inputs to pose, in the order in which to pose them.

    `given` are modules of the course that the submission may import: name → source.
    """

    student: str
    sources: tuple[Source, ...]
    calls: tuple[Call | Read, ...]
    limits: Limits = Limits()
    repairs: frozenset[str] = frozenset()
    given: dict[str, str] = {}


class Outcomes(Struct, frozen=True):
    """What came of a job: an observation per call key, and what was noticed while loading."""

    student: str
    observations: dict[str, Observation]
    remarks: tuple[Remark, ...] = ()
    cpu_seconds: float = 0.0
