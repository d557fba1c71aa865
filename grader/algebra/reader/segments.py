"""Runs of letters cut into known names: `txy` is t·x·y, `xsinx` is x·sin x, `V1W1` is V1·W1."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from grader.algebra.names import LOOK_ALIKES, Vocabulary

_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜ", "0123456789ijknmt", strict=True))


LONGEST_PRODUCT = 4
"""So many undeclared letters without a sign between them may be a product; more are a word."""

Words = dict[str, tuple[str, str]]


def segments(
    run: str, known: Vocabulary, *, whole: bool = False, bracket: bool = False
) -> list[tuple[int, str, str, int]] | None:
    """Cut `run` into (offset, kind, name, end), longest known name first; None if something is unknown.

    The cutting stops before digits that follow a function (`sin2x`), unless `whole`, and after the base sign of a
    logarithm (`log_a`), which becomes a token of its own. `bracket` says that a bracket follows.
    """
    meaning = known.words.get(run)
    if meaning is not None and meaning[0] != "bracketed":
        return [(0, *meaning, len(run))]
    key, origin, glued = _key(run)
    called = known.words.get(key.casefold()) if bracket and key not in known.words else None
    if called is not None and called[0] in ("function", "bracketed"):
        return [(0, "function", called[1], len(run))]
    for words in (known.words, known.folded):
        folded = key if words is known.words else key.casefold()
        if len(folded) != len(key):
            continue
        cutting = _Cutting(folded if words is known.folded else key, glued, words, known, whole, bracket)
        lengths = cutting.lengths()
        if lengths is not None:
            return _pieces(cutting, origin, lengths, len(run))
    return None


def _key(run: str) -> tuple[str, list[int], list[bool]]:
    """The run without index signs, where each letter stood, and whether it belongs to the index before it."""
    letters, origin, glued = [], [], []
    inside = tied = False
    for place, letter in enumerate(run):
        if letter == "_":
            tied = True
        elif letter == "{":
            inside = True
        elif letter == "}":
            inside = False
        elif letter not in ", \t":
            letters.append(_SUBSCRIPTS.get(letter, LOOK_ALIKES.get(letter, letter)))
            origin.append(place)
            glued.append(tied or inside or letter in _SUBSCRIPTS)
            tied = False
    return "".join(letters), origin, glued


@dataclass(frozen=True)
class _Cutting:
    """What is to be cut: the letters, whether each belongs to the index before it, and what is known."""

    key: str
    glued: list[bool]
    words: Words
    known: Vocabulary
    whole: bool
    bracket: bool

    def meaning(self, start: int, end: int) -> tuple[str, str] | None:
        """What the letters from `start` to `end` are, if they are something by themselves."""
        meaning = self.words.get(self.key[start:end])
        if meaning is not None and meaning[0] != "bracketed":
            return meaning
        if meaning is not None and self.bracket and end == len(self.key):
            return "function", meaning[1]
        if end != self.letter(start):
            return None
        index = self.key[start + 1 : end]
        return "symbol", f"{self.key[start]}_{index}" if index else self.key[start]

    def letter(self, start: int) -> int:
        """Where an undeclared letter ends, with all of its index; 0 if there is none."""
        if not self.known.open or self.glued[start] or self.wordy:
            return 0
        if not self.key[start].isalpha():
            return 0
        end = start + 1
        while end < len(self.key) and (self.glued[end] or self.key[end].isdigit()):
            end += 1
        return end

    @cached_property
    def wordy(self) -> bool:
        """Whether there are too many letters for a product."""
        return self.glued.count(False) > LONGEST_PRODUCT and self.key.isalpha()

    def lengths(self) -> list[int] | None:
        """For each place the length of the longest name after which the rest can be cut, too."""
        key, glued, size = self.key, self.glued, len(self.key)
        lengths = [0] * size + [1]
        for start in range(size - 1, -1, -1):
            ends = range(min(start + self.known.longest, size), start, -1)
            letter = self.letter(start)
            for end in (letter, *ends) if letter > ends.start else ends:
                meaning = self.meaning(start, end)
                if meaning is None or (end < size and key[end - 1 : end + 1].isdigit() and end > start + 1):
                    continue
                function = meaning[0] == "function"
                stops = function and end < size and key[end].isdigit() and not self.whole
                if self.based(start, end) or stops or (lengths[end] and (end == size or not glued[end])):
                    lengths[start] = end - start
                    break
        return lengths if lengths[0] else None

    def based(self, start: int, end: int) -> bool:
        """Whether a logarithm stands here, with its base after it."""
        return end < len(self.key) and self.glued[end] and self.key[start:end] == "log"


def _pieces(
    cutting: _Cutting, origin: list[int], lengths: list[int], size: int
) -> list[tuple[int, str, str, int]]:
    key = cutting.key
    pieces: list[tuple[int, str, str, int]] = []
    place = 0
    while place < len(key):
        end = place + lengths[place]
        kind, name = cutting.meaning(place, end) or ("", "")
        if cutting.based(place, end):
            pieces.append((origin[place], kind, name, origin[end - 1] + 1))
            break
        stop = origin[end] if end < len(key) else size
        pieces.append((origin[place], kind, name, stop))
        if kind == "function" and end < len(key) and key[end].isdigit():
            break
        place = end
    return pieces
