"""Formulas that must be right and, besides, be written in a certain form: expanded, factored, as one fraction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.algebra.comparison.required_forms import FORMS, has_form
from grader.comparators._items import trees_of
from grader.comparators._typed import SHOWN
from grader.model.comparing import Comparator
from grader.model.verdict import Difference


@dataclass(frozen=True)
class Requirement:
    """A form by its name in `comparison.required_forms`, for "functions" with those that may be used."""

    name: str
    functions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.name not in (*FORMS, "functions"):
            raise ValueError(f"no form is called {self.name!r}; there is {', '.join(FORMS)}, functions")


@dataclass(frozen=True)
class InForm:
    """Compares as `compare` does, which is a `Formula` or built on one, and then asks for the form."""

    compare: Comparator
    required: tuple[Requirement, ...]

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give what `compare` gives, and where that is nothing, the first form that the answer does not have."""
        difference = self.compare(expected, actual)
        return difference if difference is not None else self._unlike(actual)

    def agrees(self, expected: Any, actual: Any) -> bool:
        """Whether the answer is right and in form."""
        quick = getattr(self.compare, "agrees", None)
        right = quick(expected, actual) if quick is not None else self.compare(expected, actual) is None
        return right and self._unlike(actual) is None

    def read(self, actual: Any) -> Any:
        """What a later oracle is fed with: what `compare` makes of it, whatever the form."""
        read = getattr(self.compare, "read", None)
        return None if read is None else read(actual)

    def _unlike(self, actual: Any) -> Difference | None:
        for tree in trees_of(self.compare, actual) or ():
            for form in self.required:
                if not has_form(tree, form.name, form.functions):
                    return Difference("formula", "", "", str(actual)[:SHOWN], {"reason": f"not_{form.name}"})
        return None
