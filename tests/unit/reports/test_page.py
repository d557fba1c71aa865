"""What a page says of every finding."""

from __future__ import annotations

import pytest

from grader.author.assignment import Assignment
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record, Student
from grader.model.submission import Remark
from grader.model.verdict import Difference
from grader.reports.exhibit import Exhibit
from grader.reports.page import Page, PartView, gather
from grader.reports.sentences import difference_sentence
from grader.reports.shown import Grid
from grader.reports.words import words_of
from tests.unit.reports.course import class_of, raising, record, troubled


def page(assignment: Assignment, marked: Record, language: str = "en") -> Page:
    """The page of one student."""
    return gather(assignment, Expectations(assignment), marked, language)


def part(assignment: Assignment, marked: Record, name: str, language: str = "en") -> PartView:
    """One part of it."""
    views = [part for task in page(assignment, marked, language).tasks for part in task.parts]
    return next(view for view in views if view.name == name)


def exhibit(view: PartView) -> Exhibit:
    """Its evidence."""
    assert view.exhibit is not None
    return view.exhibit


def test_right_answer_names_its_convention_and_shows_a_public_case(
    assignment: Assignment, people: dict[str, Record]
) -> None:
    """A right part says under which choice it is right, in words."""
    view = part(assignment, people["flipped"], "filtered")
    assert (view.finding, view.notes) == ("right", ("Read as: the kernel is flipped.",))
    assert (exhibit(view).number, exhibit(view).right, exhibit(view).expected) == (1, True, None)


def test_posed_arguments_have_the_names_of_the_oracle(
    assignment: Assignment, people: dict[str, Record]
) -> None:
    """Arguments are shown by name and as values."""
    shown = exhibit(part(assignment, people["misconception"], "filtered")).arguments
    assert [name for name, _ in shown] == ["picture", "kernel"]
    assert isinstance(shown[1][1], Grid)
    assert [[cell.text for cell in line.cells] for line in shown[1][1].lines] == [["1", "0"], ["0", "2"]]


def test_misconception_says_the_authors_sentence(assignment: Assignment, people: dict[str, Record]) -> None:
    """The diagnosis is the author's, translated, beside its stable code."""
    view = part(assignment, people["misconception"], "filtered", "ru")
    assert [one.code for one in view.diagnoses] == ["averages"]
    assert view.diagnoses[0].text.startswith("Вы делите на размер ядра")
    assert view.notes == ("Понято так: ядро не переворачивается.",)


def test_dealt_values_stand_in_sentences(assignment: Assignment) -> None:
    """What was dealt to the student replaces the placeholder in the statement."""
    views = page(assignment, record(assignment, "ivanova")).tasks
    assert ("volts" in views[0].statement) != ("amperes" in views[0].statement)
    assert "{n}" not in views[1].statement


def test_statement_keeps_its_lists(assignment: Assignment) -> None:
    """Lines that mean something to Markdown are not run together."""
    statement = page(assignment, record(assignment, "ivanova")).tasks[0].statement
    assert "\n* Do not pad.\n* Return" in statement


def test_unexplained_part_shows_the_simplest_differing_case(
    assignment: Assignment, people: dict[str, Record]
) -> None:
    """Hidden or not, where the assignment reveals it; the earned aspect is named."""
    view = part(assignment, people["unexplained"], "filtered")
    assert (view.finding, exhibit(view).number, exhibit(view).aspect) == ("unexplained", 2, "wide")
    assert exhibit(view).difference.startswith("First difference at [9, 9]: you have ")
    assert "Right throughout for: plain." in view.notes
    assert "Compared under: the kernel is not flipped." in view.notes


def test_difference_beyond_six_digits_can_be_seen(assignment: Assignment, people: dict[str, Record]) -> None:
    """Numbers that look alike get as many digits as it takes."""
    view = part(assignment, people["digits"], "filtered")
    assert exhibit(view).difference == "First difference at [0, 0]: you have 8.0000001, expected 8."


def test_mixed_conventions_are_named(assignment: Assignment, people: dict[str, Record]) -> None:
    """The engine's own sentence names both choices."""
    view = part(assignment, people["mixed"], "energy")
    assert [one.code for one in view.diagnoses] == ["mixed_conventions"]
    assert "another choice: the kernel is not flipped." in view.diagnoses[0].text
    assert "keep to: the kernel is flipped." in view.diagnoses[0].text
    assert exhibit(view).difference == "You have 5, expected -5."


def test_follow_through_says_so(assignment: Assignment, people: dict[str, Record]) -> None:
    """Judged with the student's own answer, and the textbook's number is named as such."""
    view = part(assignment, people["followed"], "loss")
    assert (view.finding, view.points) == ("followed", view.possible)
    assert any("your own earlier answer (layer.y)" in note for note in view.notes)
    assert exhibit(view).textbook


def test_exception_shows_the_students_own_line(assignment: Assignment, people: dict[str, Record]) -> None:
    """Kind, message and the place in the student's file."""
    shown = exhibit(part(assignment, people["raised"], "filtered"))
    assert shown.trouble == "Your code stopped with ZeroDivisionError: division by zero"
    assert [(frame.place, frame.text) for frame in shown.trace] == [
        ("work.py, line 12", "return total / count")
    ]


def test_time_out_says_which_time(assignment: Assignment, people: dict[str, Record]) -> None:
    """Processor time and waiting are different troubles."""
    cpu = exhibit(part(assignment, people["timed_out"], "filtered")).trouble
    waiting = record(assignment, "waiter", {"filtered": troubled("timed_out", "wall")})
    assert "processor time" in cpu
    assert "waited" in exhibit(part(assignment, waiting, "filtered")).trouble


@pytest.mark.parametrize(
    ("outcome", "kind", "said"),
    [
        ("out_of_memory", "", "more memory"),
        ("crashed", "SIGSEGV", "SIGSEGV"),
        ("crashed", "exit", "ended the Python process"),
        ("crashed", "protocol", "other than an answer"),
        ("crashed", "odd", "ended abruptly"),
        ("timed_out", "not_tried_again", "not called again"),
        ("unsupported", "torch.Tensor", "(torch.Tensor)"),
        ("unsupported", "larger than 1024 kB", "larger than allowed"),
    ],
)
def test_every_trouble_has_its_sentence(assignment: Assignment, outcome: str, kind: str, said: str) -> None:
    """Whatever went wrong is told in words of its own."""
    marked = record(assignment, "troubled", {"filtered": troubled(outcome, kind)})
    assert said in exhibit(part(assignment, marked, "filtered")).trouble


def test_withheld_mark_has_a_reason_and_no_points(assignment: Assignment, people: dict[str, Record]) -> None:
    """Our fault is said to be ours, and the total is not known."""
    shown = page(assignment, people["withheld"])
    assert (shown.points, shown.notices) == (None, ("page.withheld",))
    assert (shown.tasks[0].points, shown.tasks[0].state) == (None, "withheld")
    assert shown.tasks[0].reason.startswith("Something on our side went wrong")


def test_missing_answers_are_missing(assignment: Assignment, people: dict[str, Record]) -> None:
    """Nothing handed in: nothing shown, zero points, and it is said."""
    shown = page(assignment, people["missing"])
    assert [task.state for task in shown.tasks] == ["missing", "missing"]
    assert all(view.exhibit is None for task in shown.tasks for view in task.parts)


def test_not_submitted_is_told(assignment: Assignment, people: dict[str, Record]) -> None:
    """A student of the roster without a submission has a page that says so."""
    assert page(assignment, people["not_submitted"]).notices == ("page.not_submitted",)


def test_remarks_are_sentences(assignment: Assignment) -> None:
    """Codes of reading, loading and repairing become sentences with their place; unknown ones stay honest."""
    remarks = (
        Remark("cell_failed", {"file": "w.ipynb", "cell": "3", "kind": "NameError", "message": "x"}),
        Remark("statement_failed", {"file": "w.py", "line": "7", "kind": "KeyError", "message": ""}),
        Remark("syntax_error", {"file": "w.ipynb, cell 2", "line": "1", "message": "invalid syntax"}),
        Remark("repair", {"name": "plotting", "what": "plt.show"}),
        Remark("nothing_found", {"file": "", "tasks": "q1"}),
        Remark("brand_new", {"self": "x", "code": "y"}),
    )
    shown = page(assignment, record(assignment, "ivanova", remarks=remarks), "ru")
    assert shown.remarks == (
        "w.ipynb, ячейка 3: остановка с исключением NameError: x. Остальные ячейки всё равно выполнены.",
        "w.py, строка 7: остановка с исключением KeyError. Всё, что идёт дальше, всё равно выполнено.",
        "w.ipynb, ячейка 2, строка 1: это не корректный код Python: invalid syntax.",
        "Рисование заменено безвредной заглушкой (plt.show).",
        "В сданной работе не нашлось ни одного ответа. Искали: q1.",
        "Замечание программы: brand_new.",
    )


def test_language_follows_the_student(assignment: Assignment) -> None:
    """Without another wish the page is in the student's language."""
    marked = Record(Student("x", language="ru"), "not_submitted")
    assert gather(assignment, Expectations(assignment), marked).words.language == "ru"


class TestHidden:
    """Under `reveal = "public"` a hidden case tells its aspect and nothing else."""

    def test_inputs_and_values_are_hidden(self, secretive: Assignment) -> None:
        """Neither what was posed nor what was expected nor what came back is shown."""
        shown = exhibit(part(secretive, class_of(secretive)["unexplained"], "filtered"))
        assert (shown.arguments, shown.came_back, shown.expected, shown.public) == ((), None, None, False)
        assert shown.difference == ("The first difference is in a case that is not shown; it tries “wide”.")

    def test_public_case_is_shown(self, secretive: Assignment) -> None:
        """A public case that differs is shown in full."""
        shown = exhibit(part(secretive, class_of(secretive)["misconception"], "filtered"))
        assert shown.public
        assert shown.expected is not None

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("ValueError", "Your code stopped with ValueError."),
            ("Leak_3_1_4", "Your code stopped with an exception of its own in a case that is not shown."),
        ],
    )
    def test_exception_cannot_carry_an_input_out(self, secretive: Assignment, kind: str, said: str) -> None:
        """Neither its message nor a name of the student's own choosing is shown."""

        def leak(values: object) -> object:
            return 5.0 if len(values) == 2 else raising(kind, f"values were {values}")()  # type: ignore[arg-type]

        view = part(secretive, record(secretive, "leaker", {"energy": leak}), "energy")
        assert exhibit(view).trouble == said
        assert exhibit(view).difference == "The first difference is in a case that is not shown."

    def test_right_answer_is_not_given_away(self, secretive: Assignment) -> None:
        """A written answer is no public case: the student sees the own one only."""
        shown = exhibit(part(secretive, class_of(secretive)["followed"], "y"))
        assert (shown.expected, shown.difference) == (None, "")
        assert shown.came_back is not None


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (
            Difference(
                "unreadable",
                actual="2+*3",
                detail={"column": "3", "wanted": "expression_expected", "found": "*"},
            ),
            "The answer could not be read from character 3 on, where it says “*”: a number, a name or a bracket is "
            "expected here.",
        ),
        (
            Difference(
                "unreadable", actual="(2", detail={"column": "3", "wanted": "closing_bracket", "found": ""}
            ),
            "The answer could not be read at character 3: a closing bracket is missing.",
        ),
        (
            Difference("formula", "", "", "x + 5", {"witness": "x = 2", "yours": "7", "right": "5"}),
            "Your formula is not equal to the right one: at x = 2 it gives 7, expected 5.",
        ),
        (Difference("formula"), "Your formula is not equal to the right one."),
        (Difference("line", "3"), "The first step that does not follow is in line 3."),
        (Difference("choice", "", "A", "B"), "You chose B, expected A."),
        (Difference("choice", "cat", "1", "2"), "For “cat” you chose 2, expected 1."),
        (Difference("choice", "", "", "Z"), "Z is none of the choices."),
        (Difference("count", "[1]", "2", "3"), "At [1] the number of values is 3, expected 2."),
        (Difference("dtype", "", "float64", "int64"), "The numbers are of type int64, expected float64."),
        (
            Difference("type", "", "", "set"),
            "What came back is of type set, which cannot be compared with the right answer.",
        ),
        (Difference("value", "\x1b", "1", "2"), "First difference at \\x1b: you have 2, expected 1."),
    ],
)
def test_differences_are_sentences(difference: Difference, said: str) -> None:
    """Each kind says what is known and leaves out what is not."""
    assert difference_sentence(words_of("en"), difference) == said
