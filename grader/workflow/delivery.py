"""Opening a delivery: who handed in what, with everything that is wrong with it told at once."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from grader import plugins
from grader.bundles._handed import Handed, identity
from grader.errors import Fault, UsageError
from grader.model.gradebook import Student

ID_COLUMNS = ("student", "id", "student_id")
LANGUAGES = ("ru", "en")


@dataclass(frozen=True)
class Delivery:
    """Submissions by student, sorted by id; everyone who is expected; who came unexpected."""

    handed: tuple[Handed, ...]
    students: dict[str, Student]
    strangers: tuple[str, ...] = ()


def open_delivery(path: Path, roster: Path | None) -> Delivery:
    """Sniff the bundle at `path` and match it with the roster. Raises `UsageError` with all faults."""
    faults: list[Fault] = []
    students = read_roster(roster, faults) if roster is not None else {}
    handed = _sniffed(path, faults)
    if roster is not None:
        handed = [_renamed(one, students) for one in handed]
    _refuse_doubles(path, handed, faults)
    if faults:
        raise UsageError(faults)
    strangers = tuple(one.student for one in handed if roster is not None and one.student not in students)
    everyone = {
        **students,
        **{one.student: students.get(one.student, Student(one.student)) for one in handed},
    }
    ordered = tuple(sorted(handed, key=lambda one: one.student))
    return Delivery(ordered, dict(sorted(everyone.items())), strangers)


def _sniffed(path: Path, faults: list[Fault]) -> list[Handed]:
    if not path.exists():
        faults.append(Fault(str(path), "U102", "there is no such folder", "Give the folder of submissions."))
        return []
    for name in plugins.names("grader.bundles"):
        try:
            handed: list[Handed] | None = plugins.load("grader.bundles", name).read(path)
        except OSError as error:
            remedy = "Make it readable for the user who runs grader."
            faults.append(Fault(str(path), "U108", f"cannot be read: {error.strerror}", remedy))
            return []
        if handed is None:
            continue
        if not handed:
            remedy = "Put a file or a folder for each student into it."
            faults.append(Fault(str(path), "U103", "holds no submissions", remedy))
        return handed
    remedy = "Give a folder with a file or a folder for each student; unpack archives first."
    faults.append(Fault(str(path), "U102", "is no folder", remedy))
    return []


def _renamed(one: Handed, students: dict[str, Student]) -> Handed:
    """Give the roster's spelling of the id; `ivanov_final.py` is Ivanov's if no id fits better."""
    known = {identity(student): student for student in students}
    wanted = identity(one.student)
    if wanted in known:
        return Handed(known[wanted], one.files, one.root, one.entries)
    prefixes = [key for key in known if wanted.startswith(key) and wanted[len(key)] in "_- .("]
    student = known[max(prefixes, key=len)] if prefixes else one.student
    return Handed(student, one.files, one.root, one.entries)


def _refuse_doubles(path: Path, handed: list[Handed], faults: list[Fault]) -> None:
    claims: dict[str, list[Handed]] = defaultdict(list)
    for one in handed:
        claims[identity(one.student)].append(one)
    for same in claims.values():
        if len(same) > 1:
            entries = ", ".join(entry for one in same for entry in one.entries)
            remedy = f"Keep one of them, or put what belongs together into one folder {same[0].student}/."
            problem = f"{len(same)} entries claim to be {same[0].student}'s: {entries}"
            faults.append(Fault(str(path), "U104", problem, remedy))


def read_roster(file: Path, faults: list[Fault]) -> dict[str, Student]:
    """Read a roster: CSV with a column `student` (or `id`), and `name`, `lang` if wanted."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(str(file), "U105", f"cannot be read: {error}", "Save it as CSV in UTF-8."))
        return {}
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(text.splitlines(), delimiter=separator)
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = columns
    column = next((name for name in ID_COLUMNS if name in columns), None)
    if column is None:
        remedy = "Name the column with the ids `student`; `name` and `lang` may stand beside it."
        faults.append(Fault(f"{file}:1", "U106", "has no column `student`", remedy))
        return {}
    students: dict[str, Student] = {}
    first: dict[str, int] = {}
    for row in reader:
        student = (row[column] or "").strip()
        language = (row.get("lang") or "").strip().lower()
        place = f"{file}:{reader.line_num}"
        if not student:
            faults.append(Fault(place, "U107", "a line without an id", "Fill it in, or delete the line."))
        elif identity(student) in first:
            problem = f"the id {student!r} stands in line {first[identity(student)]} already"
            faults.append(Fault(place, "U105", problem, "Give each student an id of their own."))
        elif language and language not in LANGUAGES:
            problem = f"pages are not written in {language!r}"
            faults.append(Fault(place, "U109", problem, f"Use one of {', '.join(LANGUAGES)}."))
        else:
            first[identity(student)] = reader.line_num
            students[student] = Student(student, (row.get("name") or "").strip(), language)
    if not students and not faults:
        faults.append(Fault(str(file), "U107", "names no students", "Add a line for each."))
    return students
