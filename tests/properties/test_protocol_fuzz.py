"""Whatever comes out of the box, its decoders answer with a value or with their own refusal, in bounded memory."""

from __future__ import annotations

import base64
import json
import math
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.box import protocol
from grader.guest import plain
from grader.model.job import Limits
from grader.model.observation import Observation

LARGEST = protocol.largest(Limits())
GROWTH, SLACK = 100, 1 << 20
"""The peak of memory per byte of a frame, and what a decoder may take for the emptiest one."""

NUMBERS = st.one_of(
    st.integers(-3, 1 << 40),
    st.sampled_from([1 << 31, 1 << 63, 1 << 64, 10**30, -1, 0, True, 1.5, math.nan, math.inf, 1e308]),
)
DTYPES = st.sampled_from(
    ["<f8", "<f8", "<i8", "|b1", "<c16", "<f2", "<f16", ">f8", "<f4", "|u1"]
) | st.sampled_from(
    [
        "|O",
        "|S5",
        "<U9",
        "a",
        "M8[s]",
        "f8,i4",
        "(999,999)f8",
        "V8",
        "?",
        "f",
        "int",
        "",
        "<f8" * 99,
        "i4," * 999,
        "d\0",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=12),
    st.sampled_from(
        ["nan", "inf", "-0x0p+0", "0x1p+99999999999999999999", "1" * 4001, "-" + "9" * 3999, "--1"]
    )
    | st.sampled_from(
        ["١٢", "²", "\ud800", "\udfff\ud800", "1_0", " 1", "AAAA", "A===", "AAAAAAAAAAA=", "0x1.8p+1"]
    ),
)
SHAPES = (
    st.lists(st.one_of(st.integers(0, 3), NUMBERS), max_size=4)
    | st.just([1] * 33)
    | st.just([0, 1 << 62, 1 << 62])
)
ARRAYS = st.tuples(
    DTYPES, SHAPES, st.binary(max_size=32).map(lambda data: base64.b64encode(data).decode()) | TEXTS
).map(list)
TAGS = st.sampled_from(["i", "f", "c", "l", "t", "s", "d", "a", "n", "y", "o", "", "__class__"])


def tagged(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Trees that look like encodings, some of them wrong."""
    items = st.lists(inner, max_size=4)
    pairs = st.lists(st.lists(inner, min_size=2, max_size=2), max_size=4)
    return st.one_of(
        items,
        st.builds(lambda tag, body: {tag: body}, TAGS, st.one_of(inner, items, pairs, ARRAYS, TEXTS)),
        st.builds(lambda body: {"a": body}, ARRAYS),
        st.builds(lambda body: {"n": body}, ARRAYS),
        st.builds(lambda body: {"d": body}, pairs),
        st.dictionaries(TAGS, inner, max_size=2),
    )


TREES = st.recursive(st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS), tagged, max_leaves=12)

SCALARS = [
    *(np.float64(1.5), np.int8(-3), np.bool_(True), np.longdouble(0.1), np.clongdouble(1j), np.array(7)),
    *(
        np.arange(6.0).reshape(2, 3),
        np.zeros((0, 3)),
        np.array([True, False]),
        np.ones(2, ">f4"),
        frozenset({1}),
    ),
]
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**30), 10**30),
        st.floats(),
        st.complex_numbers(),
        st.text(st.characters(codec="utf-8"), max_size=8),
        st.sampled_from(SCALARS),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3) | st.integers(), inner, max_size=4),
        st.frozensets(st.integers() | st.frozensets(st.integers(), max_size=2), max_size=3),
    ),
    max_leaves=8,
)  # fmt: skip

REAL_FRAMES = [
    {"ready": "A"},
    {"at": ["a.py", 3]},
    {"loaded": {"remarks": [{"code": "statement_failed", "detail": {"file": "a.py", "line": "3"}}]}},
    {
        "returned": {"a": ["<f8", [2], "AAAAAAAA8D8AAAAAAADwPw=="]},
        "modified": [0],
        "key": "0",
        "repairs": ["x"],
    },
    {
        "returned": {"d": [["x", {"s": [{"i": "1"}, {"f": "nan"}]}]]},
        "modified": [],
        "key": "0",
        "repairs": [],
    },
    {"raised": {"kind": "E", "message": "m", "trace": [["a.py", 1, "x"]]}, "key": "0", "repairs": []},
    {"unsupported": "too_large", "key": "0"},
    {"missing": True, "key": "0"},
    {"out_of_memory": True, "key": "0"},
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A frame that might have come, with a few bytes or fields of it changed."""
    frame: dict[str, Any] = dict(draw(st.sampled_from(REAL_FRAMES)))
    for name in draw(
        st.lists(st.sampled_from([*frame, "key", "at", "returned", "score", "repairs"]), max_size=2)
    ):
        frame[name] = draw(TREES)
    data = bytearray(json.dumps(frame).encode())
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        data[start : start + draw(st.integers(0, 8))] = draw(st.binary(max_size=6))
    return bytes(data)


FRAMES = st.one_of(st.binary(max_size=300), TREES.map(lambda tree: json.dumps(tree).encode()), mutated())


def decodes(data: bytes) -> None:
    """Decode as a value and as a frame; what is accepted can be shown, compared and written again."""
    try:
        value = plain.loads(data)
    except plain.Malformed:
        pass
    else:
        again = plain.dumps(value)
        assert in_order(json.loads(plain.dumps(plain.loads(again)))) == in_order(json.loads(again))
        repr(value).encode()
    try:
        frame = protocol.read(data)
    except protocol.Violation:
        return
    if isinstance(frame, protocol.Answer) and frame.observation.outcome == "returned":
        plain.loads(bytes(frame.observation.value))
    assert isinstance(frame, protocol.Ready | protocol.At | protocol.Loaded | protocol.Answer)


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(FRAMES)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes make a decoder raise anything but its own exception, and what it accepts is sound."""
    decodes(data)


@pytest.mark.slow
@settings(max_examples=100_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(FRAMES)
def test_any_bytes_are_read_or_refused_for_long(data: bytes) -> None:
    """The same, fifty times as often."""
    decodes(data)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(VALUES)
def test_what_is_written_is_read(value: Any) -> None:
    """Whatever the box can encode, the other side can decode, and it encodes to the same bytes again."""
    data = plain.dumps(value)
    again = plain.dumps(plain.loads(data))
    assert in_order(json.loads(again)) == in_order(json.loads(data))


def in_order(tree: Any) -> Any:
    """An encoding with the items of its sets, which have no order, in some order."""
    if isinstance(tree, dict):
        tree = {tag: in_order(body) for tag, body in tree.items()}
        return {"s": sorted(tree["s"], key=repr)} if set(tree) == {"s"} else tree
    return [in_order(item) for item in tree] if isinstance(tree, list) else tree


def repeated(piece: bytes, before: bytes = b'{"l":[', after: bytes = b"]}") -> bytes:
    """A value as large as a frame may be, of one piece over and over."""
    count = (LARGEST - 200) // (len(piece) + 1)
    return before + b",".join([piece] * count) + after


def numbered(form: str) -> bytes:
    """A set of very many different items."""
    return b'{"s":[' + b",".join((form % n).encode() for n in range(40_000)) + b"]}"


GREEDY: dict[str, Callable[[], bytes]] = {
    "lists": lambda: repeated(b'{"l":[]}'),
    "sets": lambda: repeated(b'{"s":[]}'),
    "dicts": lambda: repeated(b'{"d":[]}'),
    "tuples": lambda: repeated(b'{"t":[0]}'),
    "nothing at all": lambda: repeated(b"[]", b"[", b"]"),
    "objects": lambda: repeated(b"{}", b"[", b"]"),
    "numbers": lambda: repeated(b"1", b"[", b"]"),
    "arrays": lambda: repeated(b'{"a":["|b1",[0],""]}'),
    "scalars": lambda: repeated(b'{"n":["|b1",[],"AQ=="]}'),
    "names": lambda: b"{" + b",".join(b'"%d":0' % n for n in range(90_000)) + b"}",
    "one array": lambda: b'{"a":["|u1",[750000],"' + b"AAAA" * 250_000 + b'"]}',
    "an array of nothing": lambda: b'{"a":["<f8",[0,4611686018427387904],""]}',
    "an array of everything": lambda: b'{"a":["<f8",[4611686018427387904,4],""]}',
    "a type of many": lambda: b'{"a":["' + b"i4," * 300_000 + b'",[1],""]}',
    "a text": lambda: b'"' + b"\\u0430" * 170_000 + b'"',
    "depth": lambda: b'{"l":[' * 120_000,
    "brackets": lambda: b"[" * (LARGEST - 100),
    "digits": lambda: b'{"i":"' + b"9" * (LARGEST - 100) + b'"}',
    "bare digits": lambda: b"9" * (LARGEST - 100),
    "a set": lambda: numbered('{"i":"%d"}'),
}


@pytest.mark.parametrize("name", GREEDY)
@pytest.mark.parametrize("framed", [False, True], ids=["value", "frame"])
def test_memory_is_bounded_by_the_size_of_a_frame(name: str, framed: bool) -> None:
    """The greediest frames that are let in take no more than a hundred bytes for each of their own."""
    data = GREEDY[name]()
    if framed:
        data = b'{"key":"0","returned":' + data + b',"modified":[],"repairs":[]}'
    assert len(data) <= LARGEST
    tracemalloc.start()
    try:
        decodes_once(data, framed)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= GROWTH * len(data) + SLACK


def decodes_once(data: bytes, framed: bool) -> None:
    """Decode, or be refused."""
    try:
        protocol.read(data) if framed else plain.loads(data)
    except (plain.Malformed, protocol.Violation):
        return


REFUSED = {
    "a bool that is neither": b'{"a":["|b1",[2],"Av8="]}',
    "a scalar bool that is neither": b'{"n":["|b1",[],"/w=="]}',
    "half a character": b'"\\ud800"',
    "half a character of a formula": b'{"y":"\\udfff"}',
    "half a character as a key": b'{"d":[["\\ud800",null]]}',
    "objects": b'{"a":["|O",[1],"AAAAAAAAAAA="]}',
    "records": b'{"a":["i4,i4",[1],"AAAAAAAAAAA="]}',
    "the other order of bytes": b'{"a":[">f8",[1],"AAAAAAAAAAA="]}',
    "extended precision": b'{"a":["<f16",[1],"' + base64.b64encode(b"\xff" * 16) + b'"]}',
    "a negative axis": b'{"a":["<f8",[-1],"AAAAAAAAAAA="]}',
    "an axis of truth": b'{"a":["<f8",[true],"AAAAAAAAAAA="]}',
    "a list as a key": b'{"d":[[{"l":[]},null]]}',
    "a bare number": b"1",
    "a bare NaN": b"NaN",
    "digits of another script": '{"i":"\u0661"}'.encode(),
    "two tags": b'{"i":"1","f":"0x1p+0"}',
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_nobody_encodes_is_refused(name: str) -> None:
    """Only what an honest encoder writes is read."""
    with pytest.raises(plain.Malformed):
        plain.loads(REFUSED[name])
    with pytest.raises(protocol.Violation):
        protocol.read(b'{"key":"0","returned":' + REFUSED[name] + b',"modified":[],"repairs":[]}')


def test_an_answer_is_kept_as_it_came() -> None:
    """A value stays the bytes that were validated."""
    frame = protocol.read(json.dumps(REAL_FRAMES[3]).encode())
    assert isinstance(frame, protocol.Answer)
    assert isinstance(frame.observation, Observation)
    assert json.loads(bytes(frame.observation.value)) == REAL_FRAMES[3]["returned"]
