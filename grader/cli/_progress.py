"""A progress bar with the time left, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Watch = Callable[[int, int, str], None]
"""Told what is done, of how many, and which one it was."""


@contextmanager
def progress_bar(console: Console, description: str, *, name_each: bool = False) -> Iterator[Watch]:
    """Show progress where `console` is a terminal; with `name_each`, name what was done last beside the bar."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as progress:
        bar = progress.add_task(description, total=None)

        def watch(done: int, total: int, one: str) -> None:
            said = f"{description} {one}" if name_each else description
            progress.update(bar, completed=done, total=total, description=said)

        yield watch
