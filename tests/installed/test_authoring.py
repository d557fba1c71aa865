"""`docs/authoring.md` is typed from top to bottom, and gives what it says."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GRADER = [sys.executable, "-c", "from grader.cli import main; main()"]


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what is to be done with it, its text, and its line in the page."""

    language: str
    directions: dict[str, str]
    text: str
    line: int


def blocks() -> Iterator[Block]:
    """Every fenced block of the page."""
    for found in FENCE.finditer(PAGE):
        words = (word.partition("=") for word in found[2].split())
        directions = {key: value for key, _, value in words}
        yield Block(found[1], directions, found[3], PAGE[: found.start()].count("\n") + 1)


def written(folder: Path, block: Block) -> None:
    """Write the file of a block, or change it as the block says."""
    file = folder / block.directions["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    how = set(block.directions) - {"file"}
    assert bool(how) == file.exists(), f"line {block.line}: {file} is there already, or is not"
    text = file.read_text("utf-8") if how else block.text
    if "append" in how:
        text += block.text
    for name in filter(None, block.directions.get("delete", "").split(",")):
        text = replaced(text, name, "")
    if "import" in how:
        last = max(
            n for n, node in enumerate(ast.parse(text).body) if isinstance(node, (ast.Import, ast.ImportFrom))
        )
        text = spliced(text, ast.parse(text).body[last], block.text, after=True)
    if "replace" in how:
        text = replaced(text, block.directions["replace"], block.text)
    file.write_text(text, "utf-8")


def replaced(source: str, name: str, text: str) -> str:
    """`source` with the function or the assignment `name` replaced by `text`."""
    (found,) = (node for node in ast.parse(source).body if name in names_of(node))
    return spliced(source, found, text)


def names_of(node: ast.stmt) -> list[str]:
    """What a statement defines."""
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [node.name] if isinstance(node, ast.FunctionDef) else []


def spliced(source: str, node: ast.stmt, text: str, after: bool = False) -> str:
    """`source` with `text` in the place of a statement and its decorators, or behind it."""
    lines = source.splitlines(keepends=True)
    first = min(part.lineno for part in (node, *getattr(node, "decorator_list", ()))) - 1
    last = node.end_lineno or 0
    return "".join([*lines[: last if after else first], text, *lines[last:]])


def typed(folder: Path, line: str) -> tuple[Path, str]:
    """Type a command: the folder afterwards, and what is printed; an exit code that is not 0 ends it, in brackets."""
    words = shlex.split(line)
    if words[0] == "cd":
        return (folder / words[1]).resolve(), ""
    if words[0] == "cat":
        return folder, (folder / words[1]).read_text("utf-8-sig").replace("\r\n", "\n")
    assert words[0] == "grader", line
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}
    done = subprocess.run(
        [*GRADER, *words[1:]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return folder, done.stdout + (f"[{done.returncode}]\n" if done.returncode else "")


def pattern(expected: str) -> re.Pattern[str]:
    """What `expected` allows: a line `...` any lines, and `...` in a line anything up to its end."""
    lines = (
        r"(?:.*\n)*?" if line.strip() == "..." else ".*".join(map(re.escape, line.split("..."))) + r"[ ]*\n"
        for line in expected.splitlines()
    )
    return re.compile("".join(lines))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the page is followed."""
    return tmp_path_factory.mktemp("authoring")


def test_the_page_can_be_followed(folder: Path) -> None:
    """Files are written as they come, commands are typed, and what they print is on the page."""
    here, differing = folder, []
    for block in blocks():
        if "file" in block.directions:
            written(here, block)
        elif block.language == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
                here, printed = typed(here, command)
                codes = [re.findall(r"^\[(\d+)\]\n\Z", text, re.MULTILINE) for text in (expected, printed)]
                if codes[0] != codes[1] or not pattern(expected).fullmatch(printed):
                    differing.append(f"line {block.line}: $ {command}\n{printed}")
    assert not differing, "\n".join(differing)


def test_what_is_quoted_is_there() -> None:
    """A block that is quoted from a task of this repository stands there, word for word."""
    quoted = [block for block in blocks() if "from" in block.directions]
    for block in quoted:
        source = (ROOT / block.directions["from"]).read_text("utf-8")
        assert block.text in source, f"line {block.line} is not in {block.directions['from']}"
    assert quoted


def test_every_file_is_named() -> None:
    """A reader of the rendered page sees above a block to which file it belongs."""
    lines = PAGE.splitlines()
    for block in blocks():
        file = block.directions.get("file") or block.directions.get("from")
        assert file is None or f"`{file}`" in lines[block.line - 3], f"line {block.line}"


def test_every_block_is_tested() -> None:
    """There is no block of Python, TOML or a catalogue that is neither run nor quoted."""
    idle = [
        block.line
        for block in blocks()
        if block.language in ("python", "toml", "po") and not block.directions
    ]
    assert idle == []
