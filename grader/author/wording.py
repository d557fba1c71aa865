"""Dealt values that read well in a statement."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from string import ascii_uppercase
from typing import Any, Self

Say = Callable[[str], str]
"""Gives an author's text in the language of the reader."""


class Matrix(tuple[tuple[int, ...], ...]):
    """Dealt rows of numbers: nested tuples for an oracle, a LaTeX matrix in a statement: `$V = {picture}$`."""

    __slots__ = ()

    def __new__(cls, rows: Iterable[Iterable[int]]) -> Self:
        """Take rows of any kind as tuples, which need no copies."""
        return super().__new__(cls, map(tuple, rows))

    def __str__(self) -> str:
        rows = r" \\ ".join(" & ".join(map(str, row)) for row in self)
        return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


class Phrase(str):
    """A dealt text, which a statement gives in the language of its reader."""

    __slots__ = ()


class Options(tuple[tuple[str, str], ...]):
    """Dealt options to choose from, (code, text) in the order in which one student reads them, labelled 1, 2, 3, ….

    In a statement, `{options}` in a paragraph of its own becomes the list. An oracle answers with labels:
    `options.label("symmetry")`.
    """

    __slots__ = ()

    @classmethod
    def dealt(cls, rng: random.Random, texts: Mapping[str, str], count: int | None = None) -> Self:
        """Deal `texts` (code → text), or `count` of them, in an order of their own."""
        return cls(rng.sample(list(texts.items()), len(texts) if count is None else count))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes in the order of their labels."""
        return tuple(code for code, _ in self)

    def label(self, code: str) -> str:
        """How the option is called on the paper. Raises `ValueError` where it was not dealt."""
        return self.labelled(self.codes.index(code))

    def labels(self, *codes: str) -> list[str]:
        """Labels of those of `codes` that were dealt, in the order of the paper."""
        return [self.label(code) for code in self.codes if code in codes]

    def paired(self, partners: Options, pairs: Mapping[str, str]) -> dict[str, str]:
        """Label → label of the partner: what a matching of `pairs` (code → code) is on this paper."""
        return {self.label(code): partners.label(pairs[code]) for code in self.codes}

    def said(self, say: Say) -> str:
        """The list, in Markdown."""
        return "\n".join(f"- **{self.label(code)}** {say(text)}" for code, text in self)

    def __str__(self) -> str:
        return self.said(str)

    @staticmethod
    def labelled(number: int) -> str:
        """The label of an option, counted from 0."""
        return str(number + 1)


class Partners(Options):
    """Dealt options that are labelled A, B, C, …: what items labelled 1, 2, 3, … are to be matched with."""

    __slots__ = ()

    @staticmethod
    def labelled(number: int) -> str:
        """The label of an option, counted from 0."""
        return ascii_uppercase[number]


def in_words(value: Any, say: Say) -> str:
    """What a placeholder of a statement becomes."""
    if isinstance(value, Options):
        return value.said(say)
    return say(str(value)) if isinstance(value, Phrase) else str(value)


def dealt_texts(variant: Mapping[str, Any]) -> Iterator[str]:
    """Texts among the dealt values, each of which wants a translation."""
    for value in variant.values():
        if isinstance(value, Options):
            yield from (text for _, text in value)
        elif isinstance(value, Phrase):
            yield str(value)
