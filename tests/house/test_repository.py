"""What is in the repository concerns everyone who has a copy of it."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from grader import plugins

ROOT = Path(__file__).resolve().parents[2]
HOMES = re.compile(r"(?<![\w.])/(?:home|Users|work|root)/[A-Za-z]")
TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".po",
    ".j2",
    ".css",
    ".txt",
    ".csv",
    ".yml",
    ".cfg",
    ".ini",
    ".svg",
    ".json",
    "",
}
PLURAL = ("backends", "bundles", "comparators", "exporters", "formats", "proofreaders")


def tracked() -> list[Path]:
    """Text files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True)
    if listed.returncode:
        pytest.skip("this copy is not under version control")
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [
        file for file in files if file.suffix in TEXTS and file.is_file() and "specimens" not in file.parts
    ]


def test_no_file_names_somebodys_folder() -> None:
    """No absolute path below a home directory stands in any file; tests may make one up, but not name this copy."""
    texts = {file.relative_to(ROOT): file.read_text("utf-8", errors="replace") for file in tracked()}
    found = [
        f"{file}: {match[0]}"
        for file, text in texts.items()
        if file.parts[0] != "tests"
        for match in HOMES.finditer(text)
    ]
    found += [
        str(file) for file, text in texts.items() if str(ROOT) in text or str(Path.home()) + "/" in text
    ]
    assert found == []


@pytest.mark.parametrize("folder", PLURAL)
def test_every_plugin_says_what_it_is(folder: str) -> None:
    """The first line of a plugin's docstring is its help: one sentence."""
    for name in plugins.names(f"grader.{folder}"):
        text = (ROOT / "grader" / folder / f"{name}.py").read_text("utf-8")
        first = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
        assert first.endswith("."), f"grader/{folder}/{name}.py"


@pytest.mark.parametrize("folder", PLURAL)
def test_every_plugin_is_under_a_contract(folder: str) -> None:
    """A plural folder has a conformance suite of its name."""
    assert (ROOT / "tests" / "contracts" / f"test_{folder}.py").is_file()


def test_every_test_says_what_it_proves() -> None:
    """Each test has a docstring."""
    silent = [
        f"{file.relative_to(ROOT)}: {node.name}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if "delivery" not in file.parts
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []
