"""Finding out what the box really withstands while it is already at work."""

from __future__ import annotations

from functools import cache
from threading import Lock, Thread

import msgspec

from grader.box.selftest import Isolation, inspect, level
from grader.errors import Fault, UsageError
from grader.ledger import Ledger

SAFE = ("A", "B")
VERIFIED = "verified"
_EXPOSED = {"B-": "your files", "C": "your files, the network and your other processes"}


@cache
def _inspected() -> Isolation:
    """What the box of this machine withstands; it does not change while a program runs."""
    return inspect()


class Verification:
    """Attacks the box of this machine in a thread of its own, once, and only if there is something to run."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._found: Isolation | None = None

    def start(self) -> None:
        """Begin, if nobody has yet; any thread may ask."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._inspect, daemon=True)
                self._thread.start()

    def note(self, ledger: Ledger) -> None:
        """Wait for the end and write down what was found; what an earlier run found stays if nothing was begun."""
        if self._thread is None:
            return
        self._thread.join()
        found = self._found or Isolation(level(), {"inspection": False})
        ledger.note({VERIFIED: msgspec.json.encode(found).decode()})

    def _inspect(self) -> None:
        try:
            self._found = _inspected()
        except Exception:  # noqa: BLE001 - an inspection that fails has verified nothing, and that is what is noted
            self._found = None


def verified(ledger: Ledger) -> Isolation | None:
    """What the last inspection of a run found."""
    fact = ledger.fact(VERIFIED)
    return msgspec.json.decode(fact, type=Isolation) if fact else None


def shortfall(ledger: Ledger) -> str:
    """Nothing where every attack was withstood, else how many: " 13/14"."""
    found = verified(ledger)
    if found is None or all(found.verified.values()):
        return ""
    return f" {sum(found.verified.values())}/{len(found.verified)}"


def exposed(reached: str) -> str:
    """What submissions could reach at a level; nothing where the box is safe."""
    return _EXPOSED.get(reached, "")


def refuse_unsafe(reached: str, allowed: bool) -> None:
    """Raises `UsageError` where the box is so weak that a submission could read files or use the network."""
    if allowed or not exposed(reached):
        return
    problem = f"the box has only level {reached} here: submissions could reach {exposed(reached)}"
    remedy = (
        "Allow user namespaces or Landlock (Linux 5.13) on this machine, or use another one; `grader doctor` says "
        "what is missing. If you trust every author, go on with --allow-unsafe: each result will be marked so."
    )
    raise UsageError([Fault("this machine", "U122", problem, remedy)])
