"""Modules and functions stay small enough to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    file for folder in ("grader", "reference", "assignments") for file in (ROOT / folder).rglob("*.py")
)
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
COURSE = {"assignments"}
"""A task file is a text that is read from top to bottom, and may be longer than a module."""


def names() -> list[str]:
    """Paths of the sources."""
    return [file.relative_to(ROOT).as_posix() for file in SOURCES]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, however deep."""
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


@pytest.mark.parametrize("file", SOURCES, ids=names())
def test_a_module_is_short(file: Path) -> None:
    """No module of the engine or of the textbook is longer than three hundred lines."""
    count = len(file.read_text("utf-8").splitlines())
    assert count <= LONGEST_MODULE or COURSE & set(file.relative_to(ROOT).parts)


@pytest.mark.parametrize("file", SOURCES, ids=names())
def test_a_function_is_short(file: Path) -> None:
    """No function is longer than forty lines, from its `def` to its end."""
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in functions(ast.parse(file.read_text("utf-8")))
        if node.end_lineno is not None and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_there_is_something_to_measure() -> None:
    """The tests above look at the whole engine."""
    assert len(SOURCES) > 50
