"""Rows 70–78, 83 and 87–89: filling disks, pipes and tables of processes.

Even without any confinement no attack writes more than 64 MB or forks more than 64 times.
"""

from __future__ import annotations

from textwrap import dedent

from tests.hostile._attack import Attack, Seen, no_answer, refused, stopped
from tests.hostile._calls import C_CALL
from tests.hostile.denial import LITTLE
from tests.hostile.forging import FRAME
from tests.hostile.stealing import nothing

DISK_MB = 16
DISK_FILES = 256
THREADS = 64


def crashed(seen: Seen) -> bool:
    """The child ended without an answer."""
    return seen.outcome == "crashed"


def cut_off(seen: Seen) -> bool:
    """It said more than anybody listens to."""
    return seen.outcome in ("crashed", "timed_out")


DISK: tuple[Attack, ...] = (
    Attack(
        70,
        "fills_the_disk",
        """
        def attack():
            written = 0
            for number in range(4):
                try:
                    with open(f"{number}.bin", "wb") as file:
                        for _ in range(16):
                            file.write(b"x" * (1 << 20))
                            file.flush()
                            written += 1
                except OSError:
                    continue
            return written
        """,
        lambda seen: seen.outcome == "returned" and 0 < seen.value <= DISK_MB,
        levels="A",
    ),
    Attack(
        71,
        "makes_very_many_files",
        """
        def attack():
            for number in range(2000):
                try:
                    open(f"{number}.txt", "w").close()
                except OSError:
                    return number
            return 2000
        """,
        lambda seen: seen.outcome == "returned" and 0 < seen.value <= DISK_FILES,
        levels="A",
    ),
    Attack(
        72,
        "file_with_holes",
        "def attack():\n    with open('holes', 'wb') as file:\n        return file.truncate(1 << 40)",
        refused,
        levels="ABC",
    ),
    Attack(
        83,
        "exhausts_descriptors",
        "import os\ndef attack():\n    return len([os.dup(1) for _ in range(10 ** 4)])",
        refused,
        levels="ABC",
    ),
)

PROCESSES: tuple[Attack, ...] = (
    Attack(
        73,
        "fork_bomb",
        """
        import os, time

        def attack():
            for _ in range(64):
                if os.fork() == 0:
                    time.sleep(20)
                    os._exit(0)
            return "forked"
        """,
        refused,
    ),
    Attack(
        73,
        "forks_by_other_names",
        C_CALL
        + dedent("""
        def attack():
            # where vfork (58) is allowed, two share one stack, and this child will not survive it
            numbers = (220,) if os.uname().machine == "aarch64" else (56, 57, 58)
            found = []
            for number in numbers:
                pid = libc.syscall(number, 17 if number in (56, 220) else 0, 0, 0, 0, 0)
                if pid == 0:
                    os._exit(0)
                if pid > 0:
                    os.waitpid(pid, 0)
                    found.append(number)
            return found
        """),
        nothing,
    ),
    Attack(
        74,
        "starts_a_program",
        "import subprocess, sys\ndef attack():\n"
        "    return subprocess.run([sys.executable, '-c', 'print(1)']).returncode",
        refused,
    ),
    Attack(
        74,
        "spawns_a_program",
        "import os, sys\ndef attack():\n"
        "    pid = os.posix_spawn(sys.executable, [sys.executable, '-c', 'pass'], {})\n"
        "    return os.waitpid(pid, 0)[1]",
        refused,
    ),
    Attack(
        74,
        "asks_the_shell",
        "import os\ndef attack():\n    return os.popen('echo started').read().strip() or 'PermissionError'",
        refused,
    ),
    Attack(
        75,
        "thread_bomb",
        """
        import threading, time

        def attack():
            for number in range(1000):
                try:
                    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                except (RuntimeError, MemoryError):
                    return number
            return 1000
        """,
        lambda seen: stopped(seen) or (seen.outcome == "returned" and seen.value <= THREADS),
        limits=LITTLE,
        levels="ABC",
    ),
    Attack(
        89,
        "leaves_a_daemon",
        """
        import os, time

        def attack():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(20)
                os._exit(0)
            return "left"
        """,
        refused,
    ),
)

OUTPUT: tuple[Attack, ...] = (
    Attack(
        76,
        "prints_without_end",
        "def attack():\n    while True:\n        print('x' * 65536, flush=True)",
        cut_off,
        levels="ABC",
    ),
    Attack(
        77,
        "writes_errors_without_end",
        "import os\ndef attack():\n    while True:\n        os.write(2, b'\\x1b[31m' * 10000)",
        cut_off,
        levels="ABC",
    ),
    Attack(
        78, "returns_100_megabytes", "def attack():\n    return 'x' * (100 << 20)", no_answer, levels="ABC"
    ),
    Attack(
        78,
        "announces_four_gigabytes",
        FRAME + "\n    def attack():\n        os.write(4, b'\\xff' * 4)\n        os.write(4, b'x' * 1000)\n"
        "        time.sleep(60)",
        crashed,
        levels="ABC",
    ),
    Attack(
        78,
        "answers_without_end",
        "import os\ndef attack():\n    while True:\n        os.write(4, b'\\0\\0\\0\\x02{}' * 10000)",
        crashed,
        levels="ABC",
    ),
    Attack(
        87,
        "answer_nested_200000_deep",
        FRAME
        + """
    def attack():
        deep = b'{"l":[' * 100000 + b"]}" * 100000
        send(b'{"key":"0","returned":' + deep + b',"modified":[],"repairs":[]}')
        time.sleep(60)
        """,
        crashed,
        levels="ABC",
    ),
    Attack(
        88,
        "answer_of_900000_digits",
        FRAME
        + """
    def attack():
        send(b'{"key":"0","returned":{"i":"' + b"9" * 900000 + b'"},"modified":[],"repairs":[]}')
        time.sleep(60)
        """,
        crashed,
        levels="ABC",
    ),
)

ATTACKS: tuple[Attack, ...] = (*DISK, *PROCESSES, *OUTPUT)
