"""What the box on this machine really withstands, found out by attacking it."""

from __future__ import annotations

import builtins
import os
import socket
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from signal import SIGKILL
from typing import Any

from msgspec import Struct

from grader.box.box import Box
from grader.box.zygote import Zygote, available, site_packages
from grader.errors import InternalError
from grader.guest import plain
from grader.model.job import Call, Job, Limits
from grader.model.observation import Observation
from grader.model.submission import Source

ATTACKS = Path(__file__).with_name("attacks.txt")  # text: it must never be imported
_LIMITS = Limits(cpu_seconds=1, memory_mb=128)
_LITTLE_TIME = Limits(cpu_seconds=0.2)


class Isolation(Struct, frozen=True):
    """The level of the box, and of each attack whether it was withstood.

    `refused` says why stronger levels could not be had, `user` whom submissions run as.

    Levels, strongest first, are "A", "B", "B-" and "C": see `grader.guest.levels`.
    """

    level: str
    verified: dict[str, bool]
    refused: dict[str, str] = {}
    user: int = -1


@cache
def level() -> str:
    """The level that the box of this machine has: the walls are built, but nothing attacks them."""
    return available().level


def inspect(wanted: str = "") -> Isolation:
    """Run every attack in the strongest box, or in one of the level that is wanted.

    Raises `ZygoteFault` where there is no such level, `InternalError` when an attack can be neither won nor lost.
    """
    walls = available(wanted)
    verified: dict[str, bool] = {}
    with tempfile.TemporaryDirectory(prefix="grader-secret-") as name:
        folder = Path(name)
        # only the box stands in the way
        folder.chmod(0o777)
        box = Box(partial(Zygote, level=walls.level))
        try:
            for attack, withstood in _ATTACKS.items():
                verified[attack] = withstood(box, folder)
        finally:
            box.close()
    return Isolation(walls.level, verified, walls.refused, walls.user)


def _observe(box: Box, entry: str, *arguments: Any, limits: Limits = _LIMITS) -> Observation:
    text = ATTACKS.read_text(encoding="utf-8")
    source = Source("attacks.py", "script", (text,))
    outcomes = box.observe(Job("", (source,), (Call("", entry, arguments),), limits))
    observation = outcomes.observations[""]
    if outcomes.remarks or observation.outcome in ("faulted", "missing"):
        raise InternalError(f"the box cannot be inspected: {entry}: {observation.trouble} {outcomes.remarks}")
    return observation


def _result(observation: Observation) -> Any:
    """What an attack gave, or None where it was refused. Raises `InternalError` where it failed by itself."""
    if observation.outcome == "returned":
        return plain.loads(bytes(observation.value))
    kind = getattr(builtins, observation.trouble.kind, None) if observation.trouble else None
    if observation.outcome == "raised" and not (kind and issubclass(kind, OSError | ImportError)):
        raise InternalError(f"an attack failed by itself: {observation.trouble}")
    return None


def _fails(entry: str) -> Callable[[Box, Path], bool]:
    return lambda box, folder: not _result(_observe(box, entry))


def _stopped_as(outcome: str, entry: str, limits: Limits = _LIMITS) -> Callable[[Box, Path], bool]:
    return lambda box, folder: _observe(box, entry, limits=limits).outcome == outcome


def _hides_files(box: Box, folder: Path) -> bool:
    secret = folder / "secret.txt"
    secret.write_text("the answers", encoding="utf-8")
    return bool(_result(_observe(box, "reads_a_file", str(secret))) != "the answers")


def _guards_files(box: Box, folder: Path) -> bool:
    target = folder / "written.txt"
    _observe(box, "writes_a_file", str(target))
    return not target.exists()


def _guards_packages(box: Box, folder: Path) -> bool:
    target = Path(site_packages()[0], f"grader-selftest-{os.getpid()}.txt")
    _observe(box, "writes_a_file", str(target))
    written = target.exists()
    target.unlink(missing_ok=True)
    return not written


def _has_no_network(box: Box, folder: Path) -> bool:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return not _result(_observe(box, "connects", server.getsockname()[1]))


def _leaves_no_daemon(box: Box, folder: Path) -> bool:
    daemon = _result(_observe(box, "leaves_a_daemon"))
    if not isinstance(daemon, int):
        return True
    try:
        os.kill(daemon, SIGKILL)
    except ProcessLookupError:
        return True
    return False


_ATTACKS: dict[str, Callable[[Box, Path], bool]] = {
    "reads a file": _hides_files,
    "writes a file outside its folder": _guards_files,
    "writes into installed packages": _guards_packages,
    "connects to this machine": _has_no_network,
    "forks": _fails("forks"),
    "starts a program": _fails("starts_a_program"),
    "signals its parent": _fails("signals_its_parent"),
    "traces its parent": _fails("traces_its_parent"),
    "leaves a daemon behind": _leaves_no_daemon,
    "sees a descriptor of others": _fails("sees_a_descriptor"),
    "sees the environment": _fails("sees_the_environment"),
    "imports the grader": _fails("imports_the_grader"),
    "takes too much memory": _stopped_as("out_of_memory", "takes_memory"),
    "takes too much time": _stopped_as("timed_out", "takes_time", _LITTLE_TIME),
}
