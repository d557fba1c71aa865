"""What comes out of the box is believed only if it has exactly the shape it should have."""

from __future__ import annotations

import pytest
from msgspec import Raw

from grader.box import protocol
from grader.model.observation import Observation, Trouble

MALFORMED = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"\xff\xfe",
    b'{"ready":"C"',
    b'{"ready":"C"} {}',
    b'{"ready":"C","at":["a.py",0]}',
    b'{"ready":1}',
    b'{"at":["a.py"]}',
    b'{"at":["a.py","0"]}',
    b'{"loaded":{"remarks":[{"code":"x"}]}}',
    b'{"loaded":{"remarks":[],"more":1}}',
    b'{"key":"0"}',
    b'{"key":"0","missing":false}',
    b'{"key":"0","missing":true,"out_of_memory":true}',
    b'{"key":"0","unsupported":"x","score":100}',
    b'{"key":"0","returned":{"i":"1"}}',
    b'{"key":"0","returned":1,"modified":[],"repairs":[]}',
    b'{"key":"0","returned":{"o":"1"},"modified":[],"repairs":[]}',
    b'{"key":"0","returned":{"i":"1e9"},"modified":[],"repairs":[]}',
    b'{"key":"0","returned":{"a":["|O",[1],"AAAAAAAAAAA="]},"modified":[],"repairs":[]}',
    b'{"key":"0","returned":' + b'{"l":[' * 5000 + b"]}" * 5000 + b',"modified":[],"repairs":[]}',
    b'{"key":"0","returned":' + b"[" * 200_000 + b"]" * 200_000 + b',"modified":[],"repairs":[]}',
    b'{"key":"0","returned":{"i":"' + b"9" * 900_000 + b'"},"modified":[],"repairs":[]}',
    b'{"key":"0","returned":null,"modified":[-1],"repairs":[]}',
    b'{"key":"0","returned":null,"modified":[10000000000],"repairs":[]}',
    b'{"key":"0","raised":{"kind":"E","message":"m","trace":[["a.py",1e400,""]]},"repairs":[]}',
    b'{"key":"0","raised":{"kind":"E","message":"m","trace":[["a.py",' + b"9" * 30 + b',""]]},"repairs":[]}',
    b'{"at":["a.py",-1]}',
    b'{"key":"0","returned":"\\ud800","modified":[],"repairs":[]}',
    b'{"key":"0","raised":{"kind":"E","message":"m","trace":[["a.py",1]]},"repairs":[]}',
    b"\x80\x04\x95\x00.",
]


@pytest.mark.parametrize("data", MALFORMED, ids=lambda data: repr(data[:40]))
def test_a_malformed_frame_is_a_violation(data: bytes) -> None:
    """Whatever the bytes are, they are refused in the same way and with no other exception."""
    with pytest.raises(protocol.Violation):
        protocol.read(data)


def test_a_returned_value_is_kept_as_the_bytes_that_were_checked() -> None:
    """The value is not decoded for good: the bytes themselves go on."""
    frame = protocol.read(b'{"key":"0","returned":{"i":"7"},"modified":[2,0],"repairs":["shim"]}')
    expected = Observation("returned", Raw(b'{"i":"7"}'), None, (0, 2), ("shim",))
    assert protocol.Answer("0", expected) == frame


def test_what_was_raised_is_cut() -> None:
    """Messages end after 500 characters, traces keep their last five places."""
    trace = ",".join(f'["a.py",{line},"x"]' for line in range(9))
    frame = protocol.read(
        b'{"key":"0","raised":{"kind":"E","message":"%s","trace":[%s]},"repairs":[]}'
        % (b"m" * 900, trace.encode())
    )
    trouble = Trouble("E", "m" * 500, tuple(("a.py", line, "x") for line in range(4, 9)))
    assert protocol.Answer("0", Observation("raised", trouble=trouble)) == frame


def test_control_characters_are_spelled_out() -> None:
    """What a terminal would obey is shown instead; letters of every script stay."""
    assert protocol.harmless("ё\x1b[2J\r\u202e\n∂") == "ё\\x1b[2J\\r\\u202e\n∂"
