"""A submission that lies about its answers earns nothing, and it is marked: it is no fault of ours."""

from __future__ import annotations

from fractions import Fraction
from textwrap import dedent

import pytest

from grader.box import protocol
from grader.guest import plain
from grader.model.job import Call, Job
from grader.model.submission import Source
from tests.hostile._attack import QUICK
from tests.hostile._ground import Ground

FRAME = """
import json, os, struct, sys, threading, time

def send(message):
    data = json.dumps(message).encode()
    os.write(4, struct.pack(">I", len(data)) + data)

"""

CHEATS = {
    "row 27 equal to everything": """
        class Liar:
            __eq__ = __le__ = __ge__ = lambda self, other: True
            __hash__ = None
        spread = lambda xs: Liar()
        """,
    "row 28 a lying number": """
        class Liar(float):
            __sub__ = __rsub__ = lambda self, other: 0.0
            __eq__ = lambda self, other: True
        spread = lambda xs: Liar(7)
        """,
    "row 34 a frame that claims the points": FRAME
    + """
def spread(xs):
    send({"key": "variation/spread/0", "returned": {"f": "0x1p0"}, "modified": [], "repairs": [], "points": 4})
""",
    "row 34 frames for every key at once": FRAME
    + """
def spread(xs):
    for task in ("variation", "spread"):
        for number in range(4):
            send({"key": f"{task}/spread/{number}", "returned": {"f": "0x1p0"}, "modified": [], "repairs": []})
    os._exit(0)
""",
    "row 35 leaves on loading": "import os\nos._exit(0)",
    "row 38 interrupts": "def spread(xs):\n    raise KeyboardInterrupt",
    "row 40 patches the encoder": """
        import sys
        plain = sys.modules["guest.plain"]
        plain.encode = plain.dumps = lambda *rest: {"right": True}
        spread = lambda xs: 0.0
        """,
    "row 41 a thread that answers the next call": FRAME
    + """
def chatter():
    while True:
        send({"key": "variation/spread/1", "returned": {"f": "0x1p0"}, "modified": [], "repairs": []})
        time.sleep(0.001)

def spread(xs):
    if threading.active_count() == 1:
        threading.Thread(target=chatter, daemon=True).start()
    return 0.0
""",
    "row 46 makes the expected value of its argument": "def spread(xs):\n    xs[:] = [0.0] * len(xs)\n    return 0.0",
    "row 47 calls the reference": """
        def spread(xs):
            from reference.solution import spread
            return spread(xs)
        """,
    "row 48 patches numpy": """
        import numpy as np
        np.allclose = np.array_equal = np.isclose = lambda *rest, **more: True
        spread = lambda xs: np.float64(0.0)
        """,
    "lies through __array__": """
        class Liar:
            __array__ = lambda self, *rest, **more: __import__("numpy").zeros(0)
            __float__ = lambda self: 0.0
            __len__ = lambda self: 0
        spread = lambda xs: Liar()
        """,
    "an array of everything at once": "import numpy as np\nspread = lambda xs: np.linspace(0, 100, 50_000)",
    "an empty array": "import numpy as np\nspread = lambda xs: np.zeros((0, 2**40))",
    "a number that is not one": "spread = lambda xs: float('nan')",
    "an endless number": "spread = lambda xs: float('inf')",
    "a huge whole number": "spread = lambda xs: 10**3500",
    "a huge complex number": "spread = lambda xs: complex(1e308, 1e308)",
    "a nest of lists": "nest = 1.0\nfor _ in range(90):\n    nest = [nest]\nspread = lambda xs: nest",
    "a wide nest": "spread = lambda xs: [[1.0] * 9, [2.0, []], {1: 2}, {3}, None, 'x', True, b'y'[0]]",
    "text that says so": "spread = lambda xs: '1.0 (correct)'",
    "a formula that is a bomb": "import sympy\nspread = lambda xs: sympy.Symbol('9**9**9**9')",
    "a dictionary of everything": "spread = lambda xs: {x: x for x in range(1000)}",
    "nothing": "spread = lambda xs: None",
    "true": "spread = lambda xs: True",
    "an array of dates": "import numpy as np\nspread = lambda xs: np.array(['2026-01-01'], dtype='datetime64')",
    "an array of half precision": "import numpy as np\nspread = lambda xs: np.float16(0)",
    "an object array": "import numpy as np\nspread = lambda xs: np.array([np.inf, [np.nan, {}]], dtype=object)",
    "a modified guest": """
        import gc, sys
        for module in [m for name, m in sys.modules.items() if name.startswith("guest.")]:
            for name, value in list(vars(module).items()):
                if callable(value) and name.startswith("_"):
                    setattr(module, name, lambda *rest, **more: {"returned": {"f": "0x1p0"}, "modified": []})
        spread = lambda xs: 0.0
        """,
    "a trace function": """
        import sys
        def trace(frame, event, argument):
            for name in list(frame.f_locals):
                frame.f_locals[name] = 1.0
            return trace
        sys.settrace(trace)
        sys.setprofile(trace)
        spread = lambda xs: 0.0
        """,
    "atexit and __del__": FRAME
    + """
import atexit
answer = {"key": "variation/spread/3", "returned": {"f": "0x1p0"}, "modified": [], "repairs": []}
class Late:
    def __del__(self):
        send(answer)
late = Late()
atexit.register(send, answer)
def spread(xs):
    sys.exitfunc = lambda: send(answer)
    globals().pop("late", None)
    sys.exit(0)
""",
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_earns_nothing(ground: Ground, name: str) -> None:
    """It is marked like any other, with no points; nothing is withheld, and the next one has them all."""
    record = ground.mark(Source("work.py", "script", (dedent(CHEATS[name]),)))
    (mark,) = record.marks
    assert ("marked", Fraction(0)) == (record.status, mark.points), mark
    assert ground.mark_honest().points == 4


def test_a_table_of_public_cases_earns_the_public_aspect_at_most(ground: Ground) -> None:
    """Row 49: an answer that only knows the public cases does not know the others."""
    known = "{(1.0, 2.0, 4.0): 14 / 9, (0.5, 0.5, 3.5, 7.0): 7.171875}"
    text = f"KNOWN = {known}\nspread = lambda xs: KNOWN.get(tuple(xs))"
    record = ground.mark(Source("work.py", "script", (text,)))
    assert ("marked", Fraction(2)) == (record.status, record.points)


def test_how_a_value_was_computed_is_not_judged(ground: Ground) -> None:
    """Row 51: no check that student code could patch decides a mark: the same values have the same mark."""
    plainly = "import numpy\nspread = lambda xs: numpy.var(xs)"
    around = "spread = lambda xs: getattr(__import__('num' + 'py'), 'v' + 'ar')(eval(repr(xs)))"
    marks = [ground.mark(Source("work.py", "script", (text,))).points for text in (plainly, around)]
    assert marks == [Fraction(4), Fraction(4)]


PEEKS = """
import fcntl, os, re, select, time

def peek():
    time.sleep(0.1)
    ready = select.select([3], [], [], 0)[0]
    return os.read(3, 10_000).decode() if ready else ""

def echo(text):
    return text
"""


def test_a_call_cannot_look_ahead(ground: Ground) -> None:
    """Row 4: while one input is posed, the next ones are not in the box, nor in the pipe that brings them."""
    calls = (Call("0", "peek"), Call("1", "echo", ("later",)))
    outcomes, _ = ground.observe(Job("mallory", (Source("work.py", "script", (PEEKS,)),), calls, QUICK))
    values = [plain.loads(bytes(observation.value)) for observation in outcomes.observations.values()]
    assert values == ["", "later"]


def test_a_submission_is_not_told_whose_it_is() -> None:
    """Row 55: no frame names the student, so that no code can answer as, or for, somebody else."""
    job = Job(
        "student-of-this-name", (Source("work.py", "script", ("x = 1",)),), (Call("0", "f", (1.5,)),), QUICK
    )
    frames = protocol.load_frame(job, set()) + protocol.question_frame(job.calls[0])
    assert (b"student-of" in frames, b"x = 1" in frames) == (False, True)
