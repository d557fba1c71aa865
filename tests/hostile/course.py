"""Rows from 201 on: what a clever student of this course would try."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile._attack import Attack, Seen, no_answer, refused


def claims(value: object) -> Callable[[Seen], bool]:
    """Just this comes out: a claim, to be compared outside."""
    return lambda seen: seen.outcome == "returned" and seen.value == value


def came_to_an_end(seen: Seen) -> bool:
    """Whatever it is, it is an outcome of the student's own."""
    return seen.outcome in ("returned", "raised", "unsupported", "timed_out", "out_of_memory", "crashed")


def died_or_failed(seen: Seen) -> bool:
    """Its own end, and nobody else's."""
    return seen.outcome in ("crashed", "raised", "timed_out", "out_of_memory")


def not_data(seen: Seen) -> bool:
    """It does not cross the wall."""
    return seen.outcome in ("unsupported", "raised")


READING = {
    (201, "reads_the_oracle"): ("COURSE_FOLDER", "variation.py"),
    (202, "reads_the_seed"): ("COURSE_FOLDER", "assignment.toml"),
    (203, "reads_the_textbook"): ("REFERENCE_FOLDER", "solution.py"),
    (204, "reads_the_ledger"): ("RUN_FOLDER", "ledger.txt"),
}

LYING = {
    (205, "lies_through_array"): """
        import numpy as np
        class Liar:
            def __array__(self, *rest, **more):
                return np.zeros(3)
            __array_interface__ = property(lambda self: np.zeros(3).__array_interface__)
        def attack():
            return Liar()
        """,
    (206, "lies_through_float"): """
        class Liar:
            __float__ = __complex__ = __round__ = lambda self, *rest: 100.0
            hex = lambda self: "0x1.9p+6"
        def attack():
            return [Liar()]
        """,
    (207, "lies_in_a_key"): """
        class Liar(str):
            __hash__ = lambda self: hash("points")
            __eq__ = lambda self, other: True
        def attack():
            return {Liar("x"): 100}
        """,
    (208, "lies_with_a_metaclass"): """
        class Meta(type):
            __eq__ = lambda cls, other: True
            __hash__ = lambda cls: hash(int)
            __instancecheck__ = __subclasscheck__ = lambda cls, other: True
            __module__ = property(lambda cls: "numpy")
            __mro__ = property(lambda cls: (int, object))
        class Liar(metaclass=Meta):
            dtype = property(lambda self: __import__("numpy").dtype(float))
        def attack():
            return Liar()
        """,
    (209, "lies_with_a_scalar_of_its_own"): """
        import numpy as np
        class Liar(np.float64):
            tobytes = lambda self: b"x" * 8
        Liar.__module__ = "numpy"
        def attack():
            return Liar(3)
        """,
}

ATTACKS: tuple[Attack, ...] = (
    *(
        Attack(
            row,
            name,
            f"import os\ndef attack(folder):\n    return open(os.path.join(folder, {file!r})).read()",
            refused,
            (folder,),
        )
        for (row, name), (folder, file) in READING.items()
    ),
    *(
        Attack(row, name, source, not_data if row != 209 else came_to_an_end, levels="ABC")
        for (row, name), source in LYING.items()
    ),
    Attack(
        210,
        "patches_what_compares",
        """
        import math, numpy as np, numpy.testing
        def attack():
            for module in (np, np.testing, math):
                for name in ("allclose", "isclose", "array_equal", "assert_allclose", "asarray", "array"):
                    setattr(module, name, lambda *rest, **more: True)
            return 41.0
        """,
        claims(41.0),
        levels="ABC",
    ),
    Attack(
        211,
        "writes_into_the_kit",
        """
        import os, sys
        def attack():
            written = []
            for name in ("guest.plain", "guest.child", "numpy", "json", "sympy"):
                file = sys.modules[name].__file__
                for way in (lambda: open(file, "a"), lambda: open(file + "c", "w"), lambda: os.utime(file),
                            lambda: open(os.path.join(os.path.dirname(file), "hostile.pth"), "w")):
                    try:
                        way()
                        written.append(name)
                    except OSError:
                        continue
            return written
        """,
        claims([]),
    ),
    Attack(
        212,
        "formula_that_is_a_bomb",
        "import sympy\ndef attack():\n    return sympy.sympify('9**9**9**9')",
        died_or_failed,
        levels="ABC",
    ),
    Attack(
        213,
        "a_hundred_thousand_brackets",
        "def attack():\n    return eval('(' * 10**5 + '1' + ')' * 10**5)",
        died_or_failed,
        levels="ABC",
    ),
    Attack(
        214,
        "symbol_that_is_a_bomb",
        """
        import sympy
        class Bomb(sympy.Symbol):
            def _sympystr(self, printer):
                return "__import__('os').system('echo was here > " + PATH + "')"
        def attack(path):
            global PATH
            PATH = path
            return Bomb("x")
        """,
        lambda seen: seen.outcome == "returned" and type(seen.value) is not str,
        ("HOST_FILE",),
        levels="ABC",
    ),
    Attack(
        215,
        "sympify_with_side_effects",
        """
        import sympy
        def attack(path):
            return str(sympy.sympify(f"open({path!r}, 'w').write('was here')"))
        """,
        lambda seen: refused(seen) or (seen.outcome == "raised" and seen.value is None),
        ("HOST_FILE",),
    ),
    Attack(
        222,
        "huge_docstring_name_and_message",
        """
        def attack():
            Huge = type("H" * 10**6, (Exception,), {"__doc__": "</code>" * 10**6})
            attack.__doc__ = "<script>" * 10**6
            attack.__name__ = attack.__qualname__ = "a" * 10**7
            raise Huge("<b>" * 10**7)
        """,
        lambda seen: (
            no_answer(seen)
            and (seen.observation.trouble is None or len(str(seen.observation.trouble)) < 5000)
        ),
        levels="ABC",
    ),
    Attack(
        223,
        "message_that_runs_code",
        """
        class Odd(Exception):
            def __str__(self):
                while True:
                    pass
        def attack():
            raise Odd
        """,
        lambda seen: seen.outcome == "timed_out",
        levels="ABC",
    ),
    Attack(
        224,
        "trace_that_quotes_other_files",
        """
        import linecache
        def attack(path):
            linecache.cache.clear()
            code = compile("\\n" * 3 + "raise ValueError('here')", path, "exec")
            attack.__code__.co_filename
            exec(code)
        """,
        lambda seen: (
            seen.outcome == "raised"
            and seen.observation.trouble is not None
            and all(file == "attack.py" for file, _, _ in seen.observation.trouble.trace)
        ),
        ("SECRET_FILE",),
        levels="ABC",
    ),
    Attack(
        228,
        "returns_itself",
        "def attack():\n    nest = []\n    nest.append(nest)\n    return nest",
        not_data,
        levels="ABC",
    ),
    Attack(
        229,
        "many_names_for_one_thing",
        "def attack():\n    nest = [1.0] * 9\n    for _ in range(60):\n        nest = [nest] * 9\n    return nest",
        died_or_failed,
        levels="ABC",
    ),
    Attack(
        230,
        "waits_for_somebody",
        "import sys\ndef attack():\n    return input('points? ') or sys.stdin.read()",
        died_or_failed,
        levels="ABC",
    ),
)
