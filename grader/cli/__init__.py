"""The command line: one file per command, found by its name; its docstring is its help."""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from grader import __version__

HERE = Path(__file__).parent


class Commands(click.Group):
    """Finds commands in this folder and imports only the one that is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the files."""
        return sorted(file.stem for file in HERE.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"grader.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands by the first lines of their files, so that help imports nothing."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(HERE / f"{name}.py")) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest what may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # noqa: PLC0415 - wanted after a slip only

            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(error.message + hint, ctx) from error


def _first_line(file: Path) -> str:
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def cli() -> None:
    """Mark homework and written exams in machine learning and calculus.

    Results go to files and to standard output, progress and remarks to standard error.

    \b
    Exit codes: 0 done; 1 the assignment is faulty; 2 the command line or its input is wrong;
    3 some marks are withheld through our fault.
    """


def main() -> None:
    """Run the command line; our errors end it with their exit code, without a traceback."""
    from grader.errors import GraderError  # noqa: PLC0415 - keeps --help light

    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        code = 130
    except GraderError as error:
        from grader.cli._errors import show  # noqa: PLC0415 - wanted after a fault only

        show(error)
        code = error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:  # a full disk, a folder that was taken away
        where = f"{error.filename}: " if error.filename else ""
        print(
            f"grader: {where}{error.strerror or error}; the same command goes on from here", file=sys.stderr
        )
        code = 3
    sys.exit(code if isinstance(code, int) else 0)
