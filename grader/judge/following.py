"""Following through: the student's own earlier answers, as values that an oracle can take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.author.parts import Part
from grader.author.tasks import Task
from grader.judge.dealing import call_key
from grader.judge.evidence import LONGEST_ANSWER, Evidence
from grader.model.verdict import Verdict


def own_answers(
    evidence: Evidence, task: Task, part: Part, here: Mapping[str, Verdict], elsewhere: Mapping[str, Verdict]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Earlier answers that were not right, by the keywords of the oracle of `part`, and their names.

    `here` holds verdicts of parts of `task`, `elsewhere` those of other tasks by `<task>_<part>`.
    """
    own: dict[str, Any] = {}
    follows = []
    for keyword, (owner, earlier) in evidence.expectations.earlier(task, part).items():
        verdict = here.get(earlier.name) if owner.name == task.name else None
        verdict = verdict if verdict is not None else elsewhere.get(keyword)
        if verdict is None or verdict.finding in ("right", "missing", "withheld", "failed"):
            continue
        read = getattr(earlier.compare, "read", None)
        observation = evidence.observations.get(call_key(owner, earlier, 0))
        if read is None or observation is None or observation.outcome != "returned":
            continue
        if len(bytes(observation.value)) > LONGEST_ANSWER:
            continue
        value = read(evidence.value(owner, earlier, 0))
        if value is not None:
            own[keyword] = value
            follows.append(f"{owner.name}.{earlier.name}")
    return own, tuple(follows)
