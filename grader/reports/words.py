"""The engine's own words: sentences with stable codes, in `templates/locale/<language>.po`.

A catalogue is keyed by code, in English too, so that a sentence can be mended without touching the code.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from babel.numbers import format_decimal

from grader.author.catalogue import engines_own
from grader.errors import InternalError
from grader.places import templates

SOURCE_LANGUAGE = "en"
FRACTIONAL = 2
"""Stands for any number with a fractional part where a plural is chosen: «2,5 балла», "2.5 points"."""
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language."""

    language: str
    translations: gettext.NullTranslations

    def knows(self, code: str) -> bool:
        """Whether there is a sentence with this code."""
        return self.translations.gettext(code) != code

    def say(self, code: str, /, **values: object) -> str:
        """The sentence of that code with its placeholders filled in. Raises `InternalError` where it is unknown."""
        text = self.translations.gettext(code)
        if text == code:
            raise InternalError(f"there is no sentence {code!r} in {self.language!r}")
        return _filled(text, values)

    def sentence(self, text: str) -> str:
        """A sentence that is its own key, such as that of a wrong rule, in this language."""
        return self.translations.gettext(text)

    def first(self, /, *codes: str, **values: object) -> str:
        """The sentence of the first code that is known: from the most special to the most general."""
        return self.say(next((code for code in codes if self.knows(code)), codes[-1]), **values)

    def count(self, code: str, number: Fraction | int, /, **values: object) -> str:
        """The sentence of that code in the plural form that `number` asks for; it stands for `{number}`."""
        number = Fraction(number)
        if number.denominator > 1 and self.knows(f"{code}.fractional"):
            return self.say(f"{code}.fractional", **{**values, "number": self.number(number)})
        whole = int(number) if number.denominator == 1 else FRACTIONAL
        text = self.translations.ngettext(code, code, whole)
        if text == code:
            raise InternalError(f"there is no plural {code!r} in {self.language!r}")
        return _filled(text, {**values, "number": self.number(number)})

    def number(self, number: Fraction | int, digits: int = 2) -> str:
        """A number as this language writes it, rounded once, to `digits` decimals at most."""
        return _number(number.numerator, number.denominator, digits, self.language)


@lru_cache(maxsize=4096)  # points are few, and every page writes dozens of them; fractions are slow to hash
def _number(numerator: int, denominator: int, digits: int, language: str) -> str:
    number = rounded(Fraction(numerator, denominator), digits)
    return str(format_decimal(number, format=f"0.{'#' * digits}", locale=language))


def rounded(number: Fraction | int, digits: int = 2) -> Decimal:
    """`number` to `digits` decimals; halves go up, as pupils learn it."""
    number = Fraction(number)
    doubled = 2 * number * 10**digits
    units = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return Decimal(units).scaleb(-digits)


def _filled(text: str, values: dict[str, object]) -> str:
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text) if values else text


@cache
def words_of(language: str) -> Words:
    """The words of `language`; English where there are none."""
    name = language if language in languages() else SOURCE_LANGUAGE
    translations = engines_own(name)
    assert translations is not None, "`templates` vouches for English"
    return Words(name, translations)


@cache
def languages() -> tuple[str, ...]:
    """Languages that the engine speaks."""
    return tuple(sorted(file.stem for file in (templates() / "locale").glob("*.po")))
