"""The grammar of answer sheets: headings, names, and how far an answer goes."""

from __future__ import annotations

import pytest

from grader.formats._headings import Prose, answers_under_headings

ASKED = {"q10": frozenset({"dW", "dx", "z"}), "t2": frozenset({"steps"}), "q1": frozenset({"a_b"})}


@pytest.mark.parametrize(
    ("heading", "task"),
    [
        ("## q10", "q10"),
        ("# Q10. Линейный слой", "q10"),
        ("## Вопрос 10", "q10"),
        ("## вопрос №10: слой", "q10"),
        ("### Question 10", "q10"),
        ("## Задача 2", "t2"),
        ("## Задание 2.", "t2"),
        ("###### **T2** — производная ######", "t2"),
        ("   # q10", "q10"),
    ],
)
def test_a_heading_names_a_task(heading: str, task: str) -> None:
    """A task is found by its name or by its number, in either language, whatever stands behind it."""
    part = "dW" if task == "q10" else "steps"
    assert answers_under_headings(f"{heading}\n{part} = 1", ASKED) == {task: {part: "1"}}


@pytest.mark.parametrize(
    "line",
    [
        "dW = x.T @ dz",
        "q10_dW: x.T @ dz",
        "Q10_dw = x.T @ dz",
        "**dW** = x.T @ dz",
        "**dW:** x.T @ dz",
        "**dW = x.T @ dz**",
        "- dW: x.T @ dz",
        "* dW = x.T @ dz",
        "1. dW = x.T @ dz",
        "2) dW := x.T @ dz",
        "> dW = x.T @ dz",
        "`dW = x.T @ dz`",
        "`dW` = x.T @ dz",
        "dW = `x.T @ dz`",
        "$dW = x.T @ dz$",
        "$$ dW = x.T @ dz $$",
        "### dW\nx.T @ dz",
        "### **dW**:\nx.T @ dz",
        "### q10_dW\nx.T @ dz",
        "## q10 dW\nx.T @ dz",
        "```python\ndW = x.T @ dz\n```",
        "```\n# the gradient by the weights\ndW = x.T @ dz\n```",
        "### Решение\ndW = x.T @ dz",
        "$$\ndW = x.T @ dz\n$$",
    ],
)
def test_an_answer_is_named_in_many_ways(line: str) -> None:
    """Bullets, bold type, code, formulas, fences and sub-headings around a named answer make no difference."""
    assert answers_under_headings(f"## q10\n{line}\n", ASKED) == {"q10": {"dW": "x.T @ dz"}}


def test_an_answer_goes_on_to_the_next_name() -> None:
    """A matrix over several lines is one answer."""
    text = "## q10\ndW = [[1, 2],\n      [3, 4]]\ndx: [5,\n  6]\n"
    assert answers_under_headings(text, ASKED) == {
        "q10": {"dW": "[[1, 2],\n      [3, 4]]", "dx": "[5,\n  6]"}
    }


def test_a_derivation_keeps_its_lines() -> None:
    """Lines that begin with `=` belong to the answer above them."""
    text = "## t2\nsteps = (x y)^2\n= x^2 y^2\n= y^2 x^2\n"
    assert answers_under_headings(text, ASKED) == {"t2": {"steps": "(x y)^2\n= x^2 y^2\n= y^2 x^2"}}


@pytest.mark.parametrize(
    "aside", ["Обратный проход, по правилу цепочки:", "Now comes the gradient", "Ответ получен."]
)
def test_a_paragraph_of_mere_words_is_no_part_of_an_answer(aside: str) -> None:
    """What is said between two answers belongs to neither; in a derivation the lines behind it still count."""
    text = f"## q10\nz = x @ W\n\n{aside}\n\ndW = 7\n## t2\nsteps: x + x\n\n{aside}\n\n= 2 x\n"
    assert answers_under_headings(text, ASKED) == {
        "q10": {"z": "x @ W", "dW": "7"},
        "t2": {"steps": "x + x\n\n\n= 2 x"},
    }


@pytest.mark.parametrize("line", ["sin x cos y", "x y", "= ln arctg x", "матрица [[1]]"])
def test_mathematics_is_not_taken_for_mere_words(line: str) -> None:
    """A formula without signs stays a line of its answer."""
    assert answers_under_headings(f"## t2\nsteps = y\n\n{line}\n", ASKED) == {"t2": {"steps": f"y\n\n{line}"}}


def test_an_answer_may_be_a_word() -> None:
    """Words are an answer where there is no other."""
    assert answers_under_headings("## t2\nsteps:\n\nкрая, размытие\n", ASKED) == {
        "t2": {"steps": "края, размытие"}
    }


def test_what_has_no_name_answers_the_task_as_a_whole() -> None:
    """Text below the heading of a task is its answer, and so is a variable of the task's name."""
    assert answers_under_headings("# t2\n\n2 x + 1\n", ASKED) == {"t2": {"": "2 x + 1"}}
    assert answers_under_headings("t2 = 2 x + 1\n", ASKED) == {"t2": {"": "2 x + 1"}}


def test_prose_of_a_notebook_is_no_answer() -> None:
    """Only what has a name counts in the Markdown cells of a notebook."""
    text = "# t2\nHere I solve it.\nsteps = 2 x\n"
    assert answers_under_headings(text, ASKED, named_only=True) == {"t2": {"steps": "2 x"}}


def test_text_before_the_first_heading_is_no_answer() -> None:
    """A name and a group on top are passed over, but a full name counts anywhere."""
    text = "Иванов Иван\ngroup: M3237\ndW = 7\nq10_dx = 3\n"
    assert answers_under_headings(text, ASKED) == {"q10": {"dx": "3"}}


def test_a_heading_of_something_else_ends_the_task() -> None:
    """What stands under a heading of the same rank that names nothing is not taken for an answer."""
    text = "## q10\ndW = 1\n## Черновик\ndW = 2\n"
    assert answers_under_headings(text, ASKED) == {"q10": {"dW": "1"}}


def test_the_last_of_several_answers_counts() -> None:
    """As with variables, a later answer replaces an earlier one."""
    assert answers_under_headings("## q10\ndW = 1\ndW = 2\n", ASKED) == {"q10": {"dW": "2"}}


def test_several_tasks_stand_in_one_sheet() -> None:
    """Each heading begins a task of its own, in any order."""
    text = "## Задача 2\nsteps: 2 x\n\n## Вопрос 10\ndx = 4\nz = 5\n"
    assert answers_under_headings(text, ASKED) == {"t2": {"steps": "2 x"}, "q10": {"dx": "4", "z": "5"}}


def test_a_comparison_is_no_name() -> None:
    """`z == 5` inside an answer is part of it."""
    assert answers_under_headings("## q10\ndW = 1 if\nz == 5\n", ASKED) == {"q10": {"dW": "1 if\nz == 5"}}


def test_a_blank_answer_is_none() -> None:
    """A sheet that was not filled in answers nothing."""
    assert answers_under_headings("## q10\ndW =\ndx:\n\n## t2\n\n", ASKED) == {}


def test_a_part_may_hold_an_underscore() -> None:
    """The name of a part is what stands behind the task's, underscores and all."""
    assert answers_under_headings("q1_a_b = 3", ASKED) == {"q1": {"a_b": "3"}}


@pytest.mark.parametrize(
    "piece", [" ", "#", "# ", "`", "-", "*", "a", "=", "q10_dW", "q10_dW = 1\n", "\n", ".", "$"]
)
@pytest.mark.parametrize("head", ["", "# q10\n", "# q10", "dW = x", "dW"])
def test_long_lines_take_linear_time(head: str, piece: str) -> None:
    """A line of a hundred thousand repeated characters is read at once (quadratic time would take minutes)."""
    answers_under_headings(head + piece * 100_000 + "x", ASKED)


def test_prose_goes_on_over_paragraphs_headings_and_lists() -> None:
    """What is written in words is the answer here, up to the next answer that has a name."""
    asked = {"q19": frozenset({"when", Prose("case")}), "q20": frozenset({"z"})}
    prose = "Данных мало.\n\nПоэтому замораживаем слои\n\n# Мой вывод\n\n1. data: мало\n\nвот и всё"
    text = f"# q19\n\n## case\n\n{prose}\n\n## when\n\na\n\nпросто слова\n\n# q20\nz = 1\n"
    assert answers_under_headings(text, asked) == {"q19": {"case": prose, "when": "a"}, "q20": {"z": "1"}}
    assert answers_under_headings(text, asked, named_only=True)["q19"]["case"] == prose


def test_prose_may_stand_behind_its_name() -> None:
    """`case: …` begins it as well."""
    asked = {"q19": frozenset({Prose("case")})}
    assert answers_under_headings("# q19\ncase: Мало данных\n\nи всё\n", asked) == {
        "q19": {"case": "Мало данных\n\nи всё"}
    }
