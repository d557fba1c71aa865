"""Rows 110–114 and 118: parts of the kernel that nobody needs here."""

from __future__ import annotations

import platform

from tests.hostile._attack import Attack, Seen, refused
from tests.hostile._calls import with_calls
from tests.hostile.stealing import nothing


def killed_or_refused(seen: Seen) -> bool:
    """The filter killed it or said no."""
    return refused(seen) or seen.outcome == "crashed"


KERNEL: tuple[Attack, ...] = (
    Attack(
        110,
        "sets_up_a_ring",
        with_calls("""
        def attack():
            return not_refused({
                "setup": lambda: tried(425, 4, (ctypes.c_uint32 * 30)()),
                "enter": lambda: tried(426, 9, 0, 0, 0, None, 0),
                "register": lambda: tried(427, 9, 0, None, 0),
            })
        """),
        nothing,
    ),
    Attack(
        111,
        "leaves_a_key_for_others",
        with_calls("""
        def attack():
            return not_refused({
                "add_key": lambda: tried(number(248, 217), b"user", b"grader-hostile", b"x", 1, -2),
                "request_key": lambda: tried(number(249, 218), b"user", b"grader-hostile", None, -2),
                "keyctl": lambda: tried(number(250, 219), 0, -3, 0),
            })
        """),
        nothing,
    ),
    Attack(
        112,
        "loads_programs_into_the_kernel",
        with_calls("""
        def attack():
            events = (ctypes.c_uint32 * 32)(1, 112)
            events[10] = 0x60  # of its own code only, which ordinary users may ask for
            return not_refused({
                "bpf": lambda: tried(number(321, 280), 0, (ctypes.c_uint32 * 32)(2, 4, 4, 1), 128),
                "perf": lambda: tried(number(298, 241), events, 0, -1, -1, 0),
                "userfaultfd": lambda: tried(number(323, 282), 1),
                "module": lambda: tried(number(313, 273), 0, b"", 0),
            })
        """),
        nothing,
    ),
    Attack(
        118,
        "opens_by_handle",
        with_calls("""
        def attack():
            handle = (ctypes.c_uint32 * 4)(8, 1, 2, 0)  # the root of many a file system
            here = os.open(".", os.O_RDONLY)
            return not_refused({"open": lambda: tried(number(304, 265), here, handle, 0)})
        """),
        nothing,
    ),
)

FOREIGN: tuple[Attack, ...] = (
    Attack(
        113,
        "calls_with_32_bit_pointers",
        with_calls("""
        def attack():
            result, error = tried(0x40000000 + 39)
            if result < 0:
                raise OSError(error, os.strerror(error))
            return result
        """),
        killed_or_refused,
    ),
    Attack(
        114,
        "calls_the_old_way",
        """
        import ctypes, mmap

        def attack():
            page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
            page.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")  # getpid by `int 0x80`
            address = ctypes.addressof(ctypes.c_char.from_buffer(page))
            return ctypes.CFUNCTYPE(ctypes.c_int)(address)()
        """,
        killed_or_refused,
    ),
)
"""Ways into the kernel that only one family of processors has."""

ATTACKS: tuple[Attack, ...] = (*KERNEL, *(FOREIGN if platform.machine() == "x86_64" else ()))
