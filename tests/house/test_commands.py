"""The command line is documented by itself, and light.

`python tests/house/test_commands.py` writes the help texts of `docs/commands.md` anew.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import Commands, cli

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "commands.md"
HEAVY = ("numpy", "sympy", "IPython", "jinja2", "rich", "nbformat", "babel", "msgspec", "flint")
IMPORTS = f"""
import sys
sys.argv = ["grader", *{{arguments}}]
from grader.cli import main
try:
    main()
except SystemExit:
    pass
print("heavy:", *[name for name in {HEAVY} if name in sys.modules])
"""


def commands() -> list[str]:
    """Names of the commands."""
    assert isinstance(cli, Commands)
    return [path.stem for path in sorted((ROOT / "grader" / "cli").glob("[a-z]*.py"))]


def help_of(*arguments: str) -> str:
    """What `grader … --help` prints."""
    result = CliRunner().invoke(cli, [*arguments, "--help"], prog_name="grader", terminal_width=80)
    assert result.exit_code == 0
    return result.output.rstrip()


def sections() -> dict[str, str]:
    """Heading → the text block below it."""
    text = PAGE.read_text("utf-8")
    return dict(re.findall(r"^## `grader ?(\w*)`\n.*?^```text\n(.*?)\n```", text, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("name", ["", *commands()])
def test_the_help_of_a_command_is_documented(name: str) -> None:
    """`docs/commands.md` has a section for every command, with its help as it is printed."""
    assert sections()[name] == help_of(*[name] * bool(name))


def test_no_section_is_about_nothing() -> None:
    """What is documented exists."""
    assert sorted(sections()) == ["", *commands()]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []])
def test_help_is_light(arguments: list[str]) -> None:
    """Asking what there is imports no library but the one for the command line."""
    program = IMPORTS.format(arguments=arguments)
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.splitlines()[-1] == "heavy:"


def test_an_unknown_command_is_recognised() -> None:
    """A slip of the finger is met with the name that was meant."""
    result = CliRunner().invoke(cli, ["grad"], prog_name="grader")
    assert (result.exit_code, "Did you mean 'grade'?" in result.output) == (2, True)


def write() -> None:
    """Bring the help texts up to date."""
    text = PAGE.read_text("utf-8")
    for name, old in sections().items():
        text = text.replace(f"```text\n{old}\n```", f"```text\n{help_of(*[name] * bool(name))}\n```")
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    write()
