"""Rows 79–82 and 84–86: breaking the interpreter."""

from __future__ import annotations

from tests.hostile._attack import Attack, Seen, no_answer, stopped
from tests.hostile.denial import LITTLE
from tests.hostile.flooding import crashed


def read_or_not(seen: Seen) -> bool:
    """What stands before the bomb may count; the bomb itself does not."""
    return seen.outcome in ("missing", "timed_out") or (seen.outcome == "returned" and seen.value == 1)


ATTACKS: tuple[Attack, ...] = (
    Attack(
        79,
        "recursion_without_end",
        "import sys\ndef attack(depth=0):\n    sys.setrecursionlimit(10 ** 9)\n    return attack(depth + 1)",
        stopped,
        limits=LITTLE,
        levels="ABC",
    ),
    Attack(
        80,
        "overflows_the_stack",
        """
        import sys

        def attack():
            sys.setrecursionlimit(10 ** 9)
            nested = []
            for _ in range(10 ** 5):
                nested = [nested]
            return len(repr(nested))
        """,
        lambda seen: stopped(seen) or seen.outcome == "returned",
        levels="ABC",
    ),
    Attack(
        80,
        "returns_what_is_nested_too_deep",
        "def attack():\n    nested = []\n    for _ in range(10 ** 5):\n        nested = [nested]\n    return nested",
        no_answer,
        levels="ABC",
    ),
    Attack(
        80,
        "returns_what_contains_itself",
        "def attack():\n    x = []\n    x.append(x)\n    return x",
        no_answer,
        levels="ABC",
    ),
    Attack(
        81,
        "reads_address_zero",
        "import ctypes\ndef attack():\n    return ctypes.string_at(0)",
        crashed,
        levels="ABC",
    ),
    Attack(82, "aborts", "import os\ndef attack():\n    os.abort()", crashed, levels="ABC"),
    Attack(
        84,
        "compiles_a_mountain_of_brackets",
        "def attack():\n    return compile('(' * 100000 + ')' * 100000, 'x', 'eval').co_consts",
        no_answer,
        levels="ABC",
    ),
    Attack(
        85,
        "is_a_mountain_of_brackets",
        "def attack():\n    return 1\nx = " + "(" * 100_000 + ")" * 100_000,
        read_or_not,
        levels="ABC",
    ),
    Attack(
        85,
        "is_a_chain_of_signs",
        "def attack():\n    return 1\nx = " + "-" * 200_000 + "1",
        read_or_not,
        levels="ABC",
    ),
    Attack(86, "text_of_ten_gigabytes", "def attack():\n    return 'a' * 10 ** 10", no_answer, levels="ABC"),
)
