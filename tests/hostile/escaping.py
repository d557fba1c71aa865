"""Rows 99–109: out through the network, namespaces, or other users.

Each attack undoes at once what would last if nothing confined it.
"""

from __future__ import annotations

from tests.hostile._attack import Attack, refused
from tests.hostile._calls import with_calls
from tests.hostile.stealing import nothing


def socket_of(family: str, kind: str = "socket.SOCK_STREAM") -> str:
    """A submission that makes a socket and says so."""
    return f"import socket\ndef attack():\n    socket.socket({family}, {kind}).close()\n    return 'made'"


NETWORK: tuple[Attack, ...] = (
    Attack(
        99,
        "connects",
        "import socket\ndef attack(port):\n    socket.create_connection(('127.0.0.1', port), 2)\n    return 'in'",
        refused,
        ("PORT",),
    ),
    Attack(
        99,
        "listens",
        "import socket\ndef attack():\n    socket.create_server(('', 0)).close()\n    return 1",
        refused,
    ),
    Attack(
        100,
        "sends_a_packet",
        """
        import socket

        def attack(port):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stream:
                return stream.sendto(b"?", ("127.0.0.1", port))
        """,
        refused,
        ("PORT",),
    ),
    Attack(
        101,
        "meets_others_by_an_abstract_name",
        """
        import socket

        def attack():
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stream:
                stream.bind("\\0grader-hostile")
                return "met"
        """,
        refused,
    ),
    Attack(102, "talks_to_the_hypervisor", socket_of("40"), refused),
    Attack(
        103,
        "opens_odd_sockets",
        """
        import socket

        def attack():
            wanted = {
                "netlink": (16, socket.SOCK_RAW),
                "packet": (17, socket.SOCK_RAW),
                "raw": (2, socket.SOCK_RAW),
                "raw 6": (10, socket.SOCK_RAW),
                "crypto": (38, socket.SOCK_SEQPACKET),
                "bluetooth": (31, socket.SOCK_RAW),
                "express": (44, socket.SOCK_RAW),
            }
            found = []
            for name, (family, kind) in wanted.items():
                try:
                    socket.socket(family, kind, 1 if name.startswith("raw") else 0).close()
                    found.append(name)
                except OSError:
                    continue
            return found
        """,
        nothing,
    ),
)

NAMESPACES: tuple[Attack, ...] = (
    Attack(
        104,
        "unshares",
        with_calls("""
        KINDS = (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000, 0x80)

        def attack():
            return not_refused({hex(kind): lambda kind=kind: tried(number(272, 97), kind) for kind in KINDS})
        """),
        nothing,
    ),
    Attack(
        105,
        "clones_into_new_namespaces",
        with_calls("""
        KINDS = (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000)

        def over(result, error):
            if result == 0:
                os._exit(0)
            if result > 0:
                os.waitpid(result, 0x40000000)
            return result, error

        def attack():
            clone = number(56, 220)
            ways = {hex(kind): lambda kind=kind: over(*tried(clone, kind | 17, 0, 0, 0, 0)) for kind in KINDS}
            request = (ctypes.c_uint64 * 8)(0x10000000, 0, 0, 0, 17)
            ways["clone3"] = lambda: over(*tried(435, request, 64))
            return not_refused(ways)
        """),
        nothing,
    ),
    Attack(
        106,
        "mounts",
        with_calls("""
        import sys

        def attack():
            os.mkdir("below")
            home = os.getcwd().encode()

            def mount():
                result = tried(number(165, 40), b"none", home + b"/below", b"tmpfs", 0, None)
                if result[0] == 0:
                    tried(number(166, 39), home + b"/below", 2)
                return result

            return not_refused({
                "mount": mount,
                # the folder it lives in is a mount in a box, and nowhere else
                "umount": lambda: tried(number(166, 39), home, 2),
                "remount": lambda: tried(number(165, 40), None, sys.prefix.encode(), None, 0x1020, None),
                "fsopen": lambda: tried(430, b"tmpfs", 0),
                "open_tree": lambda: tried(428, -100, home, 1),
                "move_mount": lambda: tried(429, -100, home, -100, home + b"/below", 0),
                "mount_setattr": lambda: tried(442, -100, home, 0, (ctypes.c_uint64 * 4)(), 32),
            })
        """),
        nothing,
    ),
    Attack(
        107,
        "breaks_out_of_a_chroot",
        """
        import os

        def attack(path):
            os.mkdir("jail")
            outside = os.open(".", os.O_RDONLY)
            os.chroot("jail")
            os.fchdir(outside)
            os.chdir("../" * 50)
            os.chroot(".")
            return open(path).read()
        """,
        refused,
        ("SECRET_FILE",),
    ),
    Attack(
        108,
        "changes_its_root",
        with_calls("""
        def attack(parent):
            os.mkdir("old")
            handle = tried(434, parent, 0)[0]
            return not_refused({
                "pivot_root": lambda: tried(number(155, 41), b".", b"old"),
                "setns": lambda: tried(number(308, 268), handle, 0x20000),
                "setns user": lambda: tried(number(308, 268), handle, 0x10000000),
            })
        """),
        nothing,
        ("PARENT_PID",),
    ),
    Attack(
        109,
        "runs_a_setuid_program",
        """
        import os, sys

        def attack():
            for path in ("/bin/su", "/usr/bin/su", "/bin/mount", "/usr/bin/passwd", "/usr/bin/sudo", sys.executable):
                if os.path.exists(path):
                    os.execv(path, [path, "--version"])
            raise FileNotFoundError("no program at all")
        """,
        refused,
    ),
    Attack(
        109,
        "becomes_somebody_else",
        """
        import os

        def attack():
            found = []
            for name, change in {
                "uid": lambda: os.setresuid(0, 0, 0),
                "gid": lambda: os.setresgid(0, 0, 0),
                "groups": lambda: os.setgroups([0]),
            }.items():
                try:
                    change()
                    found.append(name)
                except OSError:
                    continue
            return found
        """,
        nothing,
    ),
)

ATTACKS: tuple[Attack, ...] = (*NETWORK, *NAMESPACES)
