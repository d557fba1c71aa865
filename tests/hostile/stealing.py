"""Rows 1–26, first half: stealing what lies in files."""

from __future__ import annotations

from tests.hostile._attack import Attack, Seen, refused


def nothing(seen: Seen) -> bool:
    """It was made to the end, and found nothing."""
    return seen.outcome == "returned" and seen.value == []


def nothing_or_refused(seen: Seen) -> bool:
    """It found nothing, or was not even let look."""
    return nothing(seen) or refused(seen)


C_CALL = """
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)

    def call(function, *arguments):
        result = function(*arguments)
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return result
"""

ATTACKS: tuple[Attack, ...] = (
    Attack(
        1, "opens_the_answers", "def attack(path):\n    return open(path).read()", refused, ("SECRET_FILE",)
    ),
    Attack(
        2,
        "walks_the_disk",
        """
        import os, sys

        def attack():
            own = {os.environ["HOME"], sys.prefix, sys.base_prefix, *filter(None, sys.path)}
            found = []
            for root in ("/tmp", "/var/tmp", "/home", "/root", "/etc", "/opt", "/srv", "/mnt", "/work"):
                for folder, folders, files in os.walk(root):
                    folders[:] = [name for name in folders if os.path.join(folder, name) not in own]
                    found += [os.path.join(folder, name) for name in files]
                    if len(found) > 50:
                        return found
            return found
        """,
        nothing,
    ),
    Attack(3, "reads_passwd", "def attack():\n    return open('/etc/passwd').read()", refused),
    Attack(
        6,
        "dumps_the_environment",
        """
        import os

        def attack():
            return sorted(set(os.environ) - {"PATH", "HOME", "LANG", "MPLCONFIGDIR"})
        """,
        nothing,
        levels="ABC",
    ),
    Attack(
        7,
        "reads_environments_of_others",
        """
        import glob

        def attack():
            found = []
            for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    found.append(open(path).read())
                except OSError:
                    continue
            return found
        """,
        nothing,
    ),
    Attack(
        14,
        "imports_what_knows_the_answers",
        """
        import importlib, sys

        def attack(*folders):
            sys.path[:0] = folders
            sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "__main__"]
            found = []
            for name in ("solution", "variation", "reference.solution", "grader", "grader.judge", "assignments"):
                try:
                    found.append(str(importlib.import_module(name)))
                except ImportError:
                    continue
            return found
        """,
        nothing,
        ("REFERENCE_FOLDER", "COURSE_FOLDER"),
    ),
    Attack(
        14,
        "imports_by_name_only",
        """
        def attack():
            found = []
            for name in ("solution", "variation", "reference.solution", "grader", "grader.judge", "assignments"):
                try:
                    found.append(str(__import__(name)))
                except ImportError:
                    continue
            return found
        """,
        nothing,
        levels="ABC",
    ),
    Attack(
        17,
        "looks_for_files_of_the_student_before",
        """
        import os

        def attack():
            home = os.environ["HOME"]
            above = os.path.dirname(home)
            return os.listdir(home) + sorted(set(os.listdir(above)) - {os.path.basename(home)})
        """,
        nothing_or_refused,
        levels="BC",
    ),
    Attack(
        17,
        "looks_for_files_in_its_home",
        "import os\ndef attack():\n    return os.listdir(os.environ['HOME']) + os.listdir()",
        nothing,
        levels="ABC",
    ),
    Attack(
        18,
        "follows_its_own_link",
        "import os\ndef attack(path):\n    os.symlink(path, 'link')\n    return open('link').read()",
        refused,
        ("SECRET_FILE",),
    ),
    Attack(
        19,
        "links_the_answers_to_its_folder",
        "import os\ndef attack(path):\n    os.link(path, 'mine')\n    return open('mine').read()",
        refused,
        ("SECRET_FILE",),
    ),
    Attack(
        20,
        "climbs_out_of_its_folder",
        """
        import os

        def attack(path):
            here = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
            return os.read(os.open("../" * 30 + path.lstrip("/"), os.O_RDONLY, dir_fd=here), 1000).decode()
        """,
        refused,
        ("SECRET_FILE",),
    ),
    Attack(
        21,
        "asks_what_exists",
        "import os\ndef attack(*paths):\n    return [path for path in paths if os.path.lexists(path)]",
        nothing,
        ("SECRET_FILE", "HOST_FILE", "RUN_FOLDER", "REFERENCE_FOLDER"),
        levels="A",
    ),
    Attack(
        26,
        "reads_a_classmates_file",
        "def attack(path):\n    return open(path).read()",
        refused,
        ("CLASSMATE_FILE",),
    ),
    Attack(
        26,
        "reads_the_run_folder",
        """
        import os

        def attack(folder):
            return [open(os.path.join(folder, name)).read() for name in os.listdir(folder)]
        """,
        refused,
        ("RUN_FOLDER",),
    ),
)
