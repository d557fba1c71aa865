"""Rows 90–95: signals, limits and priorities.

Even without any confinement nobody is signalled but the attack itself and the process it was told of.
"""

from __future__ import annotations

from textwrap import dedent

from tests.hostile._attack import Attack, refused
from tests.hostile._calls import C_CALL
from tests.hostile.flooding import crashed
from tests.hostile.stealing import nothing

SIGNALS: tuple[Attack, ...] = (
    Attack(
        90,
        "kills_its_parent",
        "import os\ndef attack(parent):\n    os.kill(parent, 9)",
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        90,
        "could_kill_everybody",
        """
        import os

        def attack():
            found = []
            for pid in (1, 0, -1):
                try:
                    os.kill(pid, 0)  # nobody is hurt: it only asks whether it might
                    found.append(pid)
                except OSError:
                    continue
            return found
        """,
        nothing,
    ),
    Attack(
        91,
        "kills_its_group",
        """
        import os

        def attack():
            # only where there is nobody else in the group: otherwise, ask whether it might
            alone = os.getpgrp() == os.getpid()
            os.killpg(0, 9 if alone else 0)
            return "went on" if alone else "might have killed others"
        """,
        lambda seen: (
            refused(seen) or crashed(seen) or (seen.outcome == "returned" and seen.value == "went on")
        ),
        levels="ABC",
    ),
    Attack(
        92,
        "kills_by_thread",
        C_CALL
        + dedent("""
        def attack(parent):
            arm = os.uname().machine == "aarch64"
            return call(libc.syscall, 131 if arm else 234, parent, parent, 9)
        """),
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        93,
        "kills_by_queue",
        C_CALL
        + dedent("""
        def attack(parent):
            arm = os.uname().machine == "aarch64"
            details = (ctypes.c_int * 32)(9, 0, -1)
            return call(libc.syscall, 138 if arm else 129, parent, 9, details)
        """),
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        93,
        "kills_by_descriptor",
        "import os, signal\ndef attack(parent):\n    signal.pidfd_send_signal(os.pidfd_open(parent), 9)",
        refused,
        ("PARENT_PID",),
    ),
)

LIMITS: tuple[Attack, ...] = (
    Attack(
        94,
        "raises_its_own_limits",
        """
        import resource

        def attack():
            raised = []
            for name in dir(resource):
                if not name.startswith("RLIMIT_"):
                    continue
                kind = getattr(resource, name)
                soft, hard = resource.getrlimit(kind)
                if hard == resource.RLIM_INFINITY:
                    continue
                try:
                    resource.setrlimit(kind, (hard + 1, hard + 1))
                    raised.append(name)
                except (OSError, ValueError):
                    continue
            return raised
        """,
        nothing,
    ),
    Attack(
        94,
        "lowers_the_limits_of_its_parent",
        """
        import resource

        def attack(parent):
            # what it asks for is what already is, so that nothing breaks where it is allowed
            return resource.prlimit(parent, resource.RLIMIT_CORE, resource.prlimit(parent, resource.RLIMIT_CORE))
        """,
        refused,
        ("PARENT_PID",),
    ),
    Attack(
        95,
        "pushes_ahead",
        """
        import os

        def attack(parent):
            ways = {
                "nice": lambda: os.nice(-20),
                "priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
                "parent": lambda: os.setpriority(os.PRIO_PROCESS, parent, 1),
                "real time": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
                "one core": lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
            }
            found = []
            for name, way in ways.items():
                try:
                    way()
                    found.append(name)
                except OSError:
                    continue
            return found
        """,
        nothing,
        ("PARENT_PID",),
    ),
)

ATTACKS: tuple[Attack, ...] = (*SIGNALS, *LIMITS)
