"""Rows from 201 on: attacks of our own on the conversation with the trusted side."""

from __future__ import annotations

from tests.hostile._attack import Attack, Seen, no_answer
from tests.hostile.course import came_to_an_end, claims
from tests.hostile.forging import FRAME


def not_forged(seen: Seen) -> bool:
    """The statement that spoke out of turn is left out, and only what was asked is answered."""
    return seen.outcome != "returned" or seen.value == 1


ATTACKS: tuple[Attack, ...] = (
    Attack(
        216,
        "traces_the_harness",
        """
        import sys
        def attack():
            seen = []
            frame = sys._getframe(1)
            while frame is not None:
                frame.f_trace = lambda *rest: seen.append(rest)
                for name, value in list(frame.f_locals.items()):
                    if isinstance(value, dict):
                        value.clear()
                frame = frame.f_back
            sys.settrace(lambda *rest: None)
            return 1
        """,
        came_to_an_end,
        levels="ABC",
    ),
    Attack(
        217,
        "lifts_its_own_limits",
        FRAME
        + """
    def attack():
        for one in gc.get_objects():
            if type(one) is dict and "answer_kb" in one:
                one["answer_kb"] = one["cpu_seconds"] = one["cpu_total"] = 10**6
        return "x" * (40 << 20)
        """,
        no_answer,
        levels="ABC",
    ),
    Attack(
        218,
        "answers_after_its_end",
        FRAME
        + """
    import atexit
    class Late:
        def __del__(self):
            send({"key": "0", "returned": {"i": "100"}, "modified": [], "repairs": []})
    late = Late()
    atexit.register(late.__del__)
    threading.Timer(0.05, late.__del__).start()

    def attack():
        return 1
        """,
        claims(1),
        levels="ABC",
    ),
    Attack(
        219,
        "answers_before_it_is_asked",
        FRAME
        + """
    send({"key": "0", "returned": {"i": "100"}, "modified": [], "repairs": []})

    def attack():
        return 1
        """,
        not_forged,
        levels="ABC",
    ),
    Attack(
        220,
        "says_it_is_loaded",
        FRAME
        + """
    send({"loaded": {"remarks": [{"code": "full_marks", "detail": {"file": "</code><script>alert(1)</script>"}}]}})
    os._exit(0)

    def attack():
        return 1
        """,
        no_answer,
        levels="ABC",
    ),
    Attack(
        221,
        "says_it_is_confined",
        FRAME + "\n    send({'ready': 'A'})\n\n    def attack():\n        return 1",
        not_forged,
        levels="ABC",
    ),
    Attack(
        225,
        "collides_in_every_set",
        FRAME
        + """
    def attack():
        items = [{"i": str(n * (2**61 - 1))} for n in range(1, 25000)]
        send({"key": "0", "returned": {"s": items}, "modified": [], "repairs": []})
        os._exit(0)
        """,
        no_answer,
        levels="ABC",
    ),
    Attack(
        226,
        "replaces_the_loader",
        """
        import sys
        def everything(*rest, **more):
            return lambda *arguments: 100.0
        sys.modules["guest.loading"].Loaded.find = everything
        sys.modules["guest.loading"].load = everything
        sys.modules["guest.workplace"] = sys.modules["guest.confine"] = None
        def attack():
            return 1
        """,
        claims(100.0),
        levels="ABC",
    ),
    Attack(
        227,
        "spends_the_time_of_others",
        """
        import threading, time
        def burn():
            while True:
                pass
        def attack():
            for _ in range(8):
                threading.Thread(target=burn, daemon=True).start()
            time.sleep(0.2)
            return 1
        """,
        came_to_an_end,
        levels="ABC",
    ),
)
