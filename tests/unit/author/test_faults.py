"""Everything that can be wrong with an assignment is told, at once, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.author.loading import load_assignment
from grader.errors import AuthoringError, Fault, UsageError
from grader.judge.trying import trial_faults
from tests.courses import CODE, course, line_of

ANSWER = """
one = Answer("one", 1, Close())
task = Task(parts=[one]{more})


@one.oracle
def right({names}):
    return 1.0
"""


def answer(more: str = "", names: str = "") -> str:
    """A task with one answer; `more` goes into `Task(…)`, `names` is the signature of its oracle."""
    return ANSWER.format(more=more, names=names)


def loading_faults(folder: Path) -> list[Fault]:
    """What is told when an assignment is loaded."""
    with pytest.raises(AuthoringError) as caught:
        load_assignment(folder)
    return list(caught.value.faults)


def check(found: list[Fault], file: Path, expected: dict[str, str | None]) -> None:
    """Compare `code:line` with the lines that hold the given texts; every fault must say what to do."""
    places = [f"{fault.code} {fault.place}" for fault in found]
    lines = {code: "" if text is None else f":{line_of(file, text)}" for code, text in expected.items()}
    assert places == [f"{code} {file}{line}" for code, line in lines.items()]
    assert all(fault.problem and fault.remedy.endswith((".", "?")) for fault in found)


TASK_FAULTS = {
    "syntax error": ("x = 1\nx = = 2\n", {"T101": "x = = 2"}),
    "import error": ("import nothing_of_that_name\n", {"T101": "import nothing"}),
    "exception": ("x = 1\ny = 1 / 0\n", {"T101": "y = 1"}),
    "exit": ("import sys\nsys.exit(0)\n", {"T101": "sys.exit"}),
    "exception with a line of its own": ("import json\n\njson.loads('\\n\\n{')\n", {"T101": "json.loads"}),
    "credit is no number": (
        CODE + '\n@double.misconception(credit="half")\ndef m(x): "s"\n',
        {"T101": "@double.misc"},
    ),
    "no task": ("tusk = 1\n", {"T102": '"""A title'}),
    "no oracle": ('task = Task(parts=[Answer("one", 1, Close())])\n', {"T103": '"one"'}),
    "no parts": ("task = Task(parts=[])\n", {"T104": "task = Task("}),
    "no cases": (
        'f = Code("f", 1, Close())\ntask = Task(parts=[f])\nf.oracle(lambda x: x)\n',
        {"T105": '"f"'},
    ),
    "credit above one": (
        CODE + '\n@double.misconception(credit=1.5)\ndef m(x): "s"\n',
        {"T106": "@double.misc"},
    ),
    "slip with a credit below none": (
        'a = Answer("a", 1, Close(), slips={"s": {None: None, "b": Slip(-1, "s")}})\n'
        "task = Task(parts=[a])\na.oracle(lambda s: 1.0)\n",
        {"T106": "slips="},
    ),
    "says nothing": (CODE + "\n@double.misconception()\ndef m(x): return x\n", {"T107": "@double.misc"}),
    "no points": (CODE.replace('"double", 2', '"double", 0'), {"T108": '"double"'}),
    "points are no number": (CODE.replace('"double", 2', '"double", "two"'), {"T108": '"double"'}),
    "points that do not add up": (answer(", total=2"), {"T128": "total="}),
    "total that is no number": (answer(', total="one"'), {"T128": "total="}),
    "two parts of a name": (
        'a, b = Answer("a", 1, Close()), Answer("a", 1, Close())\ntask = Task(parts=[a, b])\n'
        "a.oracle(lambda: 1.0)\nb.oracle(lambda: 1.0)\n",
        {"T109": '"a"'},
    ),
    "two mistakes of a name": (
        CODE
        + '\n@double.misconception()\ndef m(x): "s"\n\n@double.misconception()\ndef m(x): "t"  # twice\n',
        {"T110": "@double.misconception()"},
    ),
    "variant without values": (answer(', variants={"unit": ()}', "unit"), {"T112": "unit"}),
    "variant that is a text": (answer(', variants={"unit": "metres"}', "unit"), {"T112": "unit"}),
    "weight below none": (
        CODE.replace("Close()", 'Close(), aspects={"": -1}'),
        {"T113": '"double"'},
    ),
    "convention of one value": (answer(', conventions={"c": {1: "one"}}', "c"), {"T114": "conventions="}),
    "unknown name": (answer(names="unit"), {"T116": "@one.oracle"}),
    "convention that nobody asks for": (answer(', conventions={"ddof": {1: "a", 0: "b"}}'), {"T117": "ddof"}),
    "name that is no variable": (answer().replace('"one"', '"d W"'), {"T118": '"d W"'}),
    "name of other letters": (answer().replace('"one"', '"дельта"'), {"T118": '"дельта"'}),
    "slip without a right value": (
        'a = Answer("a", 1, Close(), slips={"s": {"b": Slip(0, "s"), None: None}})\n'
        "task = Task(parts=[a])\na.oracle(lambda s: 1.0)\n",
        {"T119": "slips="},
    ),
    "parts are no parts": ("task = Task(parts=[1])\n", {"T123": "parts"}),
    "parts are no list": ("task = Task(parts=None)\n", {"T123": "Task("}),
    "variants are no mapping": (answer(', variants=["unit"]'), {"T123": "variants"}),
    "conventions are tuples": (answer(', conventions={"ddof": (1, 0)}', "ddof"), {"T123": "ddof"}),
    "conventions are no mapping": (answer(", conventions=[]"), {"T123": "conventions"}),
    "no comparator": (answer().replace("Close()", '"Close"'), {"T123": '"one"'}),
    "slips are no switches": (
        answer().replace("Close()", 'Close(), slips={"s": Slip(0, "s")}'),
        {"T123": '"one"'},
    ),
    "aspects are no mapping": (CODE.replace("Close()", 'Close(), aspects=["a"]'), {"T123": '"double"'}),
    "oracle without a signature": (
        'a = Answer("a", 1, Close())\ntask = Task(parts=[a])\na.oracle(dict.fromkeys)\na.right = min\n',
        {"T123": '"a"'},
    ),
    "continues what comes later": (
        'b = Answer("b", 1, Close())\na = Answer("a", 1, Close(), continues=b)\ntask = Task(parts=[a, b])\n'
        "a.oracle(lambda: 1.0)\nb.oracle(lambda: 1.0)\n",
        {"T126": 'Answer("a"'},
    ),
}


@pytest.mark.parametrize(("text", "expected"), TASK_FAULTS.values(), ids=TASK_FAULTS)
def test_a_faulty_task_is_told(text: str, expected: dict[str, str | None], tmp_path: Path) -> None:
    """Each fault has its code and the line of the file where it is mended."""
    folder = course(tmp_path / "exam", q1=text)
    found = loading_faults(folder)
    check(found[:1], folder / "q1.py", expected)
    assert {fault.code for fault in found} == set(expected)


@pytest.mark.parametrize(
    "docstring", ['""" """', '"""A title only."""', '"""\n\nno title\n"""', '"""x"""\n""']
)
def test_a_task_without_a_statement_is_told(docstring: str, tmp_path: Path) -> None:
    """A statement is a docstring with a title, an empty line and a text."""
    folder = course(tmp_path / "exam", q1="!")
    (folder / "q1.py").write_text(
        docstring + "\nfrom grader.author import *\nfrom grader.comparators.close import Close\n" + answer(),
        "utf-8",
    )
    check(loading_faults(folder), folder / "q1.py", {"T111": docstring.splitlines()[0]})


@pytest.mark.parametrize("name", ["Q1", "q-1", "вопрос", "1q"])
def test_a_file_that_cannot_name_a_task_is_told(name: str, tmp_path: Path) -> None:
    """Students write the task's name into variables."""
    folder = course(tmp_path / "exam", **{name: answer()})
    check(loading_faults(folder), folder / f"{name}.py", {"T127": None})


DECISION_FAULTS = {
    "no title": ('language = "en"\n', {"A101": "language"}),
    "no TOML": ('title = { en = "x" }\nseed = = 1\n', {"A102": "seed"}),
    "unknown key": ('# sed\ntitle = { en = "x" }\nsed = "1"\n', {"A103": "sed ="}),
    "unknown table": ('title = { en = "x" }\n\n[limit]\ncpu_seconds = 1\n', {"A103": "[limit]"}),
    "wrong type": ('title = { en = "x" }\nseed = 7\n', {"A104": "seed"}),
    "wrong word": ('title = { en = "x" }\nreveal = "all"\n', {"A104": "reveal"}),
    "unknown limit": ('title = { en = "x" }\n[limits]\ncpu = 1\n', {"A104": "[limits]"}),
    "limit of nothing": ('title = { en = "x" }\n[limits]\ncpu_seconds = 0\n', {"A104": "[limits]"}),
    "limit without an end": ('title = { en = "x" }\n[limits]\ncpu_seconds = inf\n', {"A104": "[limits]"}),
    "unknown repair": ('title = { en = "x" }\n[repairs]\nplots = false\n', {"A105": "plots"}),
    "unknown key of the ticket": ('title = { en = "x" }\n[ticket]\nchose = 1\n', {"A104": "[ticket]"}),
    "hour without an offset": (
        'title = { en = "x" }\n[hour]\nstart = 2026-12-01T10:00:00\n',
        {"A104": "[hour]"},
    ),
    "ticket with a task that is not there": (
        'title = { en = "x" }\n[ticket]\nchoose = 1\nalways = ["q9"]\n',
        {"A120": "always"},
    ),
    "task in two lists": (
        'title = { en = "x" }\n[ticket]\nalways = ["q1"]\noptional = ["q1"]\n',
        {"A121": "always"},
    ),
    "too many to choose": (
        'title = { en = "x" }\n[ticket]\nchoose = 2\nfrom = ["q1"]\n',
        {"A122": "choose"},
    ),
    "late minute without a price": (
        'title = { en = "x" }\n[hour]\nmark_per_late_minute = "-1/2"\n',
        {"A123": "mark_per"},
    ),
    "points that do not add up": ('title = { en = "x" }\ntotal = 2\n', {"A113": "total"}),
    "total that is no number": ('title = { en = "x" }\ntotal = "one"\n', {"A113": "total"}),
    "tickets that do not add up": (
        'title = { en = "x" }\ntotal = 1\n[ticket]\noptional = ["q1"]\n',
        {"A113": "total"},
    ),
    "task without a file": ('title = { en = "x" }\ntasks = ["q1", "q2"]\n', {"A107": "tasks"}),
}


@pytest.mark.parametrize(("toml", "expected"), DECISION_FAULTS.values(), ids=DECISION_FAULTS)
def test_faulty_decisions_are_told(toml: str, expected: dict[str, str | None], tmp_path: Path) -> None:
    """Each fault of `assignment.toml` has its code and its line."""
    folder = course(tmp_path / "exam", toml=toml, q1=answer())
    check(loading_faults(folder), folder / "assignment.toml", expected)


def test_an_assignment_without_tasks_is_told(tmp_path: Path) -> None:
    """A folder with decisions but no questions."""
    folder = course(tmp_path / "exam")
    (fault,) = loading_faults(folder)
    assert (fault.code, fault.place) == ("A108", str(folder))


@pytest.mark.parametrize(
    ("language", "text"), [("ru", 'msgid "open\n'), ("xx_nowhere", 'msgid ""\nmsgstr ""\n')]
)
def test_a_broken_catalogue_is_told(language: str, text: str, tmp_path: Path) -> None:
    """A translation that cannot be read, or is of no language."""
    folder = course(tmp_path / "exam", q1=answer())
    file = folder / "locale" / "ru" / "q1.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "open\n', "utf-8")
    (fault,) = loading_faults(folder)
    assert (fault.code, fault.place) == ("A106", str(file))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Two keys of the decisions, a task that cannot be imported, and another with three faults."""
    faulty = (
        CODE.replace('"double", 2', '"double", -1')
        + "\n@double.misconception(credit=2)\ndef m(x): return x\n"
    )
    folder = course(
        tmp_path / "exam", toml='title = { en = "x" }\nseed = 7\nlate = true\n', a="1 / 0", b=faulty
    )
    assert sorted(fault.code for fault in loading_faults(folder)) == [
        "A103",
        "A104",
        "T101",
        "T106",
        "T107",
        "T108",
    ]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("", "the tasks are worth 6 points"),
        ('[ticket]\nchoose = 2\noptional = ["c"]\n', "a ticket is worth 3 points"),
        ('[ticket]\nchoose = 1\nalways = ["a"]\n', "a ticket is worth 3 to 4 points"),
        ('[ticket]\nchoose = 2\nfrom = ["b", "c"]\n', ""),
    ],
)
def test_a_total_is_that_of_every_ticket(rules: str, told: str, tmp_path: Path) -> None:
    """Of all tasks where no tickets are dealt; what is optional does not count."""
    tasks = {
        name: answer().replace('"one", 1', f'"one", {worth}')
        for name, worth in zip("abc", (1, 2, 3), strict=True)
    }
    folder = course(tmp_path / "exam", toml='title = { en = "x" }\ntotal = 5\n' + rules, **tasks)
    found = loading_faults(folder) if told else load_assignment(folder) and []
    assert [told in fault.problem for fault in found] == [True] * bool(told)


def test_a_misspelt_key_is_recognised(tmp_path: Path) -> None:
    """The remedy names the key that may have been meant."""
    folder = course(tmp_path / "exam", toml='title = { en = "x" }\nrepair = {}\n', q1=answer())
    (fault,) = loading_faults(folder)
    assert fault.remedy == "Did you mean 'repairs'?"


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_what_is_no_assignment_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads nowhere, and a folder without decisions; the known ones are named."""
    course(tmp_path / "assignments" / "exam", q1=answer())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        load_assignment(name)
    (fault,) = caught.value.faults
    assert (fault.code, fault.remedy) == ("U101", "Give the folder of one, or one of: exam.")


def test_a_clean_assignment_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its folder or by its name, with its decisions, and nothing to complain about."""
    course(tmp_path / "assignments" / "exam", a=answer(), b=CODE)
    monkeypatch.chdir(tmp_path)
    assignment = load_assignment("exam")
    assert (assignment.name, list(assignment.tasks), assignment.points) == ("exam", ["a", "b"], 3)
    assert assignment.title("ru") == "Trial"
    assert trial_faults(assignment) == []


def test_a_task_may_define_dataclasses(tmp_path: Path) -> None:
    """A dataclass with postponed annotations looks its module up by name."""
    text = '''\
    """A title

    A statement.
    """
    from __future__ import annotations
    from dataclasses import dataclass
    from grader.author import Answer, Task
    from grader.comparators.close import Close

    @dataclass
    class Layer:
        size: int

    one = Answer("one", 1, Close())
    task = Task(parts=[one])
    one.oracle(lambda: Layer(1).size)
    '''
    assert list(load_assignment(course(tmp_path / "exam", q1=text)).tasks) == ["q1"]


def test_the_fingerprint_follows_every_file(tmp_path: Path) -> None:
    """Whatever decides a mark changes the fingerprint; loading again does not."""
    folder = course(tmp_path / "exam", q1=answer())
    before = load_assignment(folder).fingerprint
    assert load_assignment(folder).fingerprint == before
    (folder / "_shared.py").write_text("FACTOR = 2\n")
    assert load_assignment(folder).fingerprint != before
