"""What can be wrong with a task, told before anything is marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from grader.author.parts import Code, Part, Slip, Text, fraction
from grader.author.readings import functions, names_asked, names_used, slip_code
from grader.author.rubrics import rubric_faults
from grader.author.shape import place_of, shape_faults
from grader.author.tasks import Task
from grader.author.totals import task_total_faults
from grader.errors import Fault


def faults_of(task: Task, tasks: Mapping[str, Task]) -> list[Fault]:
    """Every fault that can be seen without evaluating an oracle."""
    misshapen = list(shape_faults(task))
    if misshapen:
        return misshapen  # the rest would trip over them
    found = list(_task_faults(task)) + [
        fault for part in task.parts for fault in _part_faults(task, part, tasks)
    ]
    if all(_is_fraction(part.points) for part in task.parts):
        found += task_total_faults(task)
    return found


def _task_faults(task: Task) -> Iterator[Fault]:
    if not task.parts:
        yield Fault(place_of(task, "Task("), "T104", "the task has no parts", "Give it at least one part.")
    names = [part.name for part in task.parts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(place_of(task, name), "T109", f"two parts are called {name!r}", "Rename one of them.")
    for name, values in task.conventions.items():
        if len(values) < 2:
            remedy = "Name at least two values, or leave the convention out."
            yield Fault(place_of(task, name), "T114", f"convention {name!r} leaves nothing open", remedy)
        if not any(name in names_used(part) for part in task.parts if part.right is not None):
            remedy = "Take it as a keyword of an oracle, or leave it out."
            yield Fault(place_of(task, name), "T117", f"no oracle asks for the convention {name!r}", remedy)
    if isinstance(task.variants, Mapping):
        for name, choices in task.variants.items():
            if not isinstance(choices, (tuple, list)) or not choices:
                problem = f"variant {name!r} has no values to choose from"
                yield Fault(place_of(task, name), "T112", problem, "Give a tuple of values.")


def _part_faults(task: Task, part: Part, tasks: Mapping[str, Task]) -> Iterator[Fault]:
    if isinstance(part, Text):
        yield from rubric_faults(task, part)
    elif part.right is None:
        remedy = "Decorate what computes the right answer with @<part>.oracle."
        yield Fault(place_of(task, part), "T103", f"part {part.name!r} has no oracle", remedy)
        return
    if not _is_fraction(part.points) or fraction(part.points) <= 0:
        problem = f"part {part.name!r} is worth {part.points!r}"
        yield Fault(place_of(task, part), "T108", problem, 'Give points above 0, such as 2 or "1/2".')
    if not (part.name.isidentifier() and part.name.isascii()):
        problem = f"part {part.name!r} is no Python name"
        yield Fault(
            place_of(task, part),
            "T118",
            problem,
            "An answer stands in a variable: use Latin letters, digits and _.",
        )
    if isinstance(part, Text):
        return
    if isinstance(part, Code):
        yield from _code_faults(task, part)
    yield from _misconception_faults(task, part)
    yield from _signature_faults(task, part, tasks)


def _code_faults(task: Task, part: Code) -> Iterator[Fault]:
    if part.pose is None:
        remedy = "Decorate a generator of cases with @<part>.cases."
        yield Fault(place_of(task, part), "T105", f"part {part.name!r} poses no cases", remedy)
    for aspect, weight in part.aspects.items():
        if not _is_fraction(weight) or fraction(weight) < 0:
            problem = f"aspect {aspect!r} has the weight {weight!r}"
            yield Fault(place_of(task, aspect), "T113", problem, "Give a number from 0 up.")


def _misconception_faults(task: Task, part: Part) -> Iterator[Fault]:
    slips: list[tuple[str, str, Slip]] = [
        (slip_code(switch, value), switch, slip)
        for switch, values in part.slips.items()
        for value, slip in values.items()
        if slip is not None
    ]
    said: list[tuple[str, Any, str, Any]] = [
        (code, slip.credit, slip.says, switch) for code, switch, slip in slips
    ]
    said += [(m.name, m.credit, m.says, m.function) for m in part.misconceptions]
    codes = [code for code, *_ in said]
    for code, credit, says, thing in said:
        if not _is_fraction(credit) or not 0 <= fraction(credit) <= 1:
            problem = f"{code!r} has the credit {credit!r}"
            yield Fault(place_of(task, thing), "T106", problem, "Give a share from 0 to 1.")
        if not says.strip():
            yield Fault(
                place_of(task, thing), "T107", f"{code!r} says nothing to the student", "Write its sentence."
            )
        if codes.count(code) > 1:
            problem = f"two mistakes of part {part.name!r} are called {code!r}"
            yield Fault(place_of(task, thing), "T110", problem, "Rename one.")
    for switch, values in part.slips.items():
        if not values or next(iter(values.values())) is not None:
            problem = f"the slip {switch!r} does not begin with its right value"
            yield Fault(place_of(task, switch), "T119", problem, "Put the right value first, with None.")


def _signature_faults(task: Task, part: Part, tasks: Mapping[str, Task]) -> Iterator[Fault]:
    if part.continues is not None and part.continues not in _before(task, part):
        problem = f"part {part.name!r} continues what is no earlier part of this task"
        remedy = "Name a part that stands before it in `parts`."
        yield Fault(place_of(task, part), "T126", problem, remedy)
    if isinstance(task.variants, Mapping):  # what a function deals is known only in the trial
        yield from unknown_names(task, part, tasks, set(task.variants))


def unknown_names(task: Task, part: Part, tasks: Mapping[str, Task], dealt: set[str]) -> list[Fault]:
    """Faults for names that a reading of `part` asks for and nothing provides; `dealt` names the parameters."""
    earlier = {other.name for other in _before(task, part) if not isinstance(other, Text)}
    elsewhere = {
        f"{name}_{other.name}"
        for name, t in tasks.items()
        for other in t.parts
        if name != task.name and not isinstance(other, Text)
    }
    known = {*task.conventions, *part.slips, *earlier, *elsewhere, *dealt}
    faults = []
    for function in functions(part):
        unknown = [name for name in names_asked(part, function)[0] if name not in known]
        if unknown:
            problem = f"asks for {', '.join(map(repr, unknown))}, which nothing provides"
            remedy = "Name variants, conventions, slips, earlier parts, or <task>_<part> of another task."
            faults.append(Fault(place_of(task, function), "T116", problem, remedy))
    return faults


def _before(task: Task, part: Part) -> list[Part]:
    return list(task.parts[: list(task.parts).index(part)])


def _is_fraction(value: Any) -> bool:
    try:
        Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return False
    return True
