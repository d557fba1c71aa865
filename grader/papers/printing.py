"""From pages to PDF, by a Chromium that is installed; one process prints all of them, over a pipe.

The pages are ours, run no script and load nothing. Chromium's own sandbox does not work for root, and is switched
off then.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from grader.errors import InternalError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ABSENT = (
    "no PDF was written, because no Chromium is installed: `apt-get install chromium fonts-dejavu`, then print the "
    "HTML files, or deal again into another folder with the same seed"
)
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--no-first-run",
    "--disable-dev-shm-usage",
)
FOOTER = (
    '<div style="font: 8px sans-serif; width: 100%; padding: 0 16mm; display: flex; justify-content: space-between">'
    '<span class="title"></span><span><span class="pageNumber"></span>/<span class="totalPages"></span></span></div>'
)
PAPER = {
    "printBackground": True,
    "preferCSSPageSize": True,
    "displayHeaderFooter": True,
    "headerTemplate": "<span></span>",
    "footerTemplate": FOOTER,
    "transferMode": "ReturnAsBase64",
}
FREE = 10
"""File descriptors from here on are out of the way of those that Chromium expects its pipe at."""


def browser() -> str:
    """Path of a Chromium, or nothing."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def print_all(pages: Sequence[Path]) -> str:
    """Write a PDF beside each page; why that could not be done, or nothing."""
    program = browser()
    if not program:
        return ABSENT
    try:
        with _opened(program) as tab:
            for page in pages:
                fresh = page.with_name(f".{page.stem}.pdf.{os.getpid()}")
                fresh.write_bytes(tab.printed(page.resolve().as_uri()))
                fresh.replace(page.with_suffix(".pdf"))
    except (OSError, InternalError) as error:
        return f"not all PDFs were written, because {program} failed: {error}; the HTML files are whole"
    return ""


class _Tab:
    """One tab of a running browser, spoken to by the DevTools protocol: JSON texts with a zero byte in between."""

    def __init__(self, out: BinaryIO, into: BinaryIO) -> None:
        self._out, self._into = out, into
        self._number = 0
        self._session: dict[str, str] = {}
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        self.ask("Page.enable")

    def printed(self, address: str) -> bytes:
        """The page at an address as PDF."""
        self.ask("Page.navigate", url=address)
        while self._heard().get("method") != "Page.loadEventFired":
            pass
        return base64.b64decode(self.ask("Page.printToPDF", **PAPER)["data"])

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters, **self._session}
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        while (heard := self._heard()).get("id") != self._number:
            pass
        if "error" in heard:
            raise InternalError(f"{method}: {heard['error'].get('message', '')}")
        answer: dict[str, Any] = heard["result"]
        return answer

    def _heard(self) -> dict[str, Any]:
        pieces = []
        while (byte := self._into.read(1)) != b"\0":
            if not byte:
                raise InternalError("it ended by itself")
            pieces.append(byte + self._into.peek().partition(b"\0")[0])  # type: ignore[attr-defined]
            self._into.read(len(pieces[-1]) - 1)
        message: dict[str, Any] = json.loads(b"".join(pieces))
        return message


@contextmanager
def _opened(program: str) -> Iterator[_Tab]:
    """A browser with a profile of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="grader-print-", ignore_cleanup_errors=True) as profile:
        (theirs_in, out), (into, theirs_out) = os.pipe(), os.pipe()
        ends = [_moved(end) for end in (theirs_in, theirs_out)]
        flags = [*FLAGS, f"--user-data-dir={profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        quiet = os.open(os.devnull, os.O_RDWR)
        try:
            pipes = [(os.POSIX_SPAWN_DUP2, end, at) for at, end in enumerate(ends, 3)]
            streams = [(os.POSIX_SPAWN_DUP2, quiet, at) for at in range(3)]
            environment = {**os.environ, "HOME": profile}
            pid = os.posix_spawn(
                program, [program, *flags], environment, file_actions=[*streams, *pipes], setpgroup=0
            )
        finally:
            for end in (*ends, quiet):
                os.close(end)
        try:
            with open(out, "wb") as written, open(into, "rb") as read:  # noqa: PTH123 - descriptors, no paths
                yield _Tab(written, read)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _moved(descriptor: int) -> int:
    """The same end of a pipe under a number that is out of the way."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, FREE)
    os.close(descriptor)
    return moved
