"""Rules for files: read where the interpreter is, write below one's own folder, and nothing else."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from grader.guest import landlock

ROOT = Path(__file__).parents[3]

PROGRAM = """
import errno, json, os, socket
from grader.guest import kernel, landlock
rules = landlock.Rules(["readable", "not-there"], ["/dev/null"], "own")
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
rules.obey()
rules.close()
found = {{}}
for name, text in {texts!r}.items():
    try:
        exec(text)
        found[name] = "done"
    except OSError as error:
        found[name] = errno.errorcode[error.errno]
print(json.dumps(found), flush=True)
"""
DONE = {
    "reads": "assert open('readable/file').read() == 'text'",
    "lists": "assert os.listdir('readable') == ['file']",
    "writes": "open('own/new', 'w').write('x')",
    "appends": "open('own/new', 'a').write('x')",
    "makes": "os.makedirs('own/a/b')",
    "moves": "os.rename('own/new', 'own/a/new')",
    "links": "os.symlink('../foreign', 'own/link'); os.link('own/a/new', 'own/again')",
    "removes": "os.remove('own/a/new'); os.removedirs('own/a/b') if False else os.rmdir('own/a/b')",
    "device": "open('/dev/null', 'wb').write(b'x'); open('/dev/null', 'rb').read()",
}
REFUSED = {
    "reads": "open('foreign/file')",
    "lists": "os.listdir('foreign')",
    "lists_above": "os.listdir('.')",
    "through_link": "open('own/link/file')",
    "through_parents": "open('own/../foreign/file')",
    "writes": "open('foreign/file', 'w')",
    "writes_readable": "open('readable/file', 'a')",
    "makes": "os.mkdir('foreign/new')",
    "makes_readable": "open('readable/new', 'w')",
    "removes": "os.remove('foreign/file')",
    "moves": "os.rename('foreign', 'moved')",
    "device": "open('/dev/zero', 'rb')",
    "processes": "open('/proc/self/maps')",
}


def confined(folder: Path, texts: dict[str, str]) -> Any:
    """What came of each statement under the rules: "done" or the name of the error."""
    for name in ("readable", "foreign", "own"):
        (folder / name).mkdir()
        if name != "own":
            (folder / name / "file").write_text("text")
    program = dedent(PROGRAM.format(texts=texts))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, env=environment
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(autouse=True)
def _there() -> None:
    """Skips where the kernel has no Landlock; on CI it must have."""
    try:
        landlock.kernel.landlock_abi()
    except OSError as error:
        assert not os.environ.get("CI"), error
        pytest.skip(str(error))


def test_ones_own_folder_is_free_and_the_readable_is_read(tmp_path: Path) -> None:
    """Whatever a submission does with files goes well in its own folder."""
    assert dict.fromkeys(DONE, "done") == confined(tmp_path, DONE)


def test_foreign_files_are_neither_read_nor_changed(tmp_path: Path) -> None:
    """Not by name, not through links or parents; and what may be read may not be written."""
    found = confined(tmp_path, {"link": "os.symlink('../foreign', 'own/link')", **REFUSED})
    # moving what may not even be removed is refused as something that cannot be done in one go
    assert {"link": "done", **dict.fromkeys(REFUSED, "EACCES")} == found
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "file", "file", "foreign", "link", "own", "readable",
    ]  # fmt: skip


def test_connections_are_refused_where_it_knows_of_them(tmp_path: Path) -> None:
    """Also without the filter of system calls, no port can be bound or connected to."""
    if landlock.kernel.landlock_abi() < 4:
        pytest.skip("this Landlock knows nothing of networks")
    texts = {
        "connects": "socket.create_connection(('127.0.0.1', 9))",
        "binds": "socket.socket().bind(('127.0.0.1', 0))",
    }
    assert dict.fromkeys(texts, "EACCES") == confined(tmp_path, texts)


def test_signals_are_kept_inside_where_it_knows_of_them(tmp_path: Path) -> None:
    """Also without the filter of system calls, a process outside cannot be signalled."""
    if landlock.kernel.landlock_abi() < 6:
        pytest.skip("this Landlock knows nothing of signals")
    assert confined(tmp_path, {"kill": "os.kill(os.getppid(), 0)"}) == {"kill": "EPERM"}


@pytest.mark.parametrize(
    ("abi", "fields"),
    [
        (1, (0x1FFF,)),
        (2, (0x3FFF,)),
        (3, (0x7FFF,)),
        (4, (0x7FFF, 3)),
        (5, (0xFFFF, 3)),
        (6, (0xFFFF, 3, 3)),
        (7, (0xFFFF, 3, 3)),
        (8, (0xFFFF, 3, 3)),
    ],
)
def test_each_version_is_asked_for_what_it_knows(abi: int, fields: tuple[int, ...]) -> None:
    """An older kernel gets no field and no right that it would refuse; a newer one, what we know."""
    assert struct.pack(f"={len(fields)}Q", *fields) == landlock.attributes(abi)
