"""What holds for every formula and for every text."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.algebra.comparison.equality import Equal, Undecided, Unequal, compare
from grader.algebra.differentiation.differentiating import derivative
from grader.algebra.differentiation.wrong_rules import WRONG_RULES
from grader.algebra.latex import write_latex
from grader.algebra.matrices.equality import MatrixSymbols, compare_matrices
from grader.algebra.names import Symbols
from grader.algebra.nodes import (
    Call,
    Constant,
    Derivative,
    Negative,
    Node,
    Number,
    Power,
    Quotient,
    Symbol,
    product_of,
    sum_of,
)
from grader.algebra.reader.reading import Unreadable, read
from grader.algebra.reader.values import read_value
from grader.algebra.writing import write

LETTERS = Symbols(("x", "y", "t", "w_{1,1}", "∂L/∂G1"))
MATRICES = MatrixSymbols((("X", ("N", "n")), ("W", ("n", "m")), ("dZ", ("N", "m"))), (("dL/dZ", "dZ"),))
UNARY = ("sin", "cos", "tg", "ctg", "arcsin", "arccos", "arctg", "sh", "ch", "th", "cth", "ln", "sqrt", "abs")
WORDS = (
    *"xyt+-*/^()[]{}|,.=' _0123456789eπ√²₁ᵀ∂\\",
    *(
        "sin",
        "ln",
        "log_",
        "d/dy",
        "d(",
        "/dy",
        "\\frac",
        "\\sqrt",
        "\\left(",
        "\\right)",
        "\\mathrm{tg}",
        "{",
        "}",
    ),
    *(
        ".T",
        "@",
        "X",
        "W",
        "dZ",
        "np.dot(",
        "axis=0",
        "array(",
        "\\begin{pmatrix}",
        "&",
        "\\\\",
        ";",
        "1e",
        "9**9",
    ),
)
leaves = st.one_of(
    st.integers(0, 99).map(lambda n: Number(Fraction(n))),
    st.integers(0, 999).map(lambda n: Number(Fraction(n, 100))),
    st.sampled_from(LETTERS.names).map(Symbol),
    st.sampled_from(("e", "pi")).map(Constant),
)


def grown(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees one level higher, of the form that reading gives."""
    several = st.lists(children, min_size=2, max_size=4)
    return st.one_of(
        children.map(Negative),
        several.map(sum_of),
        several.map(product_of),
        st.builds(Quotient, children, children),
        st.builds(Power, children, children),
        st.builds(lambda name, body: Call(name, (body,)), st.sampled_from(UNARY), children),
        st.builds(lambda base, body: Call("log", (base, body)), children, children),
    )


trees = st.recursive(leaves, grown, max_leaves=12)
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map("".join))


@given(trees)
@settings(max_examples=500, deadline=None)
def test_what_is_written_is_read_back(tree: Node) -> None:
    """Reading undoes writing, for every tree whose exponents are no huge numbers."""
    try:
        assert tree == read(write(tree), LETTERS)
    except Unreadable as error:
        assert error.wanted == "exponent_too_large"


@given(trees)
@settings(max_examples=150, deadline=None)
def test_what_is_written_in_latex_is_read_back_as_an_equal(tree: Node) -> None:
    """LaTeX loses the shape of a tree, not its value."""
    try:
        back = read(write_latex(tree), LETTERS)
    except Unreadable as error:
        assert error.wanted == "exponent_too_large"
        return
    assert not isinstance(compare(tree, back), Unequal)


@given(texts)
@settings(max_examples=2000, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but `Unreadable` is ever raised, and its column lies in the text or right behind it."""
    for reader in (
        lambda: read(text, LETTERS),
        lambda: read(text, Symbols(("x", "y"), decimal_comma=True, variable="y")),
        lambda: read_value(text),
        lambda: compare_matrices("X.T @ dZ", text, MATRICES),
    ):
        try:
            reader()
        except Unreadable as error:
            assert 1 <= error.column <= len(text) + 1


@given(trees, trees)
@settings(max_examples=200, deadline=None)
def test_comparing_gives_a_verdict_and_the_same_again(left: Node, right: Node) -> None:
    """Any two formulas are equal, unequal or undecided, whenever they are asked about."""
    try:
        trees = [read(write(tree), LETTERS) for tree in (left, right)]
    except Unreadable:
        return
    verdict = compare(*trees, seed=3)
    assert isinstance(verdict, (Equal, Unequal, Undecided))
    assert verdict == compare(*trees, seed=3)
    assert Equal("structure") == compare(trees[0], trees[0])


@given(trees, st.sets(st.sampled_from(WRONG_RULES), max_size=2))
@settings(max_examples=200, deadline=None)
def test_every_tree_has_a_derivative(tree: Node, wrong: set[str]) -> None:
    """Differentiating ends with a tree that can be written and has no derivative left in it."""
    slope = derivative(tree, "x", frozenset(wrong))
    assert "d/d" not in write(slope)


@given(trees)
@settings(max_examples=100, deadline=None)
def test_a_derivative_that_is_written_down_equals_the_one_that_is_carried_out(tree: Node) -> None:
    """`d/dx(f)` is compared by carrying it out."""
    assert not isinstance(compare(derivative(tree, "x"), Derivative(tree, "x")), Unequal)
