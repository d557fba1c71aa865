"""Faults in what students read."""

from __future__ import annotations

from tests.unit.proofreaders.planting import BILINGUAL, PO_HEAD, Planted

BODY = """
from grader.author import Answer, Slip, Task
from grader.comparators.value import Value

one = Answer("one", 1, Value(){slips})
task = Task(parts=[one], variants={{"n": (2, 3)}})


@one.oracle
def right(n{names}):
    return n{wrong}
"""
RUSSIAN = 'msgid "A title"\nmsgstr "Заголовок"\n\nmsgid "Give `n` = {n}."\nmsgstr "Дайте `n` = {n}."\n'


def stating(statement: str, slips: str = "", names: str = "", wrong: str = "") -> str:
    """A task with one answer and that statement."""
    return f'r"""A title\n\n{statement}\n"""' + BODY.format(slips=slips, names=names, wrong=wrong)


def translated(
    text: str, code: str, line: str, within: str = "q1.py", statement: str = "Give `n` = {n}."
) -> Planted:
    """A task in two languages with a faulty catalogue."""
    files = {"locale/ru/q1.po": PO_HEAD + text}
    return Planted(stating(statement), code, line, ("texts",), within, files, BILINGUAL)


def slipping(*switches: str) -> str:
    """A task whose answer has slips of these names."""
    declared = ", ".join(f'"{s}": {{False: None, True: Slip(0, "S{i}.")}}' for i, s in enumerate(switches, 1))
    wrong = "".join(f" + 10 * {switch}" for switch in switches)
    return stating("Give {n}.", f", slips={{{declared}}}", "".join(f", {s}" for s in switches), wrong)


TEXTS = {
    "a text that is not translated": translated(RUSSIAN.partition("\n\n")[0], "P601", "Give `n`"),
    "a title that is not translated": translated(RUSSIAN.partition("\n\n")[2], "P601", "A title"),
    "a translation without a placeholder": translated(
        RUSSIAN.replace('= {n}."\nmsgstr "Дайте `n` = {n}', '= {n}."\nmsgstr "Дайте `n`'), "P602", "Give `n`"
    ),
    "a translation of code": translated(RUSSIAN.replace("Дайте `n`", "Дайте `эн`"), "P602", "Give `n`"),
    "a placeholder that is nothing dealt": Planted(stating("Give {n} of {m}."), "P603", "Give", ("texts",)),
    "a misspelt placeholder in a formula": Planted(stating("Give $V = {nn}$."), "P603", "Give", ("texts",)),
    "a translated placeholder": translated(
        RUSSIAN.replace("Дайте `n` = {n}", "Дайте `n` = {n}, {m}"), "P603", "Give `n`"
    ),
    "a formula that is not closed": Planted(stating("Give $n = {n}."), "P604", "Give", ("texts",)),
    "braces that do not match": Planted(stating(r"Give $\frac{1}{2$ of {n}."), "P605", "Give", ("texts",)),
    "a bracket without its partner": Planted(stating(r"Give $\left( n$, {n}."), "P605", "Give", ("texts",)),
    "an environment that does not end": Planted(
        stating(r"Give $\begin{pmatrix} 1$, {n}."), "P605", "Give", ("texts",)
    ),
    "an unknown command": Planted(stating(r"Give $\alhpa = {n}$."), "P605", "Give", ("texts",)),
    "an argument of a command that loses its braces": Planted(
        stating(r"Give $\frac{n}{2}$.").replace("(2, 3)", "(12, 13)"), "P609", "Give", ("texts",)
    ),
    "a translation of nothing": translated(
        RUSSIAN + '\nmsgid "Gone."\nmsgstr "Нет."\n', "P606", 'msgid "Gone', "locale/ru/q1.po"
    ),
    "a code with a double underscore": Planted(slipping("sign__lost"), "P607", "sign__lost", ("texts",)),
    "a code in other letters": Planted(slipping("знак"), "P607", "знак", ("texts",)),
    "one code spelt in two ways": Planted(
        slipping("inner_derivative", "inner_derivativ"), "P608", "inner_derivativ", ("texts",)
    ),
}
