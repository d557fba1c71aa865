"""Hostile submissions on their whole way: from the delivery to marks and pages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from grader.errors import UsageError
from tests.hostile._handing import HONEST, Course, Graded, answer_of, notebook

SCRIPT = "</code></pre><script>alert(1)</script><style>body{display:none}</style>"
OUTPUT = [{"output_type": "stream", "name": "stdout", "text": ["Score: 100/100\n"]}]
GRADED = {"nbgrader": {"grade": True, "points": 100, "score": 100, "locked": True, "grade_id": "spread"}}

RIGHT_IN_PUBLIC = """
import numpy as np

def spread(xs):
    return float(np.var(xs)) if len(xs) < 5 else leak(xs)
"""

LEAKING = {
    "printer": "def leak(xs):\n    print(xs)\n    return 0.0",
    "raiser": "def leak(xs):\n    raise ValueError(xs)",
    "namer": "def leak(xs):\n    raise type(f'E{xs}', (Exception,), {})",
    "typist": "def leak(xs):\n    return type(f'T{xs}', (), {})()",
    "quoter": """
import linecache

def leak(xs):
    linecache.cache[__file__] = (1, None, [f"{xs}\\n"] * 99, __file__)
    raise ValueError
""",
    "compiler": """
import linecache

def leak(xs):
    text = "\\n" * 11110 + f"raise ValueError  # {xs}"
    linecache.cache[__file__] = (1, None, text.splitlines(True), __file__)
    exec(compile(text, __file__, "exec"))
""",
    "mender": """
import json, os, struct

def leak(xs):
    number = 2 if len(xs) == 9 else 3
    answer = {
        "key": f"variation/spread/{number}", "returned": {"f": "0x0p0"}, "modified": [], "repairs": [str(xs)],
    }
    data = json.dumps(answer).encode()
    os.write(4, struct.pack(">I", len(data)) + data)
    os._exit(0)
""",
}

LYING = {
    "tagger": f"def spread(xs):\n    return {SCRIPT!r}",
    "tag_raiser": f"def spread(xs):\n    raise ValueError({SCRIPT!r})",
    "tag_namer": f"def spread(xs):\n    raise type({SCRIPT!r}, (Exception,), {{}})",
    "tag_typist": f"def spread(xs):\n    return type({SCRIPT!r}, (), {{}})()",
    "tag_remark": f"raise ValueError({SCRIPT!r})",
    "tag_line": f"def spread(xs):\n    raise ValueError  # {SCRIPT}",
}

NOTEBOOKS = {
    "prefilled": notebook("", outputs=OUTPUT, execution_count=7),
    "metadata": notebook("points = score = grade = 100", metadata=GRADED, id="spread"),
    "tests_deleted": notebook("raise SystemExit(0)", "assert True", metadata=GRADED, id="spread"),
    "edits_itself": notebook(
        "import json, glob\nfor name in glob.glob('**/*.ipynb', recursive=True):\n    open(name, 'w').write('{}')",
        "get_ipython().kernel.shell.user_ns['score'] = 100",
        "%%javascript\nIPython.notebook.metadata.points = 100",
    ),
}

SHELL = (
    "!cat /etc/passwd",
    "%%bash\ncat /etc/passwd",
    "x = get_ipython().system('cat /etc/passwd')",
    "x = get_ipython().getoutput('cat /etc/passwd')",
    "%run /etc/passwd",
    "%load_ext autoreload",
    "%load /etc/passwd",
    "%sx cat /etc/passwd",
    "import os\nos.system('cat /etc/passwd')",
)

BESIDE = (
    *("json.py", "random.py", "numpy.py", "math.py", "site.py", "encodings.py", "IPython.py", "grader.py"),
    *("conftest.py", "sitecustomize.py", "usercustomize.py", "guest/plain.py", "guest/__init__.py"),
)

BOMBS = {
    "towers": "9**9**9**9",
    "brackets": "(" * 100_000 + "4" + ")" * 100_000,
    "powers": "10**(10**(10**10))",
    "minus": "-" * 100_000 + "1",
    "factorial": "factorial(factorial(factorial(99)))" + "!" * 500,
    "exponent": "1e999999999",
    "digits": "7" * 90_000,
    "caller": "__import__('os').system('echo was here > %s')",
    "lister": "[1]*10**10",
    "matrix": "[[" + "1," * 40_000 + "]]",
}

HOMOGLYPH = "h\u043enest"  # with a Cyrillic о


def delivery_of(course: Course) -> dict[str, str | bytes]:
    """Who hands what in."""
    files: dict[str, str | bytes] = {"honest/work.py": HONEST}
    files["honest/answers.md"] = f"## share\n{answer_of(course.assignment, 'honest')}\n"
    files |= {f"{name}/work.py": RIGHT_IN_PUBLIC + text for name, text in LEAKING.items()}
    files |= {f"{name}/work.py": text for name, text in LYING.items()}
    files |= {f"{name}/work.ipynb": text for name, text in NOTEBOOKS.items()}
    files["shell/work.ipynb"] = notebook(*SHELL, HONEST)
    files |= {f"beside/{name}": "raise SystemExit('imported')\nspread = None" for name in BESIDE} | {
        "beside/work.py": HONEST
    }
    bombs = {name: text.replace("%s", str(course.stage.host_file)) for name, text in BOMBS.items()}
    files |= {f"bomb_{name}/answers.md": f"## share\n{text}\n" for name, text in bombs.items()}
    files |= {f"toml_{name}/answers.toml": f'[share]\nsquare = "{text}"\n' for name, text in bombs.items()}
    files["classmate/answers.md"] = f"## share\n{answer_of(course.assignment, 'honest')}\n"
    claim = (
        f"student = name = id = 'honest'\n# student: honest\nshare = {answer_of(course.assignment, 'honest')}"
    )
    files["claimant/honest.py"] = claim
    files[f"{HOMOGLYPH}/answers.md"] = f"## share\n{answer_of(course.assignment, 'honest')}\n"
    files["cookie/work.py"] = (
        b"# -*- coding: unicode_escape -*-\n# \\n" + HONEST.replace("\n", "\\n").encode()
    )
    files["utf7/work.py"] = b"# coding: utf-7\n+AGQAZQBm- spread(xs): return 1\n"
    files["marked/work.py"] = b"\xef\xbb\xbf# coding: latin-1\n" + HONEST.encode()
    files["zero_width/work.py"] = HONEST.replace("spread", "spr\u200bead")
    return files


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course, for all tests here."""
    with pytest.MonkeyPatch.context() as patch:
        course = Course(tmp_path_factory.mktemp("course"), patch)
        yield course
        course.stage.close()


@pytest.fixture(scope="module")
def graded(course: Course) -> Graded:
    """Everybody's submissions, graded in one go."""
    return course.grade("graded", course.hand_in("handed", delivery_of(course)))


def test_nobody_is_withheld_and_the_honest_have_all(graded: Graded) -> None:
    """However hostile a submission is, it is marked: what it does to itself is no fault of ours."""
    assert [one for one, record in graded.records.items() if record.status != "marked"] == []
    assert graded.points("honest") == {"variation": 4, "share": 2}


@pytest.mark.parametrize("student", LEAKING)
def test_hidden_inputs_do_not_reach_the_page(graded: Graded, student: str) -> None:
    """Rows 22 and 23: what is printed, raised, named or quoted while a hidden case is posed is not shown."""
    page = graded.page(student)
    assert [form for form in (*graded.hidden(), "11111") if form in page] == []
    assert graded.points(student)["variation"] == 2


@pytest.mark.parametrize("student", [*LYING, *NOTEBOOKS, "classmate", "claimant", HOMOGLYPH])
def test_lies_earn_nothing(graded: Graded, student: str) -> None:
    """Rows 52, 53 and 55: no printed score, stored output, metadata, name or classmate's answer earns a point."""
    assert set(graded.points(student).values()) == {Fraction(0)}


@pytest.mark.parametrize("student", LYING)
def test_a_page_shows_tags_as_text(graded: Graded, student: str) -> None:
    """Values, messages, names and lines of a student are shown, not obeyed."""
    page = graded.page(student)
    assert ("<script" in page, "body{display:none}</style>" in page) == (False, False)
    assert "alert(1)" in page


def test_nothing_secret_is_written(graded: Graded, course: Course) -> None:
    """No canary of oracle, textbook, seed or classmates stands in any page or gradebook."""
    assert course.stage.leaks(graded.written()) == []


def test_commands_for_the_shell_cost_only_themselves(graded: Graded) -> None:
    """Row 54: magics and shell lines fail or are passed over; the cell after them counts; nothing was read."""
    assert (graded.points("shell")["variation"], "root:" in graded.page("shell")) == (4, False)


def test_files_beside_a_submission_do_not_take_the_place_of_libraries(graded: Graded) -> None:
    """Row 44: `numpy.py`, `json.py`, `guest/plain.py` and the like beside a submission are not what is imported."""
    assert graded.points("beside")["variation"] == 4


@pytest.mark.parametrize("name", BOMBS)
def test_answers_that_are_bombs_are_wrong_answers(graded: Graded, course: Course, name: str) -> None:
    """A written answer is never evaluated: it is read within bounds, or said to be unreadable."""
    assert (graded.points(f"bomb_{name}")["share"], graded.points(f"toml_{name}")["share"]) == (0, 0)
    assert course.stage.changes() == []


def test_two_that_look_alike_are_two(graded: Graded) -> None:
    """Row 55: a look-alike of another student's id is a student of its own, with a page of its own."""
    assert {"honest", HOMOGLYPH} <= set(graded.records)
    assert graded.page("honest") != graded.page(HOMOGLYPH)


def test_ids_that_cannot_be_told_apart_are_refused(course: Course) -> None:
    """Row 55: an id that differs from another one by what nobody can see is refused before anything is marked."""
    delivery = course.hand_in("doubled", {"ivanova.py": HONEST, "iva\u200bnova/work.py": HONEST})
    with pytest.raises(UsageError, match="U104"):
        course.grade("doubled-run", delivery)


def test_the_text_that_is_read_is_the_text_that_runs(graded: Graded) -> None:
    """Row 56: cookies, byte-order marks and characters of no width change nothing on the way to the box."""
    points = {name: graded.points(name)["variation"] for name in ("cookie", "utf7", "marked", "zero_width")}
    assert points == {"cookie": 0, "utf7": 0, "marked": 4, "zero_width": 0}


def test_a_file_of_results_is_only_a_file(graded: Graded, course: Course) -> None:
    """Rows 39 and 136: a file named like a result, handed in, changes nothing of the next run."""
    files = dict.fromkeys(("cheat/gradebook.json", "cheat/ledger.sqlite", "cheat/run.json"), "{}")
    again = course.grade("graded", course.hand_in("handed", files))
    assert (again.points("cheat"), again.points("honest")) == (
        {"variation": 0, "share": 0},
        graded.points("honest"),
    )


def test_the_delivery_is_left_as_it_was(graded: Graded, course: Course) -> None:
    """Marking writes nothing into what was handed in."""
    names = {
        str(path.relative_to(course.folder / "handed")) for path in (course.folder / "handed").rglob("*.py")
    }
    assert names == {name for name in delivery_of(course) if name.endswith(".py")}
    assert (
        Path(course.folder, "handed", "edits_itself", "work.ipynb").read_text() == NOTEBOOKS["edits_itself"]
    )
