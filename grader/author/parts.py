"""Parts of a task: functions to be called and answers to be read."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, wraps
from typing import Any, TypeVar

from grader.author.forms import Form
from grader.comparators.in_form import InForm
from grader.model.comparing import Comparator
from grader.model.verdict import Difference

Function = TypeVar("Function", bound=Callable[..., Any])
Credit = Fraction | float | int | str


@lru_cache(maxsize=1024, typed=True)
def fraction(value: Credit) -> Fraction:
    """Read a credit or points exactly as written: 0.1 is one tenth."""
    return Fraction(str(value))


def sentence(function: Callable[..., Any]) -> str:
    """The docstring of `function` as one line: the key of its translations."""
    return " ".join(inspect.cleandoc(function.__doc__ or "").split())


@dataclass(frozen=True)
class Case:
    """One input posed: positional arguments, the aspect that it tries, and whether students may see it."""

    arguments: tuple[Any, ...]
    aspect: str = ""
    public: bool = False


def case(*arguments: Any, aspect: str = "", public: bool = False) -> Case:
    """Pose `arguments`. Yield the simplest case first: the first difference is the one that is shown."""
    return Case(arguments, aspect, public)


@dataclass(frozen=True)
class Slip:
    """One value of a switch of the oracle that is wrong, with its credit and the sentence for the student."""

    credit: Credit
    says: str


@dataclass(frozen=True)
class Misconception:
    """A wrong turn: `function` computes what a student who takes it would compute.

    compare   compares with it instead of the part's own comparator
    general   it would explain some answer to any question: of equally paid ones it is believed last
    """

    name: str
    credit: Fraction
    says: str
    function: Callable[..., Any]
    compare: Comparator | None = None
    general: bool = False


@dataclass(frozen=True)
class NearMiss:
    """How an answer may be off whatever the question is; see `grader.author.near_misses`.

    expects    turns the right answer into the one that is off; None leaves it as it is
    compares   turns the part's comparator into the one that accepts it; None leaves it as it is
    """

    name: str
    credit: Credit
    says: str
    expects: Callable[[Any], Any] | None = None
    compares: Callable[[Any], Comparator] | None = None

    def misconception(self, part: Part, right: Callable[..., Any]) -> Misconception:
        """The wrong turn that it is for `part`, whose oracle is `right`."""
        expects = self.expects
        function = right
        if expects is not None:

            @wraps(right)
            def function(*arguments: Any, **keywords: Any) -> Any:
                return expects(right(*arguments, **keywords))

        compare = self.compares(part.compare) if self.compares is not None else None
        return Misconception(self.name, fraction(self.credit), self.says, function, compare, general=True)


@dataclass(eq=False)
class Part:
    """A separately scored piece of a task's answer.

    name         how the gradebook calls it; for an answer, the variable is `<task>_<name>`
    points       what it is worth
    compare      tells an observed value from an expected one
    asks         the statement of this part (Markdown); empty where the task's statement says all
    slips        switches of the oracle: switch → value → `Slip`, or None for the right value, which comes first
    near         near misses that are told apart from other wrong answers; the engine makes them
    continues    an earlier part; its diagnosed slips on switches of the same names are taken over here at no
                 cost (follow-through between functions)
    occasional   its mistakes bear on some variants only, as a rule for cosines does where there is a cosine;
                 proofreading then wants each to show in some variant, not in all
    """

    name: str
    points: Credit
    compare: Comparator
    asks: str = ""
    slips: Mapping[str, Mapping[Any, Slip | None]] = field(default_factory=dict)
    continues: Part | None = None
    occasional: bool = False
    near: Sequence[NearMiss] = ()
    right: Callable[..., Any] | None = field(default=None, init=False)
    misconceptions: list[Misconception] = field(default_factory=list, init=False)

    def oracle(self, function: Function) -> Function:
        """Declare the right answer.

        Called with a case's arguments by position and, by name, with whichever of these its signature names
        (behind the `*`, where there are arguments): variant parameters, conventions, slips of this part,
        earlier answers (`dz`, or `q10_dW` of task q10).
        """
        self.right = function
        self.misconceptions += [miss.misconception(self, function) for miss in self.near]
        return function

    def misconception(
        self, *, credit: Credit = 0, compare: Comparator | None = None
    ) -> Callable[[Function], Function]:
        """Declare a wrong turn; its name is the stable code, its docstring the feedback.

        `compare` compares with what it computes, instead of the part's own comparator.
        """

        def declare(function: Function) -> Function:
            name = getattr(function, "__name__", "")
            wrong = Misconception(name, fraction(credit), sentence(function), function, compare)
            self.misconceptions.append(wrong)
            return function

        return declare


@dataclass(eq=False)
class Code(Part):
    """A function that is called with posed inputs.

    entry        the name of the function that students write
    element      which element of a returned tuple this part scores, where one function serves several parts
    aspects      aspect → weight, for what an unexplained function still earns; equal weights if not given
    """

    entry: str = ""
    element: int | None = None
    aspects: Mapping[str, Credit] = field(default_factory=dict)
    pose: Callable[..., Iterable[Case]] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.entry = self.entry or self.name

    def cases(self, function: Function) -> Function:
        """Declare what is tried: `function(rng, **variant parameters it names)` yields cases, simplest first.

        `rng` is a `numpy.random.Generator` with a seed of its own for every part.
        """
        self.pose = function
        return function


def _always(compare: Comparator) -> Callable[[Comparator], Comparator]:
    return lambda _: compare


@dataclass(eq=False)
class Answer(Part):
    """Something written down: a value, a formula, a choice, a derivation. The comparator says which.

    form   what a formula must look like besides being right; a right one that does not is a mistake with a credit
    """

    form: Form | Sequence[Form] = ()

    def __post_init__(self) -> None:
        forms = (self.form,) if isinstance(self.form, Form) else tuple(self.form)
        if not forms:
            return
        plain = self.compare
        for form in forms:
            others = tuple(other.required for other in forms if other is not form)
            less = InForm(plain, others) if others else plain
            miss = NearMiss(f"not_{form.name}", form.credit, form.sentence, compares=_always(less))
            self.near = (*self.near, miss)
        self.compare = InForm(plain, tuple(form.required for form in forms))


@dataclass(frozen=True)
class Criterion:
    """One question about a text that a person answers with yes or no.

    code     its stable name, in tick files and in the gradebook
    says     what the text must do, as a full sentence for the student's page
    weight   its share of the part's points, beside the weights of the other criteria
    """

    code: str
    says: str
    weight: Credit = 1


def read_by_a_person(expected: Any, actual: Any) -> Difference | None:
    """Nothing but a person tells whether a text is right."""
    return Difference("undecided")


@dataclass(eq=False)
class Text(Answer):
    """Free prose, which a person marks against a rubric; until then its points are open, never zero.

    criteria     three to six questions with yes or no, in the order in which a reader meets the answers
    """

    compare: Comparator = field(default=read_by_a_person, init=False)
    criteria: Sequence[Criterion] = ()

    def shares(self) -> dict[str, Fraction]:
        """Criterion → points that it earns."""
        weights = {criterion.code: fraction(criterion.weight) for criterion in self.criteria}
        total = sum(weights.values(), Fraction(0))
        return {code: fraction(self.points) * weight / total for code, weight in weights.items()}
