"""Runs of letters cut into known names: `txy` is t·x·y, `xsinx` is x·sin x, `V1W1` is V1·W1."""

from __future__ import annotations

from grader.algebra.names import LOOK_ALIKES, Vocabulary

_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜ", "0123456789ijknmt", strict=True))


def segments(run: str, known: Vocabulary, *, whole: bool = False) -> list[tuple[int, str, str, int]] | None:
    """Cut `run` into (offset, kind, name, end), longest known name first; None if something is unknown.

    The cutting stops before digits that follow a function (`sin2x`), unless `whole`, and after the base sign of a
    logarithm (`log_a`), which becomes a token of its own.
    """
    key, origin, glued = _key(run)
    for words in (known.words, known.folded):
        folded = key if words is known.words else key.casefold()
        if len(folded) != len(key):
            continue
        lengths = _cut(folded, glued, words, known.longest, whole)
        if lengths is not None:
            return _pieces(folded, origin, glued, words, lengths, len(run))
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


def _cut(
    key: str, glued: list[bool], words: dict[str, tuple[str, str]], longest: int, whole: bool
) -> list[int] | None:
    """For each place the length of the longest known name after which the rest can be cut, too."""
    size = len(key)
    lengths = [0] * size + [1]
    for start in range(size - 1, -1, -1):
        for length in range(min(longest, size - start), 0, -1):
            end = start + length
            meaning = words.get(key[start:end])
            if meaning is None or (end < size and key[end - 1 : end + 1].isdigit() and length > 1):
                continue
            function = meaning[0] == "function"
            base = function and end < size and glued[end] and key[start:end] == "log"
            if base or (function and end < size and key[end].isdigit() and not whole):
                lengths[start] = length
                break
            if lengths[end] and (end == size or not glued[end]):
                lengths[start] = length
                break
    return lengths if lengths[0] else None


def _pieces(
    key: str,
    origin: list[int],
    glued: list[bool],
    words: dict[str, tuple[str, str]],
    lengths: list[int],
    size: int,
) -> list[tuple[int, str, str, int]]:
    pieces: list[tuple[int, str, str, int]] = []
    place = 0
    while place < len(key):
        end = place + lengths[place]
        kind, name = words[key[place:end]]
        base = kind == "function" and end < len(key) and glued[end] and key[place:end] == "log"
        if base:
            pieces.append((origin[place], kind, name, origin[end - 1] + 1))
            break
        stop = origin[end] if end < len(key) else size
        pieces.append((origin[place], kind, name, stop))
        if kind == "function" and end < len(key) and key[end].isdigit():
            break
        place = end
    return pieces
