"""LaTeX formulas as MathML: what `latex2mathml` gives, with signs as browsers and fonts expect them."""

from __future__ import annotations

import re

from latex2mathml.converter import convert

_TYPED = re.compile("<mi>([≤≥≠≈←→∈±×·⋯−])</mi>")
"""Operators typed as they are instead of by their command are taken for names, and stand without space."""
_ASSIGNED = re.compile("<m[io]>:</m[io]><mo>&#x0003D;</mo>")
_MINUS = re.compile(
    r"(<mo[^>]*>(?:\[|&#x0(?:0028|002C|003C|003D|003E|007B|00B7|2264|2265);|[≤≥≠≈←→∈]|:=)</mo>)<mo>(?=&#x02212;)"
)
"""A minus behind a bracket, a comma or a relation is a sign; browsers would set it as that of a difference."""
_PRIMED = re.compile(r"<msup>(<mi>\w+</mi>)<mi>(&#x0203[234];)</mi></msup>")
_PRIMED_BELOW = re.compile(r"<msubsup>(<mi>\w+</mi>)(<m[in]>\w+</m[in]>)<mi>(&#x0203[234];)</mi></msubsup>")
"""A prime is a raised sign of its own; set once more as an exponent it floats away."""


def mathml(latex: str, display: str = "inline") -> str:
    """The formula; raises what the converter raises, and that can be anything."""
    text = _TYPED.sub(_operator, str(convert(latex, display=display)))
    text = _ASSIGNED.sub("<mo>:=</mo>", text)
    text = _MINUS.sub(r'\1<mo form="prefix">', text)
    text = _PRIMED.sub(r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>', text)
    return _PRIMED_BELOW.sub(r'<msub><mrow>\1<mo lspace="0" rspace="0">\3</mo></mrow>\2</msub>', text)


def _operator(sign: re.Match[str]) -> str:
    return f"<mo>{'&#x02212;' if sign[1] == '−' else sign[1]}</mo>"
