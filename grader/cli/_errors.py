"""How an error of ours looks on the terminal."""

from __future__ import annotations

import sys

from rich.console import Console

from grader.errors import FaultyInput, GraderError
from grader.reports import terminal


def show(error: GraderError) -> None:
    """Print every fault with its place, code and remedy to standard error."""
    if not isinstance(error, FaultyInput):
        print(f"grader: {error}", file=sys.stderr)
        return
    Console(stderr=True, highlight=False, markup=False, emoji=False).print(
        terminal.fault_list(error), soft_wrap=True, end=""
    )
