"""A module that is used under its usual name and never imported is provided."""

from __future__ import annotations

from importlib import import_module

from .. import providing
from ..repairing import File, Handlers, Register

_MODULES = {
    "np": "numpy",
    "sp": "sympy",
    "plt": "matplotlib.pyplot",
    **{
        name: name
        for name in (
            "numpy", "sympy", "math", "random", "itertools", "functools", "collections", "copy", "time",
            "operator", "sys",
        )
    },
}  # fmt: skip
_NAMES = providing.Names(_MODULES)
_HOOK = "__forgotten__"


def prepare(register: Register) -> None:
    """Install what the changed code asks for forgotten names."""
    providing.provide(_HOOK, "forgotten_imports", lambda name: import_module(_MODULES[name]), register)


def handlers(file: File, register: Register) -> Handlers:
    """Ask for the names that the file uses and nowhere binds."""
    return providing.handlers(_HOOK, _NAMES, file)
