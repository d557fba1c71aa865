"""How an error of ours looks on the terminal."""

from __future__ import annotations

import sys

from grader.errors import FaultyInput, GraderError


def show(error: GraderError) -> None:
    """Print every fault with its place, code and remedy to standard error."""
    if not isinstance(error, FaultyInput):
        print(f"grader: {error}", file=sys.stderr)
        return
    for fault in error.faults:
        print(fault, file=sys.stderr)
    count = len(error.faults)
    print(f"grader: {count} fault{'s' if count > 1 else ''}; nothing was marked", file=sys.stderr)
