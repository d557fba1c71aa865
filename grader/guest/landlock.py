"""Which files a submission may touch: rules that the kernel keeps, for whichever Landlock it has."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable

from . import kernel

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHARACTER_DEVICE, _MAKE_SOCKET, _MAKE_BLOCK_DEVICE = 1 << 6, 1 << 9, 1 << 11
_TRUNCATE, _CONTROL_DEVICE = 1 << 14, 1 << 15
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _CONTROL_DEVICE
_CONNECTIONS = 0b11
_SIGNALS_AND_SOCKETS = 0b11
_WITHOUT_LOG = 1
_BENEATH = 1

_HIGHEST_RIGHT = {1: 12, 2: 13, 3: 14, 4: 14}
_NEWEST_RIGHT = 15
_NETWORK_SINCE, _SCOPE_SINCE, _LOG_SINCE = 4, 6, 7


def rights(abi: int) -> int:
    """All rights to files that a Landlock knows; what it does not know it does not guard."""
    return (1 << _HIGHEST_RIGHT.get(abi, _NEWEST_RIGHT) + 1) - 1


def attributes(abi: int) -> bytes:
    """What rules are about: all rights to files, and all to networks and other processes that it knows."""
    if abi >= _SCOPE_SINCE:
        return struct.pack("=QQQ", rights(abi), _CONNECTIONS, _SIGNALS_AND_SOCKETS)
    if abi >= _NETWORK_SINCE:
        return struct.pack("=QQ", rights(abi), _CONNECTIONS)
    return struct.pack("=Q", rights(abi))


class Rules:
    """A set of rules, made once and obeyed by every child. Raises `OSError` where there is no Landlock.

    `readable` may be read and executed, `devices` read and written; below the folder `own` everything may be done
    but making devices and sockets. Files and folders that do not exist are passed over.
    """

    def __init__(self, readable: Iterable[str], devices: Iterable[str], own: str) -> None:
        self.abi = kernel.landlock_abi()
        self._all = rights(self.abi)
        self.descriptor = kernel.landlock_create_ruleset(attributes(self.abi))
        for path in readable:
            self._allow(path, _READ | _LIST | _EXECUTE)
        for path in devices:
            self._allow(path, _READ | _WRITE | _TRUNCATE)
        refused = _MAKE_CHARACTER_DEVICE | _MAKE_BLOCK_DEVICE | _MAKE_SOCKET | _CONTROL_DEVICE
        self._allow(own, self._all & ~refused)

    def obey(self) -> None:
        """Confine this thread for good; it must have renounced new privileges."""
        kernel.landlock_restrict_self(self.descriptor, _WITHOUT_LOG if self.abi >= _LOG_SINCE else 0)

    def close(self) -> None:
        """Forget the rules; who obeys them goes on to do so."""
        os.close(self.descriptor)

    def _allow(self, path: str, access: int) -> None:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                access &= _OF_FILES
            rule = struct.pack("=Qi", access & self._all, descriptor)
            kernel.landlock_add_rule(self.descriptor, _BENEATH, rule)
        finally:
            os.close(descriptor)
