"""The box: a warm process that is started when it is needed and replaced when it fails."""

from __future__ import annotations

from collections.abc import Callable

from grader.box.posing import Posing
from grader.box.zygote import Zygote, ZygoteFault
from grader.model.job import Job, Outcomes


class Box:
    """Observes one job after the other, always in the same thread; any thread may `stop` it."""

    def __init__(self, start: Callable[[], Zygote] = Zygote) -> None:
        self._start = start
        self.zygote: Zygote | None = None
        self._stopped = False

    def observe(self, job: Job) -> Outcomes:
        """Give what came of `job`. Never raises: a fault of ours is tried once more, then it is an observation."""
        posing = Posing(job)
        try:
            try:
                posing.run(self._warm())
            except (ZygoteFault, OSError):
                self.close()
                posing.run(self._warm())
        except Exception as fault:  # noqa: BLE001 - one submission must not cost the others their marks
            self.close()
            posing.give_up(f"{type(fault).__name__}: {fault}")
        return posing.outcomes()

    def stop(self) -> None:
        """Observe nothing more; what is being observed becomes faulted."""
        self._stopped = True
        if self.zygote is not None:
            self.zygote.stop()

    def close(self) -> None:
        """End the warm process; the next job would start another one."""
        zygote, self.zygote = self.zygote, None
        if zygote is not None:
            zygote.close()

    def _warm(self) -> Zygote:
        if self.zygote is None and not self._stopped:
            self.zygote = self._start()
        # looked at last: it may have been stopped while it was starting
        if self.zygote is None or self._stopped:
            raise ZygoteFault("stopped")
        return self.zygote
