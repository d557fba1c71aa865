"""One or several options, matchings and orders, however they are written down.

`b`, `B`, `b)`, `(b)`; `a, c`, `a c`, `["a", "c"]`; `A-2 B-1 C-3`, `{"A": "edges"}`. Order does not matter.
Cyrillic letters that look like Latin ones are taken for them, since nobody can see the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from grader.model.verdict import Difference

LOOKALIKES = str.maketrans("авсекмнортхуі", "abcekmhoptxyi")
"""Lower-case Cyrillic letters, by the Latin ones that they or their capitals look like."""
PUNCTUATION = "()[]{}.,;:'\"«»“”`*$№#"
LONGEST = 2000


def plain_word(word: Any) -> str:
    """A word without case, look-alikes and punctuation around it."""
    text = str(word).strip().strip(PUNCTUATION).casefold()
    text = " ".join(text.replace("ё", "е").split())
    return text.translate(LOOKALIKES)


@dataclass(frozen=True)
class Choice:
    """Compares chosen options.

    options      what there is to choose from, as the statement names it
    several      whether more than one may be chosen; the expected answer is then a collection of options
    partial      whether some of several earn a share: what is rightly chosen less what is wrongly chosen
    """

    options: tuple[str, ...]
    several: bool = False
    partial: bool = False

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give a `choice` difference unless exactly the expected options are chosen."""
        wanted = self.read(expected)
        given = self.read(actual)
        if wanted is not None and wanted == given:
            return None
        return Difference("choice", "", _listed(wanted), _short(actual) if given is None else _listed(given))

    def read(self, actual: Any) -> tuple[str, ...] | None:
        """The chosen options in the order of `options`, or None where this is no choice among them."""
        known = {plain_word(option): option for option in self.options}
        chosen = _chosen(actual, known)
        if not chosen or (len(chosen) > 1 and not self.several):
            return None
        return tuple(option for option in self.options if option in chosen)

    def share(self, expected: Any, actual: Any) -> Fraction:
        """What an answer earns that is not the expected one."""
        wanted, given = self.read(expected) or (), self.read(actual) or ()
        if not (self.partial and wanted):
            return Fraction(0)
        rightly = sum(option in wanted for option in given)
        return max(Fraction(0), Fraction(2 * rightly - len(given), len(wanted)))


@dataclass(frozen=True)
class Matching:
    """Compares what is matched with what.

    left         what is to be matched, as the statement names it
    right        its partners; one may have several names, the first of them the usual one: `"2|edges|края"`
    partial      whether each right pair earns its share
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    partial: bool = False

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give the first item of `left` with another partner than expected."""
        wanted, given = self.read(expected), self.read(actual)
        if wanted is None or given is None:
            return Difference("choice", "", _pairs(wanted), _short(actual))
        for item in self.left:
            if wanted.get(item) != given.get(item):
                return Difference("choice", item, wanted.get(item, ""), given.get(item, ""))
        return None

    def read(self, actual: Any) -> dict[str, str] | None:
        """Item of `left` → first name of its partner, or None where this is no matching of them."""
        lefts = {plain_word(item): item for item in self.left}
        rights = {plain_word(n): names[0] for names in map(_names, self.right) for n in names}
        found: dict[str, str] = {}
        for left, right in self._in_order(actual, rights) or _parted(actual, lefts, rights):
            item, partner = lefts.get(plain_word(left)), rights.get(plain_word(right))
            if item is None or partner is None or found.setdefault(item, partner) != partner:
                return None
        return found or None

    def _in_order(self, actual: Any, rights: Mapping[str, str]) -> list[tuple[str, str]]:
        """Pairs where nothing but partners is given, one for each item of `left`: `ABCA`."""
        words = _ordered_words(actual, rights)
        matched = len(words) == len(self.left) and all(word in rights for word in words)
        return list(zip(self.left, words, strict=True)) if matched else []

    def share(self, expected: Any, actual: Any) -> Fraction:
        """What an answer earns that is not the expected one."""
        wanted, given = self.read(expected) or {}, self.read(actual) or {}
        if not (self.partial and wanted):
            return Fraction(0)
        return Fraction(sum(given.get(item) == partner for item, partner in wanted.items()), len(wanted))


@dataclass(frozen=True)
class Ordering:
    """Compares orders: every item once, from the first to the last.

    items        what is to be put in order, as the statement names it
    partial      whether pairs in the right order earn a share, less those in the wrong one
    """

    items: tuple[str, ...]
    partial: bool = False

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give a `choice` difference unless the order is exactly the expected one."""
        wanted, given = self.read(expected), self.read(actual)
        if wanted is not None and wanted == given:
            return None
        return Difference("choice", "", _listed(wanted), _short(actual) if given is None else _listed(given))

    def read(self, actual: Any) -> tuple[str, ...] | None:
        """The items in their order, or None where one is missing, stands twice, or is none of them."""
        known = {plain_word(item): item for item in self.items}
        words = _ordered_words(actual, known)
        found = tuple(known[word] for word in words if word in known)
        return found if len(found) == len(words) and sorted(found) == sorted(self.items) else None

    def share(self, expected: Any, actual: Any) -> Fraction:
        """What an answer earns that is not the expected one."""
        wanted, given = self.read(expected), self.read(actual)
        if not self.partial or wanted is None or given is None or len(wanted) < 2:
            return Fraction(0)
        pairs = list(combinations(wanted, 2))
        kept = sum(given.index(one) < given.index(other) for one, other in pairs)
        return max(Fraction(0), Fraction(2 * kept - len(pairs), len(pairs)))


def _ordered_words(actual: Any, known: Mapping[str, str]) -> list[str]:
    if isinstance(actual, (list, tuple)):
        return [word for item in actual for word in _ordered_words(item, known)] or [""]
    if isinstance(actual, int) and not isinstance(actual, bool):
        actual = str(actual)
    if not isinstance(actual, str):
        return [""]
    words = [plain_word(word) for word in re.split(r"[\s,;<>/]+|[-–—=]>|[-–—→]", str(actual)[:LONGEST])]
    words = [word for word in words if word]
    if len(words) == 1 and words[0] not in known:
        return list(words[0])  # "bac"
    return words


def _names(right: str) -> list[str]:
    return [name.strip() for name in right.split("|")]


def _chosen(actual: Any, known: Mapping[str, str]) -> set[str] | None:
    if isinstance(actual, str):
        return _chosen_in_text(str(actual)[:LONGEST], known)
    if isinstance(actual, (list, tuple, set, frozenset)):
        found: set[str] = set()
        for item in actual:
            one = _chosen(item, known) if isinstance(item, (str, int)) else None
            if one is None:
                return None
            found |= one
        return found
    if isinstance(actual, int) and not isinstance(actual, bool):
        return _chosen_in_text(str(actual), known)
    return None


def _chosen_in_text(text: str, known: Mapping[str, str]) -> set[str] | None:
    whole = known.get(plain_word(text))
    if whole is not None:
        return {whole}
    words = [word for word in re.split(r"[\s,;&+/]+|\b(?:and|и)\b", text) if word and plain_word(word)]
    if len(words) == 1 and len(word := plain_word(words[0])) > 1 and all(letter in known for letter in word):
        words = list(word)  # "ac" for a and c
    chosen = [known.get(plain_word(word)) for word in words]
    return None if None in chosen else {option for option in chosen if option is not None}


def _parted(actual: Any, lefts: Mapping[str, str], rights: Mapping[str, str]) -> Iterable[tuple[Any, Any]]:
    """Pairs as the student wrote them; a single unreadable pair where there are none."""
    if isinstance(actual, Mapping):
        return list(actual.items())
    if isinstance(actual, str):
        return _pairs_in_text(str(actual)[:LONGEST], lefts, rights)
    if isinstance(actual, (list, tuple, set, frozenset)):
        pairs: list[tuple[Any, Any]] = []
        for item in actual:
            if isinstance(item, (list, tuple)) and len(item) == 2:
                pairs.append((item[0], item[1]))
            else:
                pairs += _parted(item, lefts, rights) if isinstance(item, str) else [("", "")]
        return pairs
    return [("", "")]


def _pairs_in_text(text: str, lefts: Mapping[str, str], rights: Mapping[str, str]) -> list[tuple[str, str]]:
    """Cut `A-2 B: edges, c → 3` into pairs: an item, signs, and all that stands before the next item."""
    text = " ".join(text.casefold().replace("ё", "е").split()).translate(LOOKALIKES)
    item = "|".join(re.escape(key) for key in sorted(lefts, key=len, reverse=True))
    sign = r"\s*(?:[-–—=:.→)>\"'(]\s*)*"
    starts = list(re.finditer(rf"(?<!\w)(?:{item})(?:(?!\w)|(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d]))", text))
    pairs = []
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        rest = re.sub(rf"^{sign}", "", text[start.end() : end])
        pairs.append((start.group(), rest.strip(PUNCTUATION + " \n-–—")))
    return pairs or [("", "")]


def _listed(options: tuple[str, ...] | None) -> str:
    return ", ".join(options or ())


def _pairs(found: Mapping[str, str] | None) -> str:
    return ", ".join(f"{left}: {right}" for left, right in (found or {}).items())


def _short(actual: Any) -> str:
    text = (
        str(actual)
        if isinstance(actual, (str, int, float, list, tuple, dict, set))
        else type(actual).__name__
    )
    return text if len(text) <= 80 else text[:79] + "…"
