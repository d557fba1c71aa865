"""The box: warm processes that are started when they are needed and replaced when they fail."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.box.posing import Posing
from grader.box.zygote import Zygote, ZygoteFault
from grader.model.job import Job, Outcomes

_USES = {"sympy": re.compile(r"sympy|\bsp\b")}
"""What is warm only for those who use it, and how they mention it: it doubles the pages that every fork carries."""


class Box:
    """Observes one job after the other, always in the same thread; any thread may `stop` it.

    `start` makes a warm process with the `packages` that it is given. `zygote` is the one that served last.
    """

    def __init__(self, start: Callable[..., Zygote] = Zygote) -> None:
        self._start = start
        self._zygotes: dict[tuple[str, ...], Zygote] = {}
        self.zygote: Zygote | None = None
        self._stopped = False

    def observe(self, job: Job) -> Outcomes:
        """Give what came of `job`. Never raises: a fault of ours is tried once more, then it is an observation."""
        posing = Posing(job)
        packages = packages_of(job)
        try:
            try:
                posing.run(self._warm(packages))
            except (ZygoteFault, OSError):
                self.close()
                posing.run(self._warm(packages))
        except Exception as fault:  # noqa: BLE001 - one submission must not cost the others their marks
            self.close()
            posing.give_up(f"{type(fault).__name__}: {fault}")
        return posing.outcomes()

    def stop(self) -> None:
        """Observe nothing more; what is being observed becomes faulted."""
        self._stopped = True
        for zygote in list(self._zygotes.values()):
            zygote.stop()

    def close(self) -> None:
        """End the warm processes; the next job would start another one."""
        self.zygote = None
        while self._zygotes:
            self._zygotes.popitem()[1].close()

    def _warm(self, packages: tuple[str, ...]) -> Zygote:
        if packages not in self._zygotes and not self._stopped:
            self._zygotes[packages] = self._start(packages=packages)
        # looked at last: it may have been stopped while it was starting
        if packages not in self._zygotes or self._stopped:
            raise ZygoteFault("stopped")
        self.zygote = self._zygotes[packages]
        return self.zygote


def packages_of(job: Job) -> tuple[str, ...]:
    """What a submission or the modules given to it mention, to be warm before it is loaded."""
    texts = [text for source in job.sources for text in source.cells] + list(job.given.values())
    return tuple(name for name, mention in _USES.items() if any(map(mention.search, texts)))
