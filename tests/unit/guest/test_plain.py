"""What crosses the wall can be built in a time that its size bounds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.guest import plain

COLLIDING = [n * (2**61 - 1) for n in range(1, 2 * plain.MAX_COLLISIONS)]


@pytest.mark.parametrize("value", [set(COLLIDING), dict.fromkeys(COLLIDING), {(n, "x") for n in COLLIDING}])
def test_keys_of_equal_hash_are_malformed(value: Any) -> None:
    """A set or dict that was made to take quadratic time is refused before it is built."""
    data = plain.dumps(value)
    with pytest.raises(plain.Malformed, match="equal hash"):
        plain.loads(data)


@pytest.mark.parametrize(
    "value", [set(range(-5000, 5000)), {str(n): n for n in range(5000)}, {1: {-1, -2}}, set()]
)
def test_ordinary_sets_and_dicts_cross(value: Any) -> None:
    """Thousands of ordinary keys are no reason for suspicion."""
    assert plain.loads(plain.dumps(value)) == value


def test_keys_that_have_no_hash_are_malformed() -> None:
    """A list cannot be a key."""
    with pytest.raises(plain.Malformed):
        plain.loads(json.dumps({"d": [[{"l": []}, None]]}).encode())
