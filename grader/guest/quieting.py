"""What waits for a person, or talks to one, does neither here."""

from __future__ import annotations

import builtins
import getpass
import pdb
import sys
import warnings
from typing import Any

import IPython
import IPython.core.debugger
import IPython.terminal
import numpy as np

from .stand_ins import harmless_module


def _nobody(prompt: object = "", *arguments: Any, **keywords: Any) -> str:
    raise EOFError("nobody is there to answer input()")


def _pass(*arguments: Any, **keywords: Any) -> None:
    return


class _Tracer:
    """Stands where a debugger was left in."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        return

    def __call__(self, *arguments: Any, **keywords: Any) -> None:
        return


_OLD = (
    DeprecationWarning,
    PendingDeprecationWarning,
    FutureWarning,
    SyntaxWarning,
    ImportWarning,
    np.exceptions.VisibleDeprecationWarning,
)
_DEBUGGERS = ("set_trace", "post_mortem", "pm", "run", "runeval", "runcall")


def quiet() -> None:
    """Switch off input, debuggers, embedded shells and warnings about what is old."""
    vars(builtins)["input"] = _nobody
    vars(getpass)["getpass"] = _nobody
    sys.breakpointhook = _pass
    for name in _DEBUGGERS:
        vars(pdb)[name] = _pass
    vars(IPython)["embed"] = _pass
    vars(IPython.core.debugger).update(set_trace=_pass, Tracer=_Tracer)
    for name in ("embed", "debugger"):
        # the real ones bring a toolkit for terminals, which every fork would carry along
        full = f"{IPython.terminal.__name__}.{name}"
        sys.modules[full] = vars(IPython.terminal)[name] = harmless_module(full, _pass)
    for category in _OLD:
        warnings.simplefilter("ignore", category)
