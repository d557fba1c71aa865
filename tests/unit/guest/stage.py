"""A warm process that loads each submission it is sent in a fork of itself; run by `conftest.py`."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "grader"))

from guest import loading, plain, repairs
from guest.symbols import textual

SECONDS = 20


def answer(loaded, question):
    """Pose one question: ["call", entry, arguments] or ["read", names]."""
    if question[0] == "read":
        found, value = loaded.read(question[1])
        return {"value": plain.encode(value)} if found else {"missing": True}
    function = loaded.find(question[1])
    if function is None:
        return {"missing": True}
    try:
        value = plain.encode(textual(function(*map(plain.decode, question[2]))))
    except BaseException as error:  # noqa: BLE001 - whatever was raised is the answer
        raised = [type(error).__name__, str(error), loaded.trace(error)]
        return {"raised": raised, "used": loaded.repairs_used()}
    return {"value": value, "used": loaded.repairs_used()}


def perform(request):
    """Load one submission and pose the questions."""
    announced = []
    names = request["repairs"]
    loaded = loading.load(
        request["sources"],
        frozenset(repairs.REPAIRS if names is None else names),
        {tuple(place) for place in request["skip"]},
        lambda file, index: announced.append([file, index]),
    )
    used = loaded.repairs_used()
    answers = [answer(loaded, question) for question in request["questions"]]
    return {"remarks": loaded.remarks, "used": used, "announced": announced, "answers": answers}


def main() -> None:
    """Answer one line of JSON for each line of JSON."""
    loading.warm()
    print(
        json.dumps({"threads": threading.active_count(), "files": [path.name for path in Path().iterdir()]}),
        flush=True,
    )
    out = os.dup(1)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.alarm(SECONDS)
            os.dup2(2, 1)
            os.write(out, json.dumps(perform(json.loads(line))).encode() + b"\n")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            os.write(out, json.dumps({"died": status}).encode() + b"\n")


main()
