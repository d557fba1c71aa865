"""Records as JSON bytes, and back, for the ledger."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from grader.model.gradebook import Record


def _to_plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _from_plain(kind: type, value: Any) -> Any:
    if kind is Fraction:
        return _fraction(value)
    raise NotImplementedError(kind.__name__)


@lru_cache(maxsize=4096)  # points are few, and dozens stand in every record
def _fraction(text: str) -> Fraction:
    return Fraction(text)


_encoder = msgspec.json.Encoder(enc_hook=_to_plain)
_decoder = msgspec.json.Decoder(Record, dec_hook=_from_plain)


def pack(record: Record) -> bytes:
    """The record as bytes; equal records give equal bytes."""
    return _encoder.encode(record)


def unpack(data: bytes) -> Record:
    """Read what `pack` wrote. Raises `msgspec.ValidationError` for anything else."""
    return _decoder.decode(data)
