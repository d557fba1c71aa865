"""Translations of an author's texts: gettext catalogues keyed by the texts themselves."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from inspect import cleandoc
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from grader.author.wording import in_words
from grader.errors import Fault
from grader.places import templates

SOURCE_LANGUAGE = "en"
_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z_0-9]*)\}")


@lru_cache(maxsize=4096)  # every page says the same
def folded(text: str) -> str:
    """Text with each paragraph on one line: how long texts are keyed."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


@dataclass(frozen=True)
class Catalogue:
    """Languages with their translations; English is the language of the sources.

    What an author's catalogue does not say the engine's may: the sentences of wrong rules come with it.
    """

    translations: Mapping[str, gettext.NullTranslations] = field(default_factory=dict)
    _found: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    def has(self, language: str, text: str) -> bool:
        """Whether `text` can be said in `language`."""
        if language == SOURCE_LANGUAGE or not text.strip():
            return True
        return self._translated(language, folded(text)) != folded(text)

    def say(self, language: str, text: str, values: Mapping[str, Any]) -> str:
        """Give `text` in `language` (in English where it has no translation) with placeholders filled in.

        Only `{name}` with a name among `values` is a placeholder, so that braces of formulas stay.
        """
        said = self._in_language(language, text)
        if "{" not in said or not values:
            return said

        def dealt(found: re.Match[str]) -> str:
            if found[1] not in values:
                return found[0]
            return in_words(values[found[1]], lambda inner: self.say(language, inner, {}))

        return _PLACEHOLDER.sub(dealt, said)

    def _in_language(self, language: str, text: str) -> str:
        """The text with its placeholders; where it has no translation, lists and code keep their lines."""
        if (language, text) not in self._found:
            key = folded(text)
            translated = self._translated(language, key)
            self._found[language, text] = cleandoc(text) if translated == key else translated
        return self._found[language, text]

    def _translated(self, language: str, key: str) -> str:
        """The translation of `key`, or `key` itself where there is none."""
        known = (self.translations.get(language), engines_own(language)) if key else ()
        found = (translations.gettext(key) for translations in known if translations is not None)
        return next((text for text in found if text != key), key)


@cache
def engines_own(language: str) -> gettext.NullTranslations | None:
    """What the engine itself says in `language`; None where it does not speak it."""
    file = templates() / "locale" / f"{language}.po"
    return compiled(file, language) if file.is_file() else None


def compiled(file: Path, language: str) -> gettext.GNUTranslations:
    """Read one gettext catalogue. Raises `PoFileError`, `ValueError` or `OSError`."""
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=language, abort_invalid=True)
    machine_readable = io.BytesIO()
    write_mo(machine_readable, catalogue)
    machine_readable.seek(0)
    return gettext.GNUTranslations(machine_readable)


def read_catalogue(folder: Path) -> tuple[Catalogue, list[Fault]]:
    """Read every `<language>/*.po` below `folder`, a file for each task; faults for those that cannot be read."""
    translations: dict[str, gettext.NullTranslations] = {}
    faults = []
    for file in sorted(folder.glob("*/*.po")):
        language = file.parent.name
        try:
            more = compiled(file, language)
        except (PoFileError, ValueError, OSError) as error:
            remedy = "Open it in an editor for gettext catalogues, or run `msgfmt --check` on it."
            faults.append(Fault(str(file), "A106", f"is no gettext catalogue: {error}", remedy))
            continue
        if language in translations:
            more.add_fallback(translations[language])
        translations[language] = more
    return Catalogue(translations), faults
