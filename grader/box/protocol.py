"""Frames between the trusted side and a child, as seen from the trusted side.

What arrives is written by whoever sits in the box. It is decoded into exact shapes, unknown keys are refused,
and a value is kept as the bytes that were validated, never as an object.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType
from msgspec.structs import astuple

from grader.guest import plain
from grader.model.given import encoded_arguments
from grader.model.job import Call, Job, Limits, Read
from grader.model.observation import Observation, Trouble
from grader.model.submission import Remark

_ENVELOPE = 1 << 14
_MESSAGE_LENGTH = 500
LINE_LENGTH = 200
_TRACE_LENGTH = 5
_MANY = 1000
_SHORT = 1 << 10


Number = Annotated[int, Meta(ge=0, lt=1 << 31)]


class Violation(Exception):  # noqa: N818 - named after what happened
    """A frame is malformed, unknown, surplus or oversized."""


class Ready(Struct, frozen=True):
    """The child is confined at `level`; nothing of the submission has run yet."""

    level: str


class At(Struct, frozen=True):
    """The child is about to run the statement or cell `index` of `file`."""

    file: str
    index: int


class Loaded(Struct, frozen=True):
    """The submission has run once."""

    remarks: tuple[Remark, ...]


class Answer(Struct, frozen=True):
    """What came of the call or read `key`."""

    key: str
    observation: Observation


Frame = Ready | At | Loaded | Answer


class _Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of what is decoded."""


class _Remark(_Strict, frozen=True):
    code: str
    detail: dict[str, str]


class _Loaded(_Strict, frozen=True):
    remarks: list[_Remark]


class _Raised(_Strict, frozen=True):
    kind: str
    message: str
    trace: list[tuple[str, Number, str]]


class _Frame(_Strict, frozen=True):
    """Every kind of frame in one; which fields are present tells the kind."""

    ready: str | UnsetType = UNSET
    at: tuple[str, Number] | UnsetType = UNSET
    loaded: _Loaded | UnsetType = UNSET
    key: str | UnsetType = UNSET
    returned: Raw | UnsetType = UNSET
    raised: _Raised | UnsetType = UNSET
    unsupported: str | UnsetType = UNSET
    missing: Literal[True] | UnsetType = UNSET
    out_of_memory: Literal[True] | UnsetType = UNSET
    modified: list[Number] | UnsetType = UNSET
    repairs: list[str] | UnsetType = UNSET


_decoder = msgspec.json.Decoder(_Frame)
_FIELDS = {
    "ready": {"ready"},
    "at": {"at"},
    "loaded": {"loaded"},
    "returned": {"key", "returned", "modified", "repairs"},
    "raised": {"key", "raised", "repairs"},
    "unsupported": {"key", "unsupported"},
    "missing": {"key", "missing"},
    "out_of_memory": {"key", "out_of_memory"},
}
_KINDS = {
    tuple(name in fields for name in _Frame.__struct_fields__): kind for kind, fields in _FIELDS.items()
}


def largest(limits: Limits) -> int:
    """How many bytes a frame may have."""
    return (limits.answer_kb << 10) + _ENVELOPE


def read(data: bytes) -> Frame:
    """Decode one frame. Raises `Violation`."""
    try:
        frame = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Violation(type(error).__name__) from None
    kind = _KINDS.get(tuple(value is not UNSET for value in astuple(frame)))
    if kind is None:
        raise Violation("fields that do not belong together")
    return _READERS[kind](frame) if kind in _READERS else _read_answer(kind, frame)


def _read_answer(kind: str, frame: Any) -> Answer:
    repairs = () if frame.repairs is UNSET else tuple(map(harmless, frame.repairs[:_MANY]))
    if kind == "returned":
        observation = _returned(frame, repairs)
    elif kind == "raised":
        observation = Observation("raised", trouble=_raised(frame.raised), repairs=repairs)
    elif kind == "unsupported":
        observation = Observation("unsupported", trouble=Trouble(harmless(frame.unsupported)))
    else:
        observation = Observation(kind)  # type: ignore[arg-type]
    return Answer(frame.key, observation)


def _returned(frame: Any, repairs: tuple[str, ...]) -> Observation:
    value = bytes(frame.returned)
    complaint = _complaint_once(value) if len(value) < _SHORT else _complaint(value)
    if complaint:
        raise Violation(complaint)
    modified = tuple(sorted(set(frame.modified[:_MANY])))
    return Observation("returned", Raw(value), modified=modified, repairs=repairs)


def _complaint(value: bytes) -> str:
    """Why `value` is not the plain encoding of anything, or nothing."""
    try:
        plain.loads(value, len(value))
    except plain.Malformed as error:
        return str(error)
    return ""


_complaint_once = lru_cache(maxsize=1 << 11)(_complaint)
"""For what a class answers over and over: zeros, and what is right."""


def _raised(raised: _Raised) -> Trouble:
    trace = tuple(
        (harmless(file), line, harmless(text, LINE_LENGTH))
        for file, line, text in raised.trace[-_TRACE_LENGTH:]
    )
    return Trouble(harmless(raised.kind), harmless(raised.message), trace)


def _read_loaded(frame: Any) -> Loaded:
    return Loaded(
        tuple(
            Remark(harmless(remark.code), {harmless(k): harmless(v) for k, v in remark.detail.items()})
            for remark in frame.loaded.remarks[:_MANY]
        )
    )


_READERS: dict[str, Any] = {
    "ready": lambda frame: Ready(frame.ready),
    "at": lambda frame: At(*frame.at),
    "loaded": _read_loaded,
}


def harmless(text: str, length: int = _MESSAGE_LENGTH) -> str:
    """Cut `text` and spell out what a terminal or a page would obey instead of showing."""
    text = text[:length]
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter in "\n\t" else letter.encode("unicode_escape").decode()
        for letter in text
    )


def frame(message: dict[str, Any]) -> bytes:
    """Write one frame; ASCII only, so that no text whatever is refused."""
    return _framed(json.dumps(message, separators=(",", ":")).encode())


def _framed(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def load_frame(job: Job, skip: set[tuple[str, int]]) -> bytes:
    """The frame that loads the submission of `job` but for the places to `skip`."""
    sources = [
        {"name": source.name, "kind": source.kind, "cells": source.cells}
        for source in job.sources
        if source.kind != "sheet" or source.cells
    ]
    body = {"sources": sources, "given": job.given, "repairs": sorted(job.repairs), "skip": sorted(skip)}
    return frame({"load": body})


def reads_frame(reads: Sequence[Read]) -> bytes:
    """The frame that reads several variables, each answered by a frame of its own."""
    return frame({"reads": [{"key": read.key, "names": read.names} for read in reads]})


def question_frame(question: Call | Read) -> bytes:
    """The frame that poses a call or a read. Raises `plain.Unsupported` for an argument that cannot cross."""
    if isinstance(question, Read):
        return frame({"read": {"key": question.key, "names": question.names}})
    key, entry = encode_basestring_ascii(question.key), encode_basestring_ascii(question.entry)
    head = f'{{"call":{{"key":{key},"entry":{entry},"arguments":'
    return _framed(head.encode() + encoded_arguments(question.arguments) + b"}}")
