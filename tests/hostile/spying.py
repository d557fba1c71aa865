"""Rows 1–26, second half: stealing what is in memory, in descriptors and in other processes."""

from __future__ import annotations

from tests.hostile._attack import Attack, Seen, refused
from tests.hostile.stealing import C_CALL, nothing


def told(seen: Seen) -> bool:
    """It told all that it could see; that the secret is not in it is seen to by the harness."""
    return seen.outcome == "returned" and isinstance(seen.value, str) and len(seen.value) > 20


HUNT = """
    import gc, re, sys
    WANTED = re.compile("canary-[0-9a-f]{16}")

    def texts(value, depth=0):
        if isinstance(value, str):
            yield value
        elif isinstance(value, (bytes, bytearray)):
            yield bytes(value).decode("latin-1")
        elif isinstance(value, dict) and depth < 2:
            for key, item in list(value.items()):
                yield from texts(key, depth + 1)
                yield from texts(item, depth + 1)
        elif isinstance(value, (list, tuple, set, frozenset)) and depth < 2:
            for item in list(value):
                yield from texts(item, depth + 1)

    def hunt(values):
        return sorted({found for value in values for text in texts(value) for found in WANTED.findall(text)})
"""

ATTACKS: tuple[Attack, ...] = (
    Attack(
        4,
        "dumps_every_frame",
        """
        import sys, threading

        def attack():
            told, frame = [], sys._getframe()
            for frame in [*sys._current_frames().values(), frame]:
                while frame is not None:
                    told.append(repr((frame.f_code.co_filename, frame.f_locals))[:20000])
                    frame = frame.f_back
            return "\\n".join(told)
        """,
        told,
        levels="ABC",
    ),
    Attack(
        5,
        "hunts_through_all_objects",
        HUNT
        + """
    def attack():
        gc.unfreeze()
        return hunt(gc.get_objects())
        """,
        nothing,
        levels="ABC",
    ),
    Attack(
        8,
        "reads_memory_of_its_parent",
        "def attack(parent):\n    open(f'/proc/{parent}/mem', 'rb').close()\n    return 'opened'",
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        9,
        "goes_through_the_root_of_others",
        """
        import os

        def attack(path, parent):
            found = []
            for pid in (1, parent, os.getppid(), "self", "thread-self"):
                for way in ("root", "cwd/../../../../../../..", "task/1/root"):
                    try:
                        found.append(open(f"/proc/{pid}/{way}{path}").read())
                    except OSError:
                        continue
            return found
        """,
        nothing,
        ("SECRET_FILE", "PARENT_PID"),
    ),
    Attack(
        10,
        "looks_for_forgotten_descriptors",
        """
        import os

        def attack():
            found = []
            for number in range(5, 1024):
                try:
                    os.fstat(number)
                    found.append(number)
                except OSError:
                    continue
            return found
        """,
        nothing,
        levels="ABC",
    ),
    Attack(
        11,
        "traces_its_parent",
        C_CALL + "\n    def attack(parent):\n        return call(libc.ptrace, 16, parent, 0, 0)",
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        12,
        "copies_memory_of_its_parent",
        C_CALL
        + """
    class Span(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    def attack(parent):
        there = id(attack)  # at the same address there: a fork
        data = ctypes.create_string_buffer(64)
        ours, theirs = Span(ctypes.addressof(data), 64), Span(there, 64)
        return call(libc.process_vm_readv, parent, ctypes.byref(ours), 1, ctypes.byref(theirs), 1, 0)
        """,
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        13,
        "takes_a_descriptor_of_its_parent",
        C_CALL
        + """
    def attack(parent):
        return call(libc.syscall, 438, os.pidfd_open(parent), 3, 0)
        """,
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        15,
        "searches_modules_and_lines",
        HUNT
        + """
    import linecache

    def attack():
        modules = [vars(module) for module in list(sys.modules.values()) if hasattr(module, "__dict__")]
        ours = [name for name in sys.modules if name.partition(".")[0] in ("grader", "reference", "assignments")]
        return ours + hunt(modules + [linecache.cache])
        """,
        nothing,
        levels="ABC",
    ),
    Attack(
        16,
        "searches_memory_for_the_student_before",
        HUNT
        + """
    import ctypes

    def attack():
        # what was freed is still where it was: look at the heap as it lies, around objects young and old
        gc.unfreeze()
        places = sorted(id(one) for one in gc.get_objects())
        found, end = set(), 0
        for place in places:
            start = max(end, place - 256)
            end = max(end, place + 4096 if places[-1] > place + 4096 else place)
            if end > start and end - start <= 8192:
                found |= set(WANTED.findall(ctypes.string_at(start, end - start).decode("latin-1")))
        return sorted(found - {"canary-[0-9a-f]{16}"})
        """,
        lambda seen: nothing(seen) or seen.outcome == "crashed",
        levels="ABC",
    ),
)
