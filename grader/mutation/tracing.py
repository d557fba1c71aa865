"""Which lines of which files run while something is computed."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Collection
from types import FrameType
from typing import Any

Lines = dict[str, set[int]]
"""File → numbers of lines that ran; a function counts with its first line when it is called."""


def lines_run(files: Collection[str], compute: Callable[[], Any]) -> Lines:
    """Lines of `files` that run while `compute` does. Raises what `compute` raises."""
    found: Lines = defaultdict(set)

    def within(frame: FrameType, event: str, argument: Any) -> Any:
        found[frame.f_code.co_filename].add(frame.f_lineno)
        return within

    def entering(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if code.co_filename not in files:
            return None
        found[code.co_filename].add(code.co_firstlineno)
        return within

    before = sys.gettrace()
    sys.settrace(entering)
    try:
        compute()
    finally:
        sys.settrace(before)
    return found
