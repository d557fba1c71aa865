"""The work of one submission in a plain process: `python _plain.py SCRIPT CALLS`.

CALLS is a file with the pickled list of (name of a function, arguments).
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

import numpy  # noqa: F401 - what the warm process has, this one imports
import sympy  # noqa: F401 - the same

script, posed = map(Path, sys.argv[1:])
names: dict[str, Any] = {"__name__": script.stem}
try:
    exec(compile(script.read_bytes(), script.name, "exec"), names)
except BaseException as error:  # noqa: BLE001 - what was defined before it can be called
    print(type(error).__name__)
for entry, arguments in pickle.loads(posed.read_bytes()):
    try:
        print(names[entry](*arguments))
    except BaseException as error:  # noqa: BLE001 - one call that fails costs only itself
        print(type(error).__name__)
