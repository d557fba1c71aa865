"""Rows 27–48 and 50: forging the verdict from inside the box."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile._attack import QUICK, Attack, Seen, no_answer


def unsupported(seen: Seen) -> bool:
    """It is not plain data, and so no answer."""
    return seen.outcome == "unsupported"


def died(seen: Seen) -> bool:
    """The child is gone without an answer."""
    return seen.outcome == "crashed"


def raised(kind: str) -> Callable[[Seen], bool]:
    """It is merely an exception, whatever it is."""
    return lambda seen: (
        seen.outcome == "raised"
        and seen.observation.trouble is not None
        and seen.observation.trouble.kind == kind
    )


def claims_only(seen: Seen) -> bool:
    """What it says is a claim like any other answer: it is compared outside."""
    return seen.outcome == "returned" and seen.value == 100


LIARS = {
    (27, "equal_to_everything"): "class Liar:\n    def __eq__(self, other):\n        return True\n"
    "def attack():\n    return Liar()",
    (
        28,
        "lying_int",
    ): "Liar = type('Liar', (int,), {'__eq__': lambda a, b: True, '__hash__': int.__hash__})\n"
    "def attack():\n    return Liar(3)",
    (28, "lying_float_in_a_list"): "Liar = type('Liar', (float,), {'__sub__': lambda a, b: 0.0})\n"
    "def attack():\n    return [1.0, Liar(3)]",
    (29, "lying_array"): """
        import numpy as np

        class Liar(np.ndarray):
            def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
                return np.zeros(3, dtype=bool) if ufunc is np.not_equal else np.ones(3, dtype=bool)

        def attack():
            return np.zeros(3).view(Liar)
        """,
    (
        30,
        "lying_str",
    ): "Liar = type('Liar', (str,), {'__eq__': lambda a, b: True, '__hash__': str.__hash__})\n"
    "def attack():\n    return Liar('x')",
    (31, "claims_to_be_int"): """
        class Liar:
            __class__ = property(lambda self: int)
            __index__ = __int__ = lambda self: 3
            bit_length = lambda self: 2
        def attack():
            return Liar()
        """,
    (32, "reduces_to_a_command"): """
        import os

        class Bomb:
            def __reduce__(self):
                return os.system, (f"echo was here > {self.path}",)
            __reduce_ex__ = lambda self, version: self.__reduce__()
        def attack(path):
            Bomb.path = path
            return [Bomb()]
        """,
    (45, "generator"): "def attack():\n    yield from range(3)",
    (45, "lazy_number"): """
        class Lazy:
            def __init__(self, compute):
                self.compute = compute
            __float__ = __array__ = __int__ = lambda self, *rest, **more: self.compute()
            def __getattr__(self, name):
                return getattr(self.compute(), name)
        def attack():
            return Lazy(lambda: 100.0)
        """,
}

FRAME = """
    import gc, json, os, struct, sys, threading, time

    def send(message):
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        os.write(4, struct.pack(">I", len(data)) + data)
"""

PIPES = {
    (33, "pickle_bytes_on_the_result"): (
        "import os, pickle\ndef attack():\n    os.write(4, pickle.dumps({'score': 100}))\n    os._exit(0)",
        died,
    ),
    (34, "forged_frame_with_a_score"): (
        FRAME
        + """
    def attack():
        send({"key": "0", "returned": {"i": "100"}, "modified": [], "repairs": [], "score": 100})
        os._exit(0)
        """,
        died,
    ),
    (34, "forged_frame_with_a_guess"): (
        FRAME
        + """
    def attack():
        send({"key": "0", "returned": {"i": "100"}, "modified": [], "repairs": []})
        os._exit(0)
        """,
        claims_only,
    ),
    (35, "exits_on_loading"): ("import os\ndef attack():\n    os._exit(0)\nos._exit(0)", died),
    (36, "leaves_on_loading"): ("import sys\nsys.exit(0)\n", no_answer),
    (37, "raises_system_exit"): ("def attack():\n    raise SystemExit(0)", raised("SystemExit")),
    (38, "raises_keyboard_interrupt"): (
        "def attack():\n    raise KeyboardInterrupt",
        raised("KeyboardInterrupt"),
    ),
    (40, "patches_the_encoder"): (
        """
        import json, sys

        def attack():
            forged = '{"key":"0","returned":{"i":"100"},"modified":[],"repairs":[],"points":100}'
            json.dumps = json.JSONEncoder.encode = lambda *rest, **more: forged
            plain = sys.modules["guest.plain"]
            plain.encode = plain.dumps = lambda *rest: {"points": 100}
            return 1
        """,
        died,
    ),
    (41, "thread_writes_to_the_result"): (
        FRAME
        + """
    def attack():
        def chatter():
            while True:
                os.write(4, b'{"score": 100}' * 10)
        threading.Thread(target=chatter, daemon=True).start()
        time.sleep(0.3)
        return 100
        """,
        died,
    ),
    (42, "result_over_stdout"): (
        "import os\ndef attack():\n    os.dup2(4, 1)\n    print('Score: 100/100', flush=True)\n    return 1",
        died,
    ),
    (42, "stdout_over_result"): ("import os\ndef attack():\n    os.dup2(1, 4)\n    return 1", no_answer),
    (43, "closes_every_descriptor"): (
        "import os\ndef attack():\n    os.closerange(0, 1024)\n    return 1",
        died,
    ),
}

ATTACKS: tuple[Attack, ...] = (
    *(
        Attack(row, name, source, unsupported, ("HOST_FILE",) if row == 32 else (), levels="ABC")
        for (row, name), source in LIARS.items()
    ),
    *(Attack(row, name, source, safe, levels="ABC") for (row, name), (source, safe) in PIPES.items()),
    Attack(
        39,
        "writes_results_everywhere",
        """
        import os

        def attack(*folders):
            print("Score: 100/100\\n" * 10)
            written = []
            for folder in (*folders, *map(os.path.dirname, folders), "/", "/tmp", "/autograder/results", ".."):
                for name in ("results.json", "gradebook.csv", "ledger.sqlite"):
                    try:
                        with open(os.path.join(folder, name), "w") as file:
                            file.write('{"score": 100}')
                        written.append(os.path.join(folder, name))
                    except OSError:
                        continue
            return [one for one in written if one.startswith(folders)]
        """,
        lambda seen: seen.outcome == "returned" and seen.value == [],
        ("RUN_FOLDER", "COURSE_FOLDER", "REFERENCE_FOLDER"),
    ),
    Attack(
        46,
        "changes_its_argument",
        "def attack(values):\n    values[:] = [0]\n    values.append(values[0])\n    return sum(values)",
        lambda seen: seen.value == 0 and seen.observation.modified == (0,),
        ([1.0, 2.0],),
        levels="ABC",
    ),
    Attack(
        47,
        "calls_the_reference",
        "def attack():\n    from reference.solution import spread\n    return spread([1.0, 2.0])",
        raised("ModuleNotFoundError"),
        levels="ABC",
    ),
    Attack(
        48,
        "patches_the_libraries",
        """
        import builtins, json, math, os, random, sys
        import numpy as np

        def attack():
            lie = lambda *rest, **more: 1.0
            np.mean = np.allclose = np.asarray = math.sqrt = json.loads = random.random = os.listdir = lie
            builtins.len = builtins.float = builtins.sum = builtins.isinstance = lie
            sys.modules["numpy"] = sys.modules["json"] = None
            random.seed = np.random.seed = lie
        """,
        lambda seen: seen.outcome in ("returned", "raised", "crashed"),
        levels="ABC",
    ),
    Attack(
        50,
        "stops_the_clocks",
        """
        import resource, signal, time

        def attack():
            time.time = time.perf_counter = time.monotonic = time.process_time = time.clock_gettime = lambda *a: 0
            resource.getrusage = resource.getrlimit = lambda *a: (0, 0)

            signal.signal(signal.SIGXCPU, signal.SIG_IGN)
            while True:
                pass
        """,
        lambda seen: seen.outcome == "timed_out",
        levels="ABC",
        limits=QUICK,
    ),
)
