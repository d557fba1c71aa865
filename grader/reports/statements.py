"""An author's Markdown with `$…$` mathematics, as HTML that runs nothing and loads nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.reports.mathml import mathml

_MATRIX = re.compile(r"\\begin\{pmatrix\}[-\d &\\]*\\end\{pmatrix\}")
_ENTRY = re.compile(r"(?<=[ &\\])-?\d+(?=[ &\\])")
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


@lru_cache(maxsize=KEPT)
def _block(text: str) -> str:
    return _held_together(str(_reader().render(text)))


@lru_cache(maxsize=KEPT)
def _inline(text: str) -> str:
    return _held_together(str(_reader().renderInline(text)))


def _held_together(html: str) -> str:
    """No line begins with the comma or the full stop behind a formula."""
    return _PUNCTUATED.sub(r'<span class="nobr">\1</span>', html)


def _with_numbers(text: str, render: Callable[[str], str]) -> str:
    """What `render` gives; the numbers of matrices, in which everyone is dealt others, are put in afterwards."""
    numbers: list[str] = []

    def stand_in(number: re.Match[str]) -> str:
        numbers.append(number[0])
        return str(_STAND_IN + len(numbers) - 1)

    pattern = _MATRIX.sub(lambda matrix: _ENTRY.sub(stand_in, matrix[0]), text)
    html = render(pattern if numbers else text)
    if not numbers:
        return html
    if [int(one) - _STAND_IN for one in _STOOD_IN.findall(html)] != list(range(len(numbers))):
        return render(text)
    return _STOOD_IN.sub(lambda one: _entry(numbers[int(one[1]) - _STAND_IN]), html)


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
