"""Opening a delivery: who handed in what, with everything that is wrong with it told at once."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from grader import plugins
from grader.author.tickets import Tickets
from grader.bundles._handed import Handed, identity
from grader.bundles._packed import is_archive
from grader.errors import Fault, UsageError
from grader.model.gradebook import Student
from grader.reports.words import languages

MOST_NAMED = 20
MOST_DIGITS = 6
ID_COLUMNS = ("student", "id", "student_id")
LANGUAGE_COLUMNS = ("lang", "language")


@dataclass(frozen=True)
class Delivery:
    """Submissions by student, sorted by id; everyone who is expected; who came unexpected."""

    handed: tuple[Handed, ...]
    students: dict[str, Student]
    strangers: tuple[str, ...] = ()


def open_delivery(path: Path, roster: Path | None, tickets: Tickets | None = None) -> Delivery:
    """Sniff the bundle at `path` and match it with the roster, or with the tickets where there is none.

    Raises `UsageError` with all faults.
    """
    faults: list[Fault] = []
    students = read_roster(roster, faults) if roster is not None else ticket_holders(tickets)
    handed = _sniffed(path, faults)
    if students:
        handed = [_renamed(one, students) for one in handed]
    _refuse_doubles(path, handed, faults)
    strangers = tuple(one.student for one in handed if students and one.student not in students)
    everyone = {
        **students,
        **{one.student: students.get(one.student, Student(one.student)) for one in handed},
    }
    without = [one for one in everyone if tickets is not None and not tickets.asked_of(one)]
    if without:
        faults.append(no_ticket(str(path), without))
    if roster is not None and handed and len(strangers) == len(handed) and not faults:
        faults.append(_all_strangers(path, handed))
    if faults:
        raise UsageError(faults)
    ordered = tuple(sorted(handed, key=lambda one: one.student))
    return Delivery(ordered, dict(sorted(everyone.items())), strangers)


def ticket_holders(tickets: Tickets | None) -> dict[str, Student]:
    """The students for whom there is a ticket, as a roster has them."""
    held = () if tickets is None else tickets.ticket
    return {one.student: Student(one.student, one.name, one.lang, one.extra_minutes) for one in held}


def no_ticket(place: str, students: list[str]) -> Fault:
    """What is said of students whom nothing is asked."""
    named = ", ".join(sorted(students)[:MOST_NAMED]) + (", …" if len(students) > MOST_NAMED else "")
    remedy = "Name them as on the tickets, or add [[ticket]] with `student` and `tasks` to tickets.toml."
    return Fault(place, "U129", f"no ticket was dealt to {named}", remedy)


def _all_strangers(path: Path, handed: list[Handed]) -> Fault:
    """What is said of a delivery in which nobody of the roster is: everyone would be absent."""
    entries = [entry for one in handed for entry in one.entries]
    named = ", ".join(entries[:MOST_NAMED]) + (", …" if len(entries) > MOST_NAMED else "")
    remedy = "Call files and folders by the ids of the roster, or give the roster of this class."
    if len(entries) == 1 and (entries[0].endswith("/") or is_archive(entries[0])):
        remedy = f"If the students' files lie in {entries[0]}, give that by itself as the delivery."
    return Fault(str(path), "U168", f"nobody on the roster has handed in any of this: {named}", remedy)


def nothing_at(path: Path) -> Fault:
    """What is said of a path that leads nowhere."""
    remedy = "Check the spelling, and the folder that you are in."
    return Fault(str(path), "U102", "there is no such file or folder", remedy)


def _sniffed(path: Path, faults: list[Fault]) -> list[Handed]:
    if not path.exists():
        faults.append(nothing_at(path))
        return []
    for name in plugins.names("grader.bundles"):
        try:
            handed: list[Handed] | None = plugins.load("grader.bundles", name).read(path)
        except OSError as error:
            remedy = "Make it whole, and readable for the user who runs grader."
            place, problem = str(error.filename or path), f"cannot be read: {error.strerror}"
            faults.append(Fault(place, "U108", problem, remedy))
            return []
        if handed is None:
            continue
        if not handed:
            remedy = "Put a file or a folder for each student into it; hidden files and links do not count."
            faults.append(Fault(str(path), "U103", "holds no submissions", remedy))
        return handed
    remedy = "Give a folder with a file or a folder for each student, or such a folder as .zip or .tar.gz."
    faults.append(Fault(str(path), "U116", "is neither a folder nor an archive", remedy))
    return []


def _renamed(one: Handed, students: dict[str, Student]) -> Handed:
    """Give the roster's spelling of the id; `ivanov_final.py` is Ivanov's if no id fits better."""
    known = {identity(student): student for student in students}
    wanted = identity(one.student)
    if wanted in known:
        return replace(one, student=known[wanted])
    prefixes = [key for key in known if wanted.startswith(key) and wanted[len(key)] in "_- .("]
    student = known[max(prefixes, key=len)] if prefixes else one.student
    return replace(one, student=student)


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
    """Read a roster: CSV with a column `student` (or `id`), and `name`, `lang`, `extra_minutes` if wanted."""
    try:
        rows = table_rows(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = (
            "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else getattr(error, "strerror", error)
        )
        remedy = "Give a table that is saved as CSV in UTF-8, with every quotation mark closed."
        faults.append(Fault(str(file), "U117", f"the roster cannot be read: {why}", remedy))
        return {}
    columns = [name.strip().lower() for name in rows[0][1]] if rows else []
    column = next((name for name in ID_COLUMNS if name in columns), None)
    if column is None:
        remedy = "Call the column with the ids `student`; `name` and `lang` may stand beside it."
        faults.append(Fault(f"{file}:1", "U106", "the roster has no column `student`", remedy))
        return {}
    students: dict[str, Student] = {}
    first: dict[str, int] = {}
    for line, cells in rows[1:]:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        language = next((row[name] for name in LANGUAGE_COLUMNS if row.get(name)), "")
        student = Student(row.get(column, ""), row.get("name", ""), language.lower())
        extra = row.get("extra_minutes", "") or "0"
        fault = _fault_in_row(student, first)
        if fault is None and not (extra.isascii() and extra.isdigit() and len(extra) < MOST_DIGITS):
            problem = f"{extra!r} is no number of minutes"
            fault = "U160", problem, "Give a whole number from 0 up, or leave `extra_minutes` empty."
        if fault is None:
            student = structs.replace(student, extra_minutes=int(extra))
            first[identity(student.id)] = line
            students[student.id] = student
        else:
            faults.append(Fault(f"{file}:{line}", *fault))
    if len(rows) == 1:
        remedy = "Add a line for each student."
        faults.append(Fault(str(file), "U118", "the roster names no students", remedy))
    return students


def table_rows(text: str) -> list[tuple[int, list[str]]]:
    """(first line, cells) of every row that is not blank; the separator is what the first row has more of.

    Raises `csv.Error`, also for a quotation mark that is never closed: whoever stands below it would be lost.
    """
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise csv.Error(f"{error} in the row that begins in line {line}") from None
    return rows


def _fault_in_row(student: Student, first: dict[str, int]) -> tuple[str, str, str] | None:
    """Code, problem and remedy; `first` holds the lines of the ids so far."""
    earlier = first.get(identity(student.id))
    if not identity(student.id):
        return "U107", "this line has no id", "Fill it in, or delete the line."
    if earlier is not None:
        problem = f"the id {student.id!r} already stands in line {earlier}"
        return "U105", problem, "Give each student an id that differs in more than case or spaces."
    if student.language and student.language not in languages():
        problem = f"pages are not written in {student.language!r}"
        return "U109", problem, f"Write {' or '.join(languages())}, or leave `lang` empty."
    return None
