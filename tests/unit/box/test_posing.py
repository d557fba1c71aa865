"""Calls are posed to a real submission in a real box, and each is protected from the one before."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.backends import local
from grader.guest import plain
from grader.model.job import Call, Job, Limits, Outcomes, Read
from grader.model.observation import MISSING, Observation, Trouble
from grader.model.submission import Remark, Source

PLAIN = [
    None,
    True,
    "ю🙂\n",
    -(10**30),
    float("-inf"),
    -0.0,
    1 + 2j,
    [1, [2.5, "x"]],
    (1, ()),
    {3, 4},
    {"a": {1: None}},
    np.arange(6, dtype=np.float32).reshape(2, 3),
    np.float64(0.1),
    np.zeros((0, 3), dtype=bool),
]

DEATHS = {
    "exits": ("os._exit(3)", Observation("crashed", trouble=Trouble("exit", "3"))),
    "segfaults": ("ctypes.string_at(0)", Observation("crashed", trouble=Trouble("SIGSEGV"))),
    "closes": ("os.closerange(0, 100)", Observation("crashed", trouble=Trouble("gone"))),
    "dangles": ("os.closerange(0, 100); time.sleep(60)", Observation("crashed", trouble=Trouble("gone"))),
    "loops": ("\n    while True: pass", Observation("timed_out", trouble=Trouble("cpu"))),
    "counts": ("sum(range(10**12))", Observation("timed_out", trouble=Trouble("cpu"))),
    "takes_memory": ("[0] * 10**10", Observation("out_of_memory")),
    "takes_array": ("np.ones(10**10)", Observation("out_of_memory")),
    "babbles": (
        "os.write(4, b'garbage' * 9)",
        Observation("crashed", trouble=Trouble("protocol", "size of a frame")),
    ),
    "floods": (
        "\n    while True: os.write(1, bytes(1 << 16))",
        Observation("crashed", trouble=Trouble("output")),
    ),
}  # fmt: skip


def value_of(outcomes: Outcomes, key: str = "0") -> Any:
    """The value that came back for `key`."""
    observation = outcomes.observations[key]
    assert (observation.outcome, observation.trouble) == ("returned", None)
    return plain.loads(bytes(observation.value))


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_values_cross_the_wall_both_ways(observe: Any, value: Any) -> None:
    """A value of every plain kind goes in and comes out as it was, bit by bit."""
    outcomes = observe("def echo(x):\n    return x", ("echo", value))
    assert plain.dumps(value) == bytes(outcomes.observations["0"].value)


@pytest.mark.parametrize("name", DEATHS)
def test_what_ends_a_call_costs_only_that_call(observe: Any, name: str) -> None:
    """However a call ends its process, it alone is lost, and the observation says how."""
    body, expected = DEATHS[name]
    text = f"import ctypes, os, time, numpy as np\ndef two():\n    return 2\ndef {name}():\n    {body}\n"
    outcomes = observe(text, "two", name, "two")
    assert expected == outcomes.observations["1"]
    assert (value_of(outcomes, "0"), value_of(outcomes, "2")) == (2, 2)


def test_aborting_costs_only_that_call(observe: Any) -> None:
    """Where no signal can be sent, not even to oneself, the C library finds another way to end with one."""
    outcomes = observe("import os\ndef f():\n    os.abort()\ndef two():\n    return 2", "two", "f", "two")
    crashed = outcomes.observations["1"]
    assert (crashed.outcome, crashed.trouble.kind[:3]) == ("crashed", "SIG")
    assert (value_of(outcomes, "0"), value_of(outcomes, "2")) == (2, 2)


@pytest.mark.parametrize(
    "error", ["SystemExit(0)", "KeyboardInterrupt()", "GeneratorExit()", "Exception('x')"]
)
def test_every_exception_is_merely_raised(observe: Any, error: str) -> None:
    """What a call raises is its outcome, whatever it is derived from, and the same process goes on."""
    text = f"import os\ndef f():\n    raise {error}\ndef g():\n    return os.getpid()"
    outcomes = observe(text, "g", "f", "g")
    trouble = outcomes.observations["1"].trouble
    assert error.partition("(")[0] == trouble.kind
    assert (("work.py", 3, f"raise {error}"),) == trouble.trace
    assert value_of(outcomes, "0") == value_of(outcomes, "2")


def test_a_sleeper_is_stopped_by_the_wall_clock(observe: Any) -> None:
    """A call that uses no CPU time is stopped all the same, and told apart."""
    outcomes = observe("import time\ndef f():\n    time.sleep(60)", "f", wall_factor=1)
    assert Observation("timed_out", trouble=Trouble("wall")) == outcomes.observations["0"]


def test_a_function_that_times_out_is_not_tried_for_ever(observe: Any) -> None:
    """After so many time-outs of one function its other calls are not posed; those of others are."""
    text = "def f():\n    while True: pass\ndef g():\n    return 1"
    outcomes = observe(text, "f", "f", "f", "g", timeouts=1)
    kinds = [outcomes.observations[key].trouble.kind for key in "012"]
    assert kinds == ["cpu", "not_tried_again", "not_tried_again"]
    assert value_of(outcomes, "3") == 1


def test_recursion_without_end_is_raised(observe: Any) -> None:
    """Endless recursion is the exception that it is."""
    outcomes = observe("def f():\n    return f()", "f")
    trouble = outcomes.observations["0"].trouble
    assert (trouble.kind, len(trouble.trace)) == ("RecursionError", 5)


def test_a_call_is_not_blamed_for_what_an_earlier_one_left_running(observe: Any) -> None:
    """A call that dies in a process that has answered before is posed once more in a fresh one."""
    text = """
        import os, threading, time
        def plant():
            threading.Timer(0.3, os._exit, (1,)).start()
        def wait():
            time.sleep(0.6)
            return "well"
    """
    assert value_of(observe(text, "plant", "wait"), "1") == "well"


def test_a_thread_that_writes_into_the_result_pipe_harms_no_mark(observe: Any) -> None:
    """Frames that nobody asked for are no answer to the calls that follow."""
    text = """
        import os, threading
        def plant():
            frame = b'{"key":"1","returned":{"i":"100"},"modified":[]}'
            threading.Timer(0.1, os.write, (4, len(frame).to_bytes(4, "big") + frame)).start()
        def late():
            import time
            time.sleep(0.5)
            return 1
    """
    outcomes = observe(text, "plant", "late")
    assert value_of(outcomes, "1") == 1


@pytest.mark.parametrize(
    "expression",
    [
        "type('Liar', (int,), {'__eq__': lambda s, o: True})(3)",
        "type('Liar', (str,), {'__eq__': lambda s, o: True})('3')",
        "np.zeros(3).view(type('Liar', (np.ndarray,), {}))",
        "np.ma.masked_array([1])",
        "(i for i in range(3))",
        "object()",
        "[1, {'a': lambda: 1}]",
        "'\\ud800'",
    ],
)
def test_objects_that_may_lie_do_not_cross(observe: Any, expression: str) -> None:
    """Subclasses, generators and arbitrary objects are unsupported, and their type is named."""
    outcomes = observe(f"import numpy as np\ndef f():\n    return {expression}", "f")
    observation = outcomes.observations["0"]
    assert (observation.outcome, bool(observation.trouble.kind)) == ("unsupported", True)


def test_an_answer_that_is_too_large_is_refused(observe: Any) -> None:
    """An answer over the limit does not cross the wall."""
    outcomes = observe("def f():\n    return 'x' * 5000", "f", answer_kb=4)
    assert Observation("unsupported", trouble=Trouble("too_large")) == outcomes.observations["0"]


def test_symbolic_results_come_as_text(observe: Any) -> None:
    """A sympy object crosses the wall as what sympy prints, also inside a list."""
    outcomes = observe("import sympy\ndef f():\n    x = sympy.Symbol('x')\n    return [x**2 + 1, 2]", "f")
    assert value_of(outcomes) == ["x**2 + 1", 2]


def test_modified_arguments_are_named_and_never_shared(observe: Any) -> None:
    """Every call gets fresh copies, and the arguments that it changed in place are numbered."""
    given = np.zeros(2)
    text = "def f(x, n, y, s):\n    x += 1\n    y.append({})\n    s.add('b'); s.discard('b')\n    return float(x[0])"
    outcomes = observe(text, ("f", given, 1, [], {"a", "c"}), ("f", given, 1, [], {"a", "c"}))
    assert [outcomes.observations[key].modified for key in "01"] == [(0, 2)] * 2
    assert (value_of(outcomes, "0"), value_of(outcomes, "1"), given.sum()) == (1.0, 1.0, 0.0)


def test_generators_are_seeded_before_every_call(observe: Any) -> None:
    """Random numbers do not depend on what was called before."""
    text = "import random, numpy as np\ndef f():\n    return [random.random(), float(np.random.rand())]"
    outcomes = observe(text, "f", "f")
    assert value_of(outcomes, "0") == value_of(outcomes, "1")
    assert value_of(outcomes, "0") == value_of(observe(text, "f"))


def test_generators_without_a_seed_give_the_same_in_every_run(observe: Any) -> None:
    """What numpy asks the system for, without a seed, is the same for every call, but not twice in one."""
    text = """
        import numpy as np
        def f():
            new, legacy = np.random.default_rng, np.random.RandomState
            return [float(new().random()), float(new().random()), float(legacy().random_sample())]
    """
    outcomes = observe(text, "f", "f")
    assert value_of(outcomes, "0") == value_of(outcomes, "1") == value_of(observe(text, "f"))
    assert len(set(value_of(outcomes, "0"))) == 3


def test_strings_hash_alike_in_every_run(observe: Any) -> None:
    """The order of a set of strings is the same in every box: the seed of their hash is fixed."""
    program = [sys.executable, "-c", "print(hash('order'))"]
    known = subprocess.run(program, env={"PYTHONHASHSEED": "0"}, capture_output=True, check=True).stdout
    assert int(known) == value_of(observe("def f():\n    return hash('order')", "f"))


def test_a_call_cannot_spoil_the_streams_of_the_next(observe: Any) -> None:
    """What a call puts in the place of `sys.stdout` is gone at the next call."""
    text = """
        import sys
        def spoil():
            sys.stdout = None
        def tell():
            return sys.stdout is None
    """
    assert value_of(observe(text, "spoil", "tell"), "1") is False


def test_a_flood_below_the_limit_is_harmless(observe: Any) -> None:
    """Printing a lot neither blocks a call nor changes its answer."""
    text = "def f():\n    for _ in range(100):\n        print('x' * 10000)\n    return 5"
    assert value_of(observe(text, "f", output_kb=1)) == 5


def test_large_arguments_and_answers_cross(observe: Any) -> None:
    """What does not fit into a pipe at once crosses all the same."""
    array = np.arange(200_000.0)
    outcomes = observe("def f(x):\n    return x + 1", ("f", array), answer_kb=4096)
    assert np.array_equal(array + 1, value_of(outcomes))


def test_variables_are_read(observe: Any) -> None:
    """The first name that exists is read, also an item of a mapping; what is not there is missing."""
    text = "q10 = {'dW': 'x.T @ dz'}\nq11 = 3"
    outcomes = observe(
        text,
        Read("", (("q10_dW",), ("q10", "dW"))),
        Read("", (("q11",),)),
        Read("", (("q12",), ("q10", "db"))),
        "absent",
    )
    assert (value_of(outcomes, "0"), value_of(outcomes, "1")) == ("x.T @ dz", 3)
    assert [outcomes.observations[key] for key in "23"] == [MISSING, MISSING]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("while True: pass", "cell_timed_out"),
        ("os._exit(0)", "cell_crashed"),
        ("x = np.ones(10**10)", "cell_failed"),
    ],
)
def test_a_fatal_cell_is_skipped_and_the_rest_is_marked(observe: Any, statement: str, code: str) -> None:
    """A cell that never ends or ends everything is left out; what stands before and after it counts."""
    cells = ("import os, numpy as np\ndef f():\n    return 1", statement, "def g():\n    return 2")
    outcomes = observe((Source("w.ipynb", "notebook", cells),), "f", "g")
    assert (value_of(outcomes, "0"), value_of(outcomes, "1")) == (1, 2)
    (remark,) = outcomes.remarks
    assert (remark.code, remark.detail["file"], remark.detail["cell"]) == (code, "w.ipynb", "2")


def test_an_endless_loop_in_a_script_is_skipped(observe: Any) -> None:
    """A top-level loop that never ends does not cost the functions around it."""
    outcomes = observe("def f():\n    return 1\nwhile True: pass\ndef g():\n    return 2", "f", "g")
    assert (value_of(outcomes, "0"), value_of(outcomes, "1")) == (1, 2)
    assert [Remark("cell_timed_out", {"file": "work.py"})] == list(outcomes.remarks)


def test_a_submission_that_cannot_be_loaded_fails_every_call(observe: Any) -> None:
    """After three skipped places every call has the outcome of the fourth; none is our fault."""
    outcomes = observe("import os\n" + "os._exit(0)\n" * 4 + "def f():\n    return 1", "f", "f")
    expected = Observation("crashed", trouble=Trouble("exit", "0"))
    assert [expected, expected] == list(outcomes.observations.values())
    assert len(outcomes.remarks) == 3


def test_messages_of_exceptions_are_made_harmless(observe: Any) -> None:
    """Terminal escapes, lone surrogates and length do not get through."""
    text = "def f():\n    raise ValueError('\\x1b[31m\\ud800\\u202e' + 'x' * 10**6)"
    trouble = observe(text, "f").observations["0"].trouble
    assert trouble.message.startswith("\\x1b[31m\\ud800\\u202ex")
    assert len(trouble.message) < 600


def test_an_exception_may_lie_about_itself(observe: Any) -> None:
    """An exception whose methods raise is reported by its real name."""
    text = """
        class Meta(type):
            __name__ = property(lambda self: 1 / 0)
        class Odd(Exception, metaclass=Meta):
            def __str__(self):
                raise KeyboardInterrupt
        def f():
            raise Odd
    """
    trouble = observe(text, "f").observations["0"].trouble
    assert (trouble.kind, trouble.message) == ("Odd", "")


def test_an_argument_that_cannot_cross_is_our_fault(observe: Any) -> None:
    """A value that has no plain form withholds the mark, it does not lower it."""
    assert observe("def f(x):\n    return 1", ("f", object())).observations["0"].outcome == "faulted"


def test_the_surroundings_are_bare(observe: Any) -> None:
    """The child sees an empty folder, five descriptors, four variables and nothing of ours to import."""
    text = """
        import os
        def see():
            found = []
            for number in range(1024):
                try:
                    os.fstat(number)
                    found.append(number)
                except OSError:
                    pass
            return [found, sorted(os.environ), os.listdir(), os.getcwd() == os.environ["HOME"]]
        def imports(name):
            __import__(name)
    """
    names = ("grader", "grader.judge", "reference", "assignments")
    outcomes = observe(text, "see", *(("imports", name) for name in names))
    assert value_of(outcomes) == [[0, 1, 2, 3, 4], ["HOME", "LANG", "MPLCONFIGDIR", "PATH"], [], True]
    kinds = [outcomes.observations[str(number + 1)].trouble.kind for number in range(len(names))]
    assert ["ModuleNotFoundError"] * len(names) == kinds


def test_no_file_is_left_behind(box: Any, observe: Any, tmp_path: Path) -> None:
    """Deep, locked and linked folders go with the child; what a link points to stays."""
    (tmp_path / "kept").write_text("kept")
    text = """
        import contextlib, os, tempfile
        def litter(elsewhere):
            tempfile.mkstemp()
            os.symlink(elsewhere, "link")
            with contextlib.suppress(PermissionError):
                os.mkfifo("pipe")
            os.mkdir("locked"), os.mkdir("locked/inner")
            with contextlib.suppress(PermissionError):
                os.chmod("locked", 0)
            with contextlib.suppress(OSError):
                for _ in range(1500):
                    os.mkdir("deeper")
                    os.chdir("deeper")
            return True
    """
    assert value_of(observe(text, ("litter", str(tmp_path)))) is True
    work = box.zygote.work
    assert (list(work.iterdir()) if work.exists() else []) == []
    assert (tmp_path / "kept").read_text() == "kept"


def test_no_process_is_left_behind(observe_exposed: Any) -> None:
    """A daemon that has left its session and its parents ends with the child."""
    text = """
        import os, time
        def leave():
            told, tell = os.pipe()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.write(tell, str(os.getpid()).encode())
                    time.sleep(60)
                os._exit(0)
            return int(os.read(told, 20))
    """
    daemon = value_of(observe_exposed(text, "leave"))
    with pytest.raises(ProcessLookupError):
        os.kill(daemon, 0)


def test_half_an_answer_does_not_hold_up_the_clock(observe: Any) -> None:
    """A call that sends the beginning of a frame and then waits is stopped like any other."""
    text = "import os, time\ndef f():\n    os.write(4, bytes([0, 0, 1, 0, 32]))\n    time.sleep(60)"
    observation = observe(text, "f", wall_factor=1).observations["0"]
    assert observation == Observation("timed_out", trouble=Trouble("wall"))


def test_no_descriptor_of_ours_is_lost(observe: Any) -> None:
    """However children end, the trusted side has as many descriptors open as before."""
    text = "import os\ndef f():\n    return 1\ndef g():\n    os._exit(1)\ndef h():\n    os.closerange(0, 9)"
    observe(text, "f")
    before = sorted(Path("/proc/self/fd").iterdir())
    observe(text, "f", "g", "h", "g", "f")
    assert sorted(Path("/proc/self/fd").iterdir()) == before


def test_only_answers_that_rely_on_a_repair_say_so(box: Any) -> None:
    """What loading relied on is remarked once; what a call relies on is told with its answer."""
    text = "import matplotlib.pyplot as plt\nx = 1\ndef f():\n    return float(np.ones((1, 1)))\nimport numpy as np\n"
    calls = (Read("x", (("x",),)), Call("f", "f"))
    source = Source("work.py", "script", (text,))
    repairs = frozenset({"plotting", "one_element_float"})
    outcomes = box.observe(Job("someone", (source,), calls, Limits(cpu_seconds=1), repairs))
    assert [remark.detail["name"] for remark in outcomes.remarks] == ["plotting"]
    assert {key: seen.repairs for key, seen in outcomes.observations.items()} == {
        "x": (),
        "f": ("one_element_float",),
    }


def test_the_clock_on_the_wall_counts_the_second_time_only(observe: Any, tmp_path: Path) -> None:
    """A call that slept once, as on a busy machine, is posed once more in a fresh process and then counts."""
    source = """
        import time
        started = time.time()
        def f(until):
            time.sleep(max(0.0, until - time.time()))
            return 1
    """
    outcomes = observe(source, ("f", time.time() + 1.6), cpu_seconds=1, wall_factor=1)
    assert outcomes.observations["0"].outcome == "returned"


def test_a_call_may_have_less_than_a_second(observe: Any) -> None:
    """The trusted side looks at the clock itself; the kernel, which counts whole seconds, comes later."""
    outcomes = observe("def f():\n    while True: pass\ndef g():\n    return 1", "f", "g", cpu_seconds=0.3)
    stopped, returned = outcomes.observations.values()
    assert (stopped.outcome, stopped.trouble, returned.outcome) == ("timed_out", Trouble("cpu"), "returned")
    assert outcomes.cpu_seconds < 1


def test_a_submission_has_its_time_in_all(observe: Any) -> None:
    """What would be loaded again and again for every crash is stopped when its time is up."""
    source = """
        import time
        while time.process_time() < 0.6: pass
        def f(n): import os; os._exit(1)
    """
    outcomes = observe(source, *[("f", n) for n in range(8)], cpu_seconds=1, load_seconds=2, total_seconds=1)
    troubles = [observation.trouble.kind for observation in outcomes.observations.values()]
    assert (troubles[0], troubles[-1], outcomes.cpu_seconds < 3) == ("exit", "not_tried_again", True)


def test_what_is_asked_again_is_asked_alone() -> None:
    """While one worker makes a call again, the calls of another one wait until it has its answer."""
    slow = Source(
        "slow.py", "script", ("import time\ndef f():\n    time.sleep(1.5)\n    return time.time()\n",)
    )
    busy = Source(
        "busy.py", "script", ("import time\ndef g(n):\n    time.sleep(0.02)\n    return time.time()\n",)
    )
    limits = Limits(cpu_seconds=1, wall_factor=1)
    jobs = [
        Job("slow", (slow,), (Call("0", "f"),), limits),
        Job("busy", (busy,), tuple(Call(str(n), "g", (n,)) for n in range(150)), limits),
    ]
    first, second = local.run(iter(jobs), workers=2)
    end = plain.loads(bytes(first.observations["0"].value))
    moments = [plain.loads(bytes(one.value)) for one in second.observations.values()]
    assert [moment for moment in moments if end - 1.2 < moment < end - 0.1] == []
    assert len(moments) == 150
