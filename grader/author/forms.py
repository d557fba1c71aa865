"""What an answer must look like, besides being right."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from grader.comparators.in_form import Requirement


@dataclass(frozen=True)
class Form:
    """What a formula must look like: a form by its name, with the credit of a right answer that does not have it.

    name        one of `grader.algebra.required_forms.FORMS`, or "functions"
    credit      what a right answer in another form earns, as a share
    functions   for "functions": those that may be used, besides + − · / and powers
    says        another sentence than the engine's
    """

    name: str
    credit: Fraction | float | int | str
    functions: tuple[str, ...] = ()
    says: str = ""

    @property
    def required(self) -> Requirement:
        """The same for the comparator."""
        return Requirement(self.name, self.functions)

    @property
    def sentence(self) -> str:
        """What a student is told."""
        return self.says or FORM_SENTENCES[self.name]


FORM_SENTENCES = MappingProxyType(
    {
        "expanded": "The value is right, but the answer was to be written without brackets: multiply them out.",
        "factored": "The value is right, but the answer was to be written as a product: factor it.",
        "one_fraction": "The value is right, but the answer was to be written as one fraction.",
        "simplified": "The value is right, but the answer was to be simplified: "
        "something in it can still be carried out.",
        "sum": "The value is right, but the sum was to be left as it is, with its terms written out.",
        "no_derivative": "The value is right, but a derivative in it is still to be carried out.",
        "functions": "The value is right, but the answer uses a function that was not to be used.",
    }
)
"""Form → what a student is told whose answer is right and does not have it."""
