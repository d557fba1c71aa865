"""The same sentences in a terminal: the summary of a run, one checked file, faults of an assignment.

Texts are `rich.text.Text` throughout: neither ANSI codes nor rich's own markup in a student's text have an effect.
Without a terminal there is no colour and no box.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.author.assignment import Assignment
from grader.errors import FaultyInput
from grader.model.gradebook import Record
from grader.model.verdict import WAITING
from grader.reports.census import Census, census_of, diagnosis_text, row
from grader.reports.exhibit import Exhibit
from grader.reports.page import Page, PartView, TaskView
from grader.reports.shown import Grid, Group, Plain, Shown, visible
from grader.reports.texts import TextView
from grader.reports.words import Words, words_of

COLUMNS = ("right", "mistake", "unexplained", "missing", "awaiting", "withheld")
DIAGNOSES = 10
"""Diagnoses of a class that a summary names."""
STYLES = {
    "right": "green",
    "followed": "green",
    "misconception": "red",
    "unexplained": "red",
    "failed": "red",
    "none": "red",
}
OTHER_STYLE = "yellow"


def summary(assignment: Assignment, records: Iterable[Record], language: str = "") -> None:
    """Print how the class did; `records` are read once and let go."""
    words = words_of(language or assignment.decisions.language)
    census = census_of(assignment, (row(record) for record in records))
    console = _console()
    console.print(tasks_table(assignment, census, words, boxed=console.is_terminal))
    for text in diagnoses(assignment, census, words):
        console.print(text, soft_wrap=True)


def check(page: Page) -> None:
    """Print what a page says."""
    _console().print(styled(page), soft_wrap=True)


def tell_unchecked(words: Words, answered: Mapping[str, bool | None]) -> None:
    """Name what is asked but was not checked, and whether there is an answer to it."""
    if not answered:
        return
    text = Text(f"{words.say('kit.unchecked')}\n", "dim")
    for name, there in answered.items():
        code = "kit.function" if there is None else "kit.there" if there else "kit.missing"
        text.append(f"  {name}  {words.say(code)}\n")
    _console().print(text, soft_wrap=True, end="")


def render(page: Page) -> str:
    """Give what a page says as plain text."""
    return styled(page).plain


def fault_list(error: FaultyInput, language: str = "en") -> Text:
    """Every fault with its place, code and remedy, and how many there are."""
    text = Text()
    for fault in error.faults:
        text.append(visible(fault.place), "bold").append(f": {fault.code} {visible(fault.problem)}\n")
        text.append(f"    {visible(fault.remedy)}\n")
        for line in fault.detail.splitlines():
            text.append(f"    {visible(line)}\n", "dim")
    return text.append(words_of(language).count("count.faults", len(error.faults))).append("\n")


def _console() -> Console:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        reconfigure(errors="backslashreplace")
    return Console(highlight=False, markup=False, emoji=False)


def tasks_table(assignment: Assignment, census: Census, words: Words, *, boxed: bool) -> Table:
    """Tasks with their mean and with how many students are right, mistaken, and so on."""
    # a box puts a blank between columns, too
    padding = (0, 1 if boxed else 2, 0, 0)
    table = Table(box=box.SIMPLE_HEAD if boxed else None, padding=padding, pad_edge=False, show_edge=False)
    table.add_column(words.say("label.task"), overflow="fold")
    for heading in ("mean", *COLUMNS):
        # a line for each word: eight columns have to share eighty characters, and folding would cut words
        lines = "\n".join(words.say(f"label.{heading}").split())
        table.add_column(lines, justify="right", overflow="fold")
    for name, task in assignment.asked.items():
        counted = census.tasks[name]
        counts = [Text(str(counted.columns[column])) for column in COLUMNS]
        table.add_row(Text(name), _mean(words, counted.mean, task.points), *counts)
    table.add_row(Text(words.say("label.total")), _total(words, census), *(Text() for _ in COLUMNS))
    return table


def _total(words: Words, census: Census) -> Text:
    """The mean of the totals; in per cent where not the same was asked of everyone."""
    if census.possible is None:
        return Text("—" if census.share is None else f"{words.number(census.share * 100, 0)} %")
    return _mean(words, census.mean, census.possible)


def _mean(words: Words, mean: Fraction | None, possible: Fraction) -> Text:
    return Text(f"{'—' if mean is None else words.number(mean)} / {words.number(possible)}")


def diagnoses(assignment: Assignment, census: Census, words: Words) -> Iterator[Text]:
    """The most frequent mistakes of the class with their sentences."""
    counted = [(count, *key) for task in census.tasks.values() for key, count in task.codes.items()]
    top = sorted(counted, key=lambda item: (-item[0], *item[1:]))[:DIAGNOSES]
    if top:
        yield Text(f"\n{words.say('class.diagnoses')}", "bold")
    for count, place, code in top:
        yield Text(f"{count:>5}  {place}:{code}  ").append(
            diagnosis_text(assignment, words, place, code), "dim"
        )


def styled(page: Page) -> Text:
    """What a page says, with styles for a terminal."""
    words = page.words
    text = Text()
    text.append(f"{page.title}\n", "bold")
    text.append(" · ".join(filter(None, (page.name, page.student))) + "\n")
    if page.points is not None:
        earned = words.number(page.points)
        text.append(words.count("count.of_points", page.possible, earned=earned) + "\n")
    for code in page.notices:
        text.append(words.say(code) + "\n")
    for remark in page.remarks:
        text.append(f"- {remark}\n", "dim")
    for task in page.tasks:
        _add_task(text, words, task)
    return text


def _points(words: Words, earned: Fraction | None, possible: Fraction) -> str:
    return f"{'—' if earned is None else words.number(earned)} / {words.number(possible)}"


def _add_task(text: Text, words: Words, task: TaskView) -> None:
    text.append(f"\n{task.name}  {task.title}", "bold")
    text.append(f"  {_points(words, task.points, task.possible)}  ")
    text.append(f"{task.badge}\n", STYLES.get(task.state, OTHER_STYLE))
    if task.reason:
        text.append(f"  {task.reason}\n")
    for part in task.parts:
        _add_part(text, words, part)


def _add_part(text: Text, words: Words, part: PartView) -> None:
    earned = None if part.finding in WAITING else part.points
    text.append(f"  {part.name}  {_points(words, earned, part.possible)}  ")
    text.append(f"{part.badge}\n", STYLES.get(part.finding, OTHER_STYLE))
    said = [diagnosis.text for diagnosis in part.diagnoses]
    if not said and part.finding != "right":
        said = [part.sentence] if part.sentence else []
    for line in (*said, *part.notes, *part.repairs):
        text.append(f"    {line}\n")
    if part.exhibit is not None and part.exhibit.modified:
        text.append(f"    {words.say('page.modified', names=', '.join(part.exhibit.modified))}\n")
    if part.exhibit is not None and not (part.exhibit.right and part.exhibit.number):
        _add_exhibit(text, words, part.exhibit)
    if part.text is not None:
        _add_text(text, words, part.text)


def _add_text(text: Text, words: Words, view: TextView) -> None:
    text.append(f"    {words.say('page.your_answer')}:\n", "dim").append(
        "".join(f"      {line}\n" for line in view.lines)
    )
    if view.left_out:
        text.append(f"      {words.say('page.left_out.text', count=view.left_out)}\n", "dim")
    text.append(f"    {words.say('page.rubric')}:\n", "dim")
    for criterion in view.rubric:
        sign = {None: " ", True: "✓", False: "✗"}[criterion.met]
        text.append(f"      [{sign}] {criterion.says} ({words.count('count.points', criterion.possible)})\n")
        if criterion.comment:
            text.append(f"          {criterion.comment}\n")


def _add_exhibit(text: Text, words: Words, exhibit: Exhibit) -> None:
    if exhibit.number:
        heading = words.say("page.case.public" if exhibit.public else "page.case", number=exhibit.number)
        aspect = f" · {words.say('page.case.tries', aspect=exhibit.aspect)}" if exhibit.aspect else ""
        text.append(f"    {heading}{aspect}\n", "dim")
    for line in filter(None, (exhibit.trouble, exhibit.difference)):
        text.append(f"    {line}\n")
    for frame in exhibit.trace:
        text.append(f"      {frame.place}: {frame.text}\n")
    for name, value in exhibit.arguments:
        _add_value(text, words, f"{name} =", value, 6)
    if exhibit.came_back is not None:
        label = words.say("page.came_back" if exhibit.number else "page.your_answer")
        _add_value(text, words, f"{label}:", exhibit.came_back, 6)
    if exhibit.expected is not None:
        label = words.say("page.expected.textbook" if exhibit.textbook else "page.expected")
        _add_value(text, words, f"{label}:", exhibit.expected, 6)


def _add_value(text: Text, words: Words, label: str, value: Shown, indent: int) -> None:
    margin = " " * indent
    if isinstance(value, Plain):
        more = f" {words.say('page.left_out.text', count=value.left_out)}" if value.left_out else ""
        text.append(f"{margin}{label} {_marked(value.text, value.differs)}{more}\n")
    elif isinstance(value, Grid):
        lines = list(grid_lines(value))
        if len(lines) == 1:
            text.append(f"{margin}{label} {lines[0]}\n")
        else:
            text.append(f"{margin}{label}\n").append("".join(f"{margin}  {line}\n" for line in lines))
        if value.shape:
            text.append(f"{margin}  {words.say('page.left_out.rows', shape=value.shape)}\n", "dim")
    else:
        text.append(f"{margin}{label}\n")
        _add_group(text, words, value, indent + 2)


def _add_group(text: Text, words: Words, value: Group, indent: int) -> None:
    for label, item in value.items:
        _add_value(text, words, label, item, indent)
    if value.left_out:
        text.append(f"{' ' * indent}{words.say('page.left_out.items', count=value.left_out)}\n", "dim")


def grid_lines(grid: Grid) -> Iterator[str]:
    """A matrix in brackets, its columns aligned; what differs stands between `>` and `<`."""
    rows = [[line.index, *(_marked(cell.text, cell.differs) for cell in line.cells)] for line in grid.lines]
    heads = [["", *grid.columns]] if grid.columns else []
    widths = [max(map(len, column)) for column in zip(*heads, *rows, strict=True)]
    for cells in heads:
        yield "  " + _aligned(cells, widths)
    for cells in rows:
        yield f"[ {_aligned(cells, widths)} ]"


def _aligned(cells: list[str], widths: list[int]) -> str:
    padded = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(padded if widths[0] else padded[1:])


def _marked(text: str, differs: bool) -> str:
    return f">{text}<" if differs else text
