"""The conversation of one child with the trusted side.

Frames are four bytes of length, most significant first, and as many bytes of JSON. The first one loads the
submission; each that follows poses one call or reads one variable and is answered by one frame. Inputs come
one at a time, so that a call cannot look ahead. Variables, which are no inputs, may be read many at a time; the
answers are then written together.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
import numpy.random.bit_generator

from . import giving, loading, plain, symbols
from .confine import JOB, RESULT, Bounds, allow_cpu, heed_time

_SEED = 0
_MESSAGE_LENGTH = 500
_LINE_LENGTH = 200
_TRACE_LENGTH = 5
_MUTABLE = frozenset("aldst")
_PIECE = 1 << 16
_arrived = bytearray()
_encode_json = json.JSONEncoder(separators=(",", ":")).encode
_decode_json = json.JSONDecoder().decode

_seeders: tuple[Callable[[int], None], ...] = (random.seed, np.random.seed)
_Random = random.Random
_streams = {name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")}


class _Entropy:
    """What generators that are not given a seed start from: the same submission gives the same numbers."""

    drawn = 0

    @classmethod
    def bits(cls, count: int) -> int:
        cls.drawn += 1
        return _Random(cls.drawn).getrandbits(count)


vars(numpy.random.bit_generator)["randbits"] = _Entropy.bits


def converse(bounds: Bounds) -> NoReturn:
    """Load and answer until the trusted side has nothing more to ask. Raises `MemoryError`."""
    conversation = _Conversation(bounds)
    _send({"ready": bounds["level"]})
    while (frame := _receive()) is not None:
        ((kind, body),) = frame.items()
        if kind == "load":
            _send(conversation.load(body))
        elif kind == "reads":
            answers = conversation.answers("read", body)
            _write(b"".join(_framed(answer, bounds["answer_kb"] << 10) for answer in answers))
        else:
            (answer,) = conversation.answers(kind, [body])
            _send(answer, bounds["answer_kb"] << 10)
    os._exit(0)


class _Conversation:
    """A submission, loaded once and asked many times."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.cpu_end = 0
        self.loaded: Any = None

    def load(self, body: dict[str, Any]) -> dict[str, Any]:
        """Run the submission. Raises `MemoryError`."""
        self._prepare(self.bounds["load_seconds"])
        giving.give(body["given"])
        skip = {(file, index) for file, index in body["skip"]}
        self.loaded = loading.load(body["sources"], frozenset(body["repairs"]), skip, _announce)
        self._settle()
        self.loaded.repairs_used()  # what loading relied on stands in the remarks; no answer relied on it alone
        remarks = [
            {"code": code, "detail": {name: _harmless(text) for name, text in detail.items()}}
            for code, detail in self.loaded.remarks
        ]
        return {"loaded": {"remarks": remarks}}

    def answers(self, kind: str, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give the frames that answer a call, or reads, which run nothing of the submission between them."""
        self._prepare(self.bounds["cpu_seconds"])
        replies = [self._answer(kind, body) for body in bodies]
        self._settle()
        return replies

    def _answer(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            reply = self._call(body) if kind == "call" else self._read(body)
        except MemoryError:
            reply = {"out_of_memory": True}
        except plain.Unsupported as error:
            reply = {"unsupported": _harmless(str(error))}
        except BaseException as error:  # noqa: BLE001 - SystemExit and the like are the student's here
            reply = {"raised": self._describe(error)}
        reply["key"] = body["key"]
        if "returned" in reply or "raised" in reply:
            reply["repairs"] = self.loaded.repairs_used()
        return reply

    def _call(self, body: dict[str, Any]) -> dict[str, Any]:
        function = self.loaded.find(body["entry"])
        if function is None:
            return {"missing": True}
        arguments = [giving.argument(argument) for argument in body["arguments"]]
        given = list(arguments)
        value = function(*arguments)
        returned = _encode(value)
        modified = [
            index
            for index, (original, argument) in enumerate(zip(body["arguments"], given, strict=True))
            if _differs(original, argument)
        ]
        return {"returned": returned, "modified": modified}

    def _read(self, body: dict[str, Any]) -> dict[str, Any]:
        found, value = self.loaded.read(body["names"])
        return {"returned": _encode(value), "modified": []} if found else {"missing": True}

    def _prepare(self, cpu_seconds: int) -> None:
        """Undo what the submission may have done to the surroundings of the next call."""
        for seed in _seeders:
            seed(_SEED)
        _Entropy.drawn = 0
        for name, stream in _streams.items():
            setattr(sys, name, stream)
        heed_time(self.bounds["level"])
        self.cpu_end = allow_cpu(cpu_seconds, self.bounds["cpu_total"], self.cpu_end)

    def _settle(self) -> None:
        for stream in (sys.stdout, sys.stderr, _streams["stdout"]):
            try:
                stream.flush()
            except BaseException:  # noqa: BLE001 - the streams are the student's to break
                continue

    def _describe(self, error: BaseException) -> dict[str, Any]:
        try:
            message = _harmless(str(error)[:_MESSAGE_LENGTH])
        except BaseException:  # noqa: BLE001 - `__str__` may be the student's
            message = ""
        trace = [
            [_harmless(file), line, _harmless(text[:_LINE_LENGTH])]
            for file, line, text in self.loaded.trace(error)[-_TRACE_LENGTH:]
        ]
        return {"kind": _harmless(_name(type(error))), "message": message, "trace": trace}


def _send(frame: dict[str, Any], limit: int | None = None) -> None:
    _write(_framed(frame, limit))


def _framed(frame: dict[str, Any], limit: int | None = None) -> bytes:
    """One frame as bytes; one that is larger than `limit` becomes the remark that it is."""
    data = _encode_json(frame).encode()
    refusal = _refusal(data, limit)
    if refusal:
        return _framed({"key": frame["key"], "unsupported": refusal})
    return len(data).to_bytes(4, "big") + data


def _write(data: bytes) -> None:
    while data:
        data = data[os.write(RESULT, data) :]


def _refusal(data: bytes, limit: int | None) -> str:
    """Why the other side would not take `data`, or nothing."""
    if limit is not None and len(data) > limit:
        return "too_large"
    if b"\\ud" in data:
        try:
            json.dumps(json.loads(data), ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return "str with half a character"
    return ""


def _receive() -> Any:
    """Read one frame; None when there will be no more."""
    if not _arrive(4):
        return None
    length = int.from_bytes(_arrived[:4], "big")
    if not _arrive(4 + length):
        return None
    data = bytes(_arrived[4 : 4 + length])
    del _arrived[: 4 + length]
    return _decode_json(data.decode())


def _arrive(count: int) -> bool:
    """Read until so many bytes are there, or there will be no more."""
    while len(_arrived) < count:
        data = os.read(JOB, _PIECE)
        if not data:
            return False
        _arrived.extend(data)
    return True


def _announce(file: str, index: int) -> None:
    _send({"at": [file, index]})


def _encode(value: Any) -> Any:
    try:
        return plain.encode(value)
    except plain.Unsupported:
        return plain.encode(symbols.textual(value))


def _differs(original: Any, argument: Any) -> bool:
    """Tell whether `argument` is no longer what the encoding `original` stands for."""
    if type(original) is not dict or _MUTABLE.isdisjoint(original):
        return False
    try:
        now = plain.encode(argument)
    except plain.Unsupported:
        return True
    # the order of a set depends on its history, so that only another fresh copy can tell
    return bool(now != original and now != plain.encode(plain.decode(original)))


def _name(kind: type) -> str:
    # past a metaclass, which may be the student's
    return str(type.__dict__["__name__"].__get__(kind))


def _harmless(text: str) -> str:
    return str(text).encode("utf-8", "backslashreplace").decode()
