"""System calls by their numbers, for submissions.

What a filter refuses it refuses with "not permitted" or "no such call": any other error would mean that the kernel
had looked at the request.
"""

from __future__ import annotations

from textwrap import dedent

C_CALL = dedent("""
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)

    def call(function, *arguments):
        result = function(*arguments)
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return result
""")

CALLS = dedent("""
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    ARM = os.uname().machine == "aarch64"
    FILTERED = (1, 13, 38)  # EPERM, EACCES, ENOSYS

    def tried(*arguments):
        ctypes.set_errno(0)
        wide = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
        return libc.syscall(*wide), ctypes.get_errno()

    def number(intel, arm):
        return arm if ARM else intel

    def not_refused(ways):
        found = []
        for name, way in ways.items():
            try:
                result, error = way()
            except OSError as raised:
                result, error = -1, raised.errno
            if result >= 0 or error not in FILTERED:
                found.append([name, result, error])
        return found
""")


def with_calls(body: str) -> str:
    """A submission that makes system calls by their numbers."""
    return CALLS + dedent(body)
