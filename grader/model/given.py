"""Functions that a course hands over to its students' functions: a gradient, a base learner."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grader.guest import plain


@dataclass(frozen=True, eq=False)
class Given:
    """A function of a given module, with its leading arguments filled in; the oracle may call it, too.

    Only `module`, `name` and the plain `arguments` go into the box, where the same module stands.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()

    @property
    def module(self) -> str:
        """The name by which students import the module."""
        return self.function.__module__.rpartition(".")[2]

    @property
    def name(self) -> str:
        """The function's name in its module."""
        return self.function.__name__

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the function behind its leading arguments."""
        return self.function(*self.arguments, *arguments, **keywords)


def encoded_argument(value: Any) -> Any:
    """The JSON-ready form of one posed argument. Raises `plain.Unsupported`."""
    if type(value) is Given:
        return {"g": [value.module, value.name, [plain.encode(leading) for leading in value.arguments]]}
    return plain.encode(value)


def encoded_arguments(arguments: tuple[Any, ...]) -> bytes:
    """The posed arguments as JSON, ASCII only, so that no text whatever is refused. Raises `plain.Unsupported`."""
    return _encoded(Same(arguments))


@dataclass(frozen=True, eq=False)
class Same:
    """The very same arguments: everyone is posed the same ones, and comparing what is in them would cost more."""

    arguments: tuple[Any, ...]

    def __hash__(self) -> int:
        return id(self.arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.arguments is other.arguments


@lru_cache(maxsize=512)
def _encoded(same: Same) -> bytes:
    return json.dumps([encoded_argument(value) for value in same.arguments], separators=(",", ":")).encode()
