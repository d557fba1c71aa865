"""Rows 57–69 and 96: using up time and memory.

Even without any confinement no attack takes more than a gigabyte, or outlives its process.
"""

from __future__ import annotations

from textwrap import dedent

from grader.model.job import Limits
from tests.hostile._attack import Attack, Seen, refused
from tests.hostile._calls import C_CALL
from tests.hostile.stealing import nothing

LITTLE = Limits(cpu_seconds=2, load_seconds=2, memory_mb=128)
"""Memory that is soon used up."""


def timed_out(seen: Seen) -> bool:
    """It ran into a limit of time."""
    return seen.outcome == "timed_out"


def out_of_memory(seen: Seen) -> bool:
    """It got no more memory."""
    return seen.outcome == "out_of_memory"


def got_little(seen: Seen) -> bool:
    """It counted how many megabytes it got, and they are no more than it may have."""
    counted = seen.outcome == "returned" and type(seen.value) is int and 0 < seen.value <= LITTLE.memory_mb
    return counted or out_of_memory(seen)


def held_up_only_itself(seen: Seen) -> bool:
    """It was denied, stopped for waiting, or ignored, as the first process of a namespace ignores signals."""
    return refused(seen) or timed_out(seen) or (seen.outcome == "returned" and seen.value == "went on")


def failed_or_answered(seen: Seen) -> bool:
    """Its own answer came, or did not: nobody else is concerned."""
    return seen.outcome in ("returned", "raised", "crashed")


TIME: tuple[Attack, ...] = (
    Attack(57, "loops_for_ever", "def attack():\n    while True:\n        pass", timed_out, levels="ABC"),
    Attack(
        57,
        "loops_for_ever_while_loading",
        "def attack():\n    return 'loaded'\nwhile True:\n    pass",
        lambda seen: timed_out(seen) or (seen.outcome == "returned" and seen.value == "loaded"),
        levels="ABC",
    ),
    Attack(
        57,
        "catches_everything_and_loops",
        """
        def attack():
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    continue
        """,
        timed_out,
        levels="ABC",
    ),
    Attack(
        58, "sleeps_for_ever", "import time\ndef attack():\n    time.sleep(10 ** 6)", timed_out, levels="ABC"
    ),
    Attack(
        58,
        "waits_for_input",
        "import os\ndef attack():\n    read, write = os.pipe()\n    return os.read(read, 1)",
        timed_out,
        levels="ABC",
    ),
    Attack(59, "never_lets_go", "def attack():\n    return sum(range(10 ** 12))", timed_out, levels="ABC"),
    Attack(
        60,
        "catastrophic_expression",
        "import re\ndef attack():\n    return bool(re.match(r'(a+)+$', 'a' * 64 + 'b'))",
        timed_out,
        levels="ABC",
    ),
    Attack(
        61,
        "tower_of_powers",
        "def attack(nine):\n    return (nine ** nine ** nine) % 7",
        lambda seen: timed_out(seen) or out_of_memory(seen),
        (9,),
        levels="ABC",
    ),
    Attack(
        62,
        "ignores_every_signal",
        """
        import signal

        def attack():
            for number in range(1, signal.NSIG):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    continue
            while True:
                pass
        """,
        timed_out,
        levels="ABC",
    ),
    Attack(
        62,
        "blocks_every_signal",
        """
        import signal

        def attack():
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
            while True:
                pass
        """,
        timed_out,
        levels="ABC",
    ),
    Attack(
        63,
        "stops_itself",
        "import os, signal\ndef attack():\n    os.kill(os.getpid(), signal.SIGSTOP)\n    return 'went on'",
        held_up_only_itself,
        levels="ABC",
    ),
    Attack(
        96,
        "alarm_that_exits",
        """
        import signal, sys

        def attack():
            signal.signal(signal.SIGALRM, lambda number, frame: sys.exit(0))
            signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
            return sum(range(10 ** 6))
        """,
        failed_or_answered,
        levels="ABC",
    ),
)

MEMORY: tuple[Attack, ...] = (
    Attack(
        64,
        "twenty_gigabytes",
        "def attack():\n    return len(bytearray(20 << 30))",
        out_of_memory,
        levels="ABC",
    ),
    Attack(
        65,
        "takes_more_and_more",
        """
        def attack():
            blocks = []
            try:
                while len(blocks) < 1000:
                    blocks.append(b"x" * (1 << 20))
            except MemoryError:
                pass
            return len(blocks)
        """,
        got_little,
        limits=LITTLE,
        levels="ABC",
    ),
    Attack(
        65,
        "maps_more_and_more",
        """
        import mmap

        def attack():
            blocks = []
            try:
                while len(blocks) < 1000:
                    blocks.append(mmap.mmap(-1, 1 << 20))
                    blocks[-1][::4096] = b"x" * 256
            except (MemoryError, OSError):
                pass
            return len(blocks)
        """,
        got_little,
        limits=LITTLE,
        levels="ABC",
    ),
    Attack(
        66,
        "array_of_64_gigabytes",
        "import numpy as np\ndef attack():\n    return float(np.ones(8 << 30).sum())",
        out_of_memory,
        levels="ABC",
    ),
    Attack(
        67,
        "memory_in_a_file_without_a_name",
        """
        import os

        def attack():
            with open(os.memfd_create("uncounted"), "wb") as file:
                return file.write(b"x" * (1 << 20))
        """,
        refused,
    ),
    Attack(
        68,
        "shared_memory",
        C_CALL
        + dedent("""
        def attack():
            segment = call(libc.shmget, 0, 1 << 20, 0o1600)
            libc.shmctl(segment, 0, None)  # at once, so that even an unconfined one leaves nothing
            return segment
        """),
        refused,
    ),
    Attack(
        68,
        "shared_memory_with_a_name",
        """
        from multiprocessing.shared_memory import SharedMemory

        def attack():
            memory = SharedMemory(create=True, size=1 << 20)
            memory.close()
            memory.unlink()
            return "shared"
        """,
        refused,
    ),
    Attack(
        69,
        "queues_and_semaphores",
        C_CALL
        + dedent("""
        def attack():
            found = []
            queue = libc.msgget(0, 0o1600)
            if queue >= 0:
                libc.msgctl(queue, 0, None)
                found.append("queue")
            semaphores = libc.semget(0, 1, 0o1600)
            if semaphores >= 0:
                libc.semctl(semaphores, 0, 0)
                found.append("semaphores")
            if libc.mq_open(b"/grader-hostile", os.O_CREAT | os.O_RDWR, 0o600, None) >= 0:
                libc.mq_unlink(b"/grader-hostile")
                found.append("named queue")
            return found
        """),
        nothing,
    ),
)

ATTACKS: tuple[Attack, ...] = (*TIME, *MEMORY)
