"""What was worked out for one student and holds for the next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class Kept:
    """Results by what they depend on; the most recent `limit` of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._results: OrderedDict[Hashable, Any] = OrderedDict()

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gave for this key, or gives now. What it raises is not kept."""
        if key in self._results:
            self._results.move_to_end(key)
            return self._results[key]
        value = self._results[key] = make()
        if len(self._results) > self._limit:
            self._results.popitem(last=False)
        return value
