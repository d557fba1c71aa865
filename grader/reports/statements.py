"""An author's Markdown with `$…$` mathematics, as HTML that runs nothing and loads nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.reports.mathml import mathml

_MATRIX = re.compile(r"(\\begin\{pmatrix\}[-\d &\\]*\\end\{pmatrix\})")
_ENTRY = re.compile(r"(?<=[ &\\])-?\d+(?=[ &\\])")
_HOLE = "\0"
"""Where a number was; no text has it, or that text is rendered as it is."""
_STAND_IN = 7_310_000_000
_STOOD_IN = re.compile(r"<mn>(731\d{7})</mn>")
_PUNCTUATED = re.compile(r'(<math\b[^>]*display="inline">(?:(?!</math>).)*</math>[,.;:!?)»”]+)')
KEPT = 1024
"""Texts that are kept rendered: everyone reads the same statements."""


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.use(dollarmath_plugin, renderer=_math, allow_space=False, allow_digits=False, double_inline=True)
    reader.add_render_rule("math_inline", _inline_math)
    reader.add_render_rule("math_inline_double", _display_math)
    reader.add_render_rule("math_block", _display_math)
    return reader


@lru_cache(maxsize=KEPT)
def block(text: str) -> Markup:
    """Paragraphs, lists, tables and code."""
    return Markup(_with_numbers(text, _block))


@lru_cache(maxsize=KEPT)
def inline(text: str) -> Markup:
    """A sentence or a title."""
    return Markup(_with_numbers(text, _inline))


def _block(text: str) -> str:
    return _held_together(str(_reader().render(text)))


def _inline(text: str) -> str:
    return _held_together(str(_reader().renderInline(text)))


def _held_together(html: str) -> str:
    """No line begins with the comma or the full stop behind a formula."""
    return _PUNCTUATED.sub(r'<span class="nobr">\1</span>', html)


def _with_numbers(text: str, render: Callable[[str], str]) -> str:
    """What `render` gives; the numbers of matrices, in which everyone is dealt others, are put in afterwards."""
    numbers: list[str] = []
    pieces = _MATRIX.split(text)
    for place in range(1, len(pieces), 2):
        numbers += _ENTRY.findall(pieces[place])
        pieces[place] = _ENTRY.sub(_HOLE, pieces[place])
    around = _around("".join(pieces), len(numbers), render) if numbers else ()
    if not around:
        return render(text)
    return "".join(chain.from_iterable(zip(around, map(_entry, numbers), strict=False))) + around[-1]


@lru_cache(maxsize=KEPT)
def _around(text: str, numbers: int, render: Callable[[str], str]) -> tuple[str, ...]:
    """The pieces of HTML before, between and behind the numbers of a text; none where it does not fall into such."""
    if text.count(_HOLE) != numbers:
        return ()
    stand_ins = [str(_STAND_IN + number) for number in range(numbers)]
    left = iter(stand_ins)
    html = render(re.sub(_HOLE, lambda _: next(left), text))
    pieces = _STOOD_IN.split(html)
    return tuple(pieces[::2]) if pieces[1::2] == stand_ins else ()


@lru_cache(maxsize=KEPT)
def _entry(number: str) -> str:
    digits = number.removeprefix("-")
    return f"<mo>&#x02212;</mo><mn>{digits}</mn>" if digits != number else f"<mn>{number}</mn>"


def _math(latex: str, options: dict[str, Any]) -> str:
    return _converted(latex.strip(), "block" if options["display_mode"] else "inline")


@lru_cache(maxsize=4 * KEPT)
def _converted(latex: str, display: str) -> str:
    """MathML; the formula's source where it cannot be converted."""
    try:
        return mathml(latex, display)
    except Exception:  # noqa: BLE001 - the converter raises what it likes; the source is readable too
        return f"<code>{escape(latex)}</code>"


def _inline_math(_: Any, tokens: Any, index: int, options: Any, environment: MutableMapping[str, Any]) -> str:
    return _math(tokens[index].content, {"display_mode": False})


def _display_math(
    _: Any, tokens: Any, index: int, options: Any, environment: MutableMapping[str, Any]
) -> str:
    return f'<div class="formula">{_math(tokens[index].content, {"display_mode": True})}</div>\n'
