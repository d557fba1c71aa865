"""The three verdicts on two formulas."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from grader.algebra.comparison.witnesses import Witness


class Equal(Struct, frozen=True):
    """Equal. `how` says on what evidence, `smaller_domain` that the answer is not real everywhere it should be."""

    how: Literal["structure", "exact", "points", "proof"]
    smaller_domain: bool = False


class Unequal(Struct, frozen=True):
    """Certainly different; `witness` shows where, if a point to show was found."""

    witness: Witness | None


class Undecided(Struct, frozen=True):
    """Neither equality nor difference was found: no point where both are real, or too hard to evaluate."""

    reason: Literal["undefined", "precision", "effort", "form"]


Verdict = Equal | Unequal | Undecided
