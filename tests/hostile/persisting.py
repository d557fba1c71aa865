"""Rows 115–117 and 119–130: changing what others will use, and files that lie outside.

Files of the host are changed only where the stage has put them there for that; of all others, an attack finds out
whether it could.
"""

from __future__ import annotations

from textwrap import dedent

from tests.hostile._attack import Attack, Seen, refused
from tests.hostile._calls import with_calls
from tests.hostile.stealing import nothing

OPENED = dedent("""
    import os

    def opened(paths, flags=os.O_WRONLY):
        found = []
        for path in paths:
            try:
                os.close(os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY))
                found.append(path)
            except OSError:
                continue
        return found
""")


def with_opening(body: str) -> str:
    """A submission that opens what it can, and writes nothing."""
    return OPENED + dedent(body)


def poisoned(seen: Seen) -> bool:
    """It did what it could; that the next student notices nothing is seen to by the harness."""
    return seen.outcome == "returned" and seen.value == "poisoned"


def on_host_file(row: int, name: str, *lines: str) -> Attack:
    """An attack on the file of the host that is there for it."""
    body = "".join(f"    {line}\n" for line in lines)
    return Attack(
        row, name, f"import os\ndef attack(path):\n{body}    return 'changed'", refused, ("HOST_FILE",)
    )


PROGRAMS: tuple[Attack, ...] = (
    Attack(
        115,
        "writes_into_installed_packages",
        with_opening("""
        import json, numpy, sympy, sys

        def attack():
            files = opened([json.__file__, numpy.__file__, sympy.__file__, json.__file__[:-3] + "x.py"])
            # a file without a name shows that one could be made, and is gone when it is closed
            folders = {os.path.dirname(os.__file__), *filter(os.path.isdir, sys.path)}
            return files + opened(sorted(folders), os.O_TMPFILE | os.O_RDWR)
        """),
        nothing,
    ),
    Attack(
        115,
        "removes_installed_packages",
        """
        import json, os

        def attack():
            try:
                os.rename(json.__file__, json.__file__ + "/not/a/folder")  # fails for everybody, but why?
            except (PermissionError, NotADirectoryError, OSError) as error:
                return "PermissionError" if error.errno in (1, 13, 18, 30) else os.strerror(error.errno)
        """,
        lambda seen: seen.outcome == "returned" and seen.value in ("PermissionError", "Not a directory"),
        levels="ABC",
    ),
    Attack(
        123,
        "poisons_the_next_start",
        """
        import os, sys

        def attack():
            home = os.environ["HOME"]
            for name in ("sitecustomize.py", "usercustomize.py", ".pythonrc.py", "numpy.py", "conftest.py"):
                with open(os.path.join(home, name), "w") as file:
                    file.write("raise SystemExit('poisoned')")
            os.environ.update(
                LD_PRELOAD=os.path.join(home, "x.so"), PYTHONSTARTUP=os.path.join(home, ".pythonrc.py"),
                PYTHONPATH=home, PYTHONHOME=home, PYTHONINSPECT="1", OPENBLAS_NUM_THREADS="64",
            )
            sys.path.insert(0, home)
            return "poisoned"
        """,
        poisoned,
        levels="ABC",
    ),
    Attack(
        123,
        "poisons_what_is_in_memory",
        """
        import builtins, gc, json, math, os, random, sys, threading
        import numpy as np

        def attack():
            math.sqrt = lambda x: 0.0
            np.allclose = lambda *a, **k: True
            np.asarray = lambda *a, **k: np.zeros(3)
            json.loads = json.dumps = lambda *a, **k: "poisoned"
            random.random = lambda: 0.0
            builtins.len = lambda x: 0
            os.listdir = lambda *a: ["poisoned"]
            sys.modules["numpy"] = sys.modules["json"]
            gc.disable()
            return "poisoned"
        """,
        lambda seen: seen.outcome != "faulted",
        levels="ABC",
    ),
    Attack(
        130,
        "poisons_compiled_files",
        with_opening("""
        import importlib.util, json, numpy

        def attack():
            cached = [importlib.util.cache_from_source(module.__file__) for module in (os, json, numpy)]
            folders = sorted({os.path.dirname(path) for path in cached})
            return opened(cached) + opened(folders, os.O_TMPFILE | os.O_RDWR)
        """),
        nothing,
    ),
)

DEVICES: tuple[Attack, ...] = (
    Attack(
        116,
        "types_into_the_terminal",
        with_opening("""
        import fcntl, termios

        def attack():
            found = opened(["/dev/tty", "/dev/console", "/dev/ptmx"], os.O_RDWR)
            for descriptor in range(5):
                for request in (termios.TIOCSTI, 0x541C, termios.TIOCSCTTY):
                    try:
                        fcntl.ioctl(descriptor, request, b"x")
                        found.append([descriptor, request])
                    except OSError:
                        continue
            return found
        """),
        nothing,
    ),
    Attack(
        117,
        "tells_others_by_locks",
        """
        import fcntl, os, struct

        def attack():
            descriptor = os.open(os.__file__, os.O_RDONLY)
            lock = struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 1, 0)
            found = []
            for name, way in {
                "flock": lambda: fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB),
                "posix": lambda: fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB),
                "open file": lambda: fcntl.fcntl(descriptor, 37, lock),
                "lease": lambda: fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK),
                "notify": lambda: fcntl.fcntl(os.open(os.path.dirname(os.__file__), os.O_RDONLY), fcntl.F_NOTIFY, 1),
            }.items():
                try:
                    way()
                    found.append(name)
                except OSError:
                    continue
            return found
        """,
        nothing,
    ),
    Attack(
        119,
        "opens_devices",
        with_opening("""
        import glob, stat

        def attack():
            names = ("kmsg", "mem", "port", "vsock", "fuse", "kvm", "loop-control", "net/tun", "uinput", "shm")
            kinds = ("sd", "vd", "nvme", "xvd", "loop", "dm-")
            disks = [path for kind in kinds for path in glob.glob(f"/dev/{kind}*")]
            found = opened([f"/dev/{name}" for name in names] + disks, os.O_RDONLY)
            for name, device in {"null": (1, 3), "disk": (8, 0)}.items():
                try:
                    os.mknod(name, 0o600 | (stat.S_IFBLK if name == "disk" else stat.S_IFCHR), os.makedev(*device))
                    os.unlink(name)
                    found.append(f"made {name}")
                except OSError:
                    continue
            return found
        """),
        nothing,
    ),
    Attack(
        120,
        "reaches_the_kernels_settings",
        with_opening("""
        def attack(parent):
            return opened([
                "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/sys/kernel/uevent_helper",
                f"/proc/{parent}/oom_score_adj", "/proc/self/oom_score_adj", f"/proc/{parent}/mem",
                "/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/memory/cgroup.procs", "/sys/fs/cgroup/release_agent",
                "/proc/sysrq-trigger", "/proc/self/uid_map", "/proc/self/setgroups",
            ])
        """),
        nothing,
        ("PARENT_PID",),
    ),
    Attack(
        121,
        "sets_the_clock_and_the_name",
        with_calls("""
        def attack():
            name = os.uname().nodename.encode()
            wrong = (ctypes.c_long * 2)(0, -1)  # no time at all, so that no clock is moved
            return not_refused({
                "clock_settime": lambda: tried(number(227, 112), 0, wrong),
                "settimeofday": lambda: tried(number(164, 170), wrong, None),
                "sethostname": lambda: tried(number(170, 161), name, len(name)),
                "setdomainname": lambda: tried(number(171, 162), b"", -1),
                "reboot": lambda: tried(number(169, 142), 0, 0, 0, None),
                "swapon": lambda: tried(number(167, 224), b"", 0),
                "acct": lambda: tried(number(163, 89), b"/not/there"),
                "quotactl": lambda: tried(number(179, 60), -1, None, 0, None),
            })
        """),
        nothing,
    ),
    Attack(
        122,
        "executes_a_descriptor",
        with_calls("""
        import sys
        import _ctypes

        def attack():
            texts = ctypes.c_char_p * 4
            for path in (sys.executable, _ctypes.__file__):
                try:
                    program = os.open(path, os.O_RDONLY)
                    break
                except OSError:
                    continue
            arguments, environment = texts(b"python", b"-c", b"pass", None), texts(None)
            return not_refused({
                "execveat": lambda: tried(number(322, 281), program, b"", arguments, environment, 0x1000),
                "execve": lambda: tried(number(59, 221), path.encode(), arguments, environment),
            })
        """),
        nothing,
    ),
)

FILES: tuple[Attack, ...] = (
    on_host_file(124, "locks_a_host_file", "os.chmod(path, 0)"),
    on_host_file(124, "locks_the_folder_of_a_host_file", "os.chmod(os.path.dirname(path), 0)"),
    Attack(
        124,
        "locks_a_host_file_by_number",
        with_calls("""
        def attack(path):
            path = path.encode()
            ways = {
                "fchmodat": lambda: tried(number(268, 53), -100, path, 0),
                "fchmodat2": lambda: tried(452, -100, path, 0, 0),
            }
            if not ARM:
                ways["chmod"] = lambda: tried(90, path, 0)
            return [one for one in not_refused(ways) if one[2] != 2]  # what is not there is safe, too
        """),
        nothing,
        ("HOST_FILE",),
    ),
    on_host_file(125, "cuts_a_host_file", "os.truncate(path, 0)"),
    on_host_file(125, "overwrites_a_host_file", "open(path, 'w').write('changed')"),
    on_host_file(
        125, "appends_to_a_host_file", "os.write(os.open(path, os.O_WRONLY | os.O_APPEND), b'changed')"
    ),
    on_host_file(126, "dates_a_host_file", "os.utime(path, (0, 0))"),
    on_host_file(
        126,
        "dates_a_host_file_from_its_folder",
        "os.utime(os.path.basename(path), (0, 0), dir_fd=os.open(os.path.dirname(path), os.O_RDONLY))",
    ),
    on_host_file(127, "marks_a_host_file", "os.setxattr(path, 'user.note', b'changed')"),
    on_host_file(127, "unmarks_a_host_file", "os.removexattr(path, 'user.note')"),
    on_host_file(128, "gives_a_host_file_away", "os.chown(path, os.getuid(), os.getgid())"),
    on_host_file(129, "moves_a_host_file", "os.rename(path, path + '.moved')"),
    on_host_file(129, "takes_a_host_file", "os.rename(path, 'mine')"),
    on_host_file(129, "removes_a_host_file", "os.unlink(path)"),
    on_host_file(129, "puts_a_file_beside", "open(path + '.new', 'w').close()"),
    on_host_file(129, "puts_a_link_beside", "os.symlink('/etc/passwd', path + '.link')"),
    on_host_file(129, "puts_a_folder_beside", "os.mkdir(path + '.folder')"),
)

ATTACKS: tuple[Attack, ...] = (*PROGRAMS, *DEVICES, *FILES)
