"""Rows from 201 on: attacks of our own on whoever comes next."""

from __future__ import annotations

from tests.hostile._attack import Attack
from tests.hostile.course import claims

ATTACKS: tuple[Attack, ...] = (
    Attack(
        231,
        "touches_the_devices",
        """
        import os
        def attack():
            done = []
            for device in ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"):
                for way in (lambda: os.utime(device), lambda: os.chmod(device, 0o666),
                            lambda: os.utime(device, (1, 1)), lambda: os.chown(device, -1, -1)):
                    try:
                        way()
                        done.append(device)
                    except OSError:
                        continue
            return done
        """,
        claims([]),
    ),
    Attack(
        232,
        "leaves_word_for_the_next",
        """
        import os, sys, tempfile
        def attack():
            places = {os.environ["HOME"], tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp", "/run", "/dev"}
            places |= {sys.prefix, os.path.dirname(os.environ["HOME"]), *sys.path}
            for place in places:
                try:
                    with open(os.path.join(place, "word"), "x") as file:
                        file.write("the answer is 100")
                except FileExistsError:
                    return "somebody was here"
                except OSError:
                    continue
            return [place for place in ("/tmp", "/dev/shm", "/var/tmp", "/run") if os.path.exists(place + "/word")]
        """,
        claims([]),
    ),
    Attack(
        233,
        "sits_where_the_next_will_live",
        """
        import os
        def attack():
            above, mine = os.path.split(os.getcwd())
            for number in range(100):
                try:
                    os.mkdir(os.path.join(above, str(number)), 0)
                except OSError:
                    continue
            for way in (lambda: os.symlink("/", os.path.join(above, "100")),
                        lambda: os.rename(os.getcwd(), os.path.join(above, "gone")),
                        lambda: os.rmdir(os.getcwd()), lambda: os.chmod(above, 0)):
                try:
                    way()
                except OSError:
                    continue
            return 1
        """,
        claims(1),
    ),
)
