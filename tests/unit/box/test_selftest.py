"""The box says what it really withstands."""

from __future__ import annotations

from grader.box.selftest import inspect, level


def test_a_plain_process_admits_what_it_does_not_withstand() -> None:
    """At level C the limits hold, nothing of ours is inside, and files, network and processes are exposed."""
    isolation = inspect()
    withstood = {attack for attack, good in isolation.verified.items() if good}
    assert (isolation.level, level()) == ("C", "C")
    assert {
        "imports the grader",
        "leaves a daemon behind",
        "sees a descriptor of others",
        "sees the environment",
        "takes too much memory",
        "takes too much time",
    } == withstood - {"writes into installed packages", "traces its parent"}
    assert {"reads a file", "connects to this machine", "forks"} <= set(isolation.verified) - withstood
