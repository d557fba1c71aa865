"""Sources as they arrive in the box."""

from __future__ import annotations

from typing import Any


def script(text: str, name: str = "a.py") -> dict[str, Any]:
    """A source that is a script."""
    return {"name": name, "kind": "script", "cells": [text]}


def notebook(*cells: str, name: str = "hw.ipynb") -> dict[str, Any]:
    """A source that is a notebook."""
    return {"name": name, "kind": "notebook", "cells": list(cells)}


def whats(played: Any, name: str) -> list[str]:
    """What the remarks say about a repair."""
    return [detail["what"] for detail in played.details("repair") if detail["name"] == name]
