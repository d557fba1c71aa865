"""What the ready generators of inputs promise holds for every seed."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.author import arrays, expressions, graphs
from grader.author.drawing import TRIES, all_differ, drawn_until, table
from grader.author.wording import Matrix

SEEDS = st.integers(0, 2**32 - 1)
SIDES = st.integers(1, 6)
LADDERS: dict[str, Callable[[Any], Iterator[tuple[str, Any]]]] = {
    "pictures": arrays.pictures,
    "pictures with channels": lambda rng: arrays.pictures(rng, channels=3),
    "matrices": lambda rng: arrays.matrices(rng, ill=True),
    "square matrices": lambda rng: arrays.matrices(rng, square=True),
    "label vectors": lambda rng: arrays.label_vectors(rng, 4),
    "graphs": graphs.graphs,
    "acyclic graphs": lambda rng: graphs.graphs(rng, directed=True),
    "expressions": lambda rng: expressions.expressions(rng, expressions.ELEMENTARY, "F", 4),
}
quick = settings(max_examples=25, deadline=None)


@pytest.mark.parametrize("name", LADDERS)
def test_the_simplest_comes_first(name: str) -> None:
    """Aspects differ, sizes never fall but for an ill-conditioned end, and the same seed gives the same inputs."""
    drawn = list(LADDERS[name](np.random.default_rng(7)))
    again = list(LADDERS[name](np.random.default_rng(7)))
    other = list(LADDERS[name](np.random.default_rng(8)))
    assert len({aspect for aspect, _ in drawn}) == len(drawn)
    assert repr(drawn) == repr(again) != repr(other)
    sizes = [np.size(value) for aspect, value in drawn if aspect != "ill-conditioned"]
    assert sizes[0] == min(sizes)
    assert sizes[-1] == max(sizes)


@quick
@given(SEEDS, SIDES, SIDES, st.integers(0, 2))
def test_no_picture_hides_a_flip(seed: int, height: int, width: int, channels: int) -> None:
    """Whole numbers from 0 to 9; each channel differs from all its images."""
    shape = (*[channels] * bool(channels), height, width)
    drawn = arrays.picture(np.random.default_rng(seed), *shape)
    assert (drawn.shape, drawn.dtype) == (shape, np.float64)
    assert set(drawn.ravel()) <= set(range(10))
    assert all(all_differ(arrays.images(channel)) for channel in drawn.reshape(-1, height, width))


@quick
@given(SEEDS, SIDES, SIDES)
def test_no_kernel_hides_a_flip_or_a_sum(seed: int, height: int, width: int) -> None:
    """No zero, no sum of zero, and every image differs."""
    drawn = arrays.kernel(np.random.default_rng(seed), 2, height, width)
    assert drawn.shape == (2, height, width)
    assert drawn.all()
    assert (np.abs(drawn) <= 4).all()
    for one in drawn:
        assert one.sum() != 0
        assert all_differ(arrays.images(one))


def test_a_square_has_eight_images() -> None:
    """Four mirrored ones and their transposes; a row has two, a pixel one."""
    shapes = [(3, 3), (2, 3), (1, 3), (1, 1)]
    assert [len(arrays.images(np.zeros(shape))) for shape in shapes] == [8, 4, 2, 1]
    assert all_differ(arrays.images(np.arange(9.0).reshape(3, 3)))


@pytest.mark.parametrize("shape", [(), (3,), (0, 3), (2, 0, 3)])
def test_a_picture_has_pixels(shape: tuple[int, ...]) -> None:
    """No shape without two sides or without pixels is drawn."""
    with pytest.raises(ValueError, match="no shape of pictures"):
        arrays.picture(np.random.default_rng(1), *shape)


@quick
@given(SEEDS, SIDES, SIDES)
def test_matrices_have_the_condition_that_they_say(seed: int, rows: int, columns: int) -> None:
    """Well, ill and as whole numbers; of full rank, and none symmetric."""
    rng = np.random.default_rng(seed)
    least = min(rows, columns)
    for condition in (1.0, 5.0, 1e8):
        A = arrays.conditioned(rng, rows, columns, condition)
        assert A.shape == (rows, columns)
        assert np.linalg.cond(A) == pytest.approx(condition if least > 1 else 1, rel=1e-6)
        assert np.linalg.norm(A, 2) == pytest.approx(1)
        assert rows != columns or rows == 1 or not np.allclose(A, A.T)
    well, ill = arrays.well_conditioned(rng, rows, columns), arrays.ill_conditioned(rng, rows, columns)
    assert least == 1 or (np.linalg.cond(well), np.linalg.cond(ill)) == pytest.approx((5, 1e8), rel=1e-6)
    A = arrays.whole(rng, min(rows, 4), min(columns, 4))
    assert set(np.abs(A).ravel()) <= set(range(1, 10))
    assert np.linalg.cond(A) <= 50
    assert A.shape[0] != A.shape[1] or A.size == 1 or not np.array_equal(A, A.T)


@pytest.mark.parametrize(("rows", "columns", "condition"), [(0, 2, 5), (2, 2, 0.5)])
def test_an_impossible_matrix_is_refused(rows: int, columns: int, condition: float) -> None:
    """No side is 0, and no condition number below 1."""
    with pytest.raises(ValueError, match="there is no"):
        arrays.conditioned(np.random.default_rng(1), rows, columns, condition)


@quick
@given(SEEDS, SIDES)
def test_symmetric_and_orthogonal_matrices_are_so(seed: int, size: int) -> None:
    """To the bit, and to rounding."""
    rng = np.random.default_rng(seed)
    A, Q = arrays.positive_definite(rng, size, 100), arrays.orthogonal(rng, size)
    assert np.array_equal(A, A.T)
    assert np.linalg.eigvalsh(A) == pytest.approx(np.geomspace(1 / 100 if size > 1 else 1, 1, size))
    assert np.allclose(Q @ Q.T, np.eye(size))


@quick
@given(SEEDS, st.integers(1, 6), st.integers(0, 10))
def test_every_class_is_among_the_labels(seed: int, classes: int, more: int) -> None:
    """All of them, no others, not in order; and one-hot rows say the same."""
    y = arrays.labels(np.random.default_rng(seed), classes + more, classes)
    assert (y.shape, set(y)) == ((classes + more,), set(range(classes)))
    assert classes == 1 or not np.array_equal(y, np.sort(y))
    rows = arrays.one_hot(y, classes)
    assert (rows.shape, rows.sum(axis=1).tolist()) == ((len(y), classes), [1] * len(y))
    assert np.array_equal(rows.argmax(axis=1), y)


def test_too_few_labels_are_refused() -> None:
    """Two labels cannot show three classes."""
    with pytest.raises(ValueError, match="cannot show 3 classes"):
        arrays.labels(np.random.default_rng(1), 2, 3)


def reached(A: graphs.Weights) -> int:
    """How many nodes can be reached from the first one."""
    seen, waiting = {0}, [0]
    while waiting:
        new = {int(j) for j in np.flatnonzero(A[waiting.pop()])} - seen
        seen |= new
        waiting += new
    return len(seen)


@quick
@given(SEEDS, st.integers(1, 8), st.data())
def test_graphs_are_what_they_are_called(seed: int, nodes: int, data: st.DataObject) -> None:
    """Connected, without loops, with so many edges; acyclic ones have no way back, and give no order away."""
    edges = data.draw(st.integers(nodes - 1, nodes * (nodes - 1) // 2))
    rng = np.random.default_rng(seed)
    A, D = graphs.graph(rng, nodes, edges), graphs.acyclic(rng, nodes, edges)
    assert np.array_equal(A, A.T)
    assert (len(graphs.edges_of(A)), len(graphs.edges_of(D))) == (edges, edges)
    assert (reached(A), reached(D + D.T)) == (nodes, nodes)
    assert not np.diag(A).any()
    assert not np.linalg.matrix_power((D > 0).astype(np.int64), nodes).any()  # no way has so many edges
    assert nodes == 1 or np.tril(D).any()
    assert {weight for *_, weight in graphs.edges_of(A) + graphs.edges_of(D)} <= set(range(1, 10))


@pytest.mark.parametrize(("nodes", "edges"), [(4, 2), (3, 4)])
def test_impossible_graphs_are_refused(nodes: int, edges: int) -> None:
    """Too few edges connect nothing, and too many have no room."""
    with pytest.raises(ValueError, match="edges, not by"):
        graphs.graph(np.random.default_rng(1), nodes, edges)


def nested(node: ast.AST) -> int:
    """How many calls stand within each other."""
    inner = max(map(nested, ast.iter_child_nodes(node)), default=0)
    return inner + isinstance(node, ast.Call)


@quick
@given(SEEDS, st.integers(1, 5))
def test_expressions_are_as_deep_as_wanted(seed: int, depth: int) -> None:
    """Words are gone, brackets are matched, and no more lines stand within each other than were allowed."""
    rng = random.Random(seed)
    towers = {"F": ("sin(F)", "exp(F) + cos(F)", "x")}
    assert nested(ast.parse(expressions.grown(rng, towers, "F", depth))) <= depth - 1
    if depth > 1:
        f = expressions.grown(rng, expressions.ELEMENTARY, "F", depth)
        numbers = expressions.numbered(rng, f)
        assert not re.search(r"[A-Z]|\bn\b", numbers)
        names = {node.id for node in ast.walk(ast.parse(numbers)) if isinstance(node, ast.Name)}
        assert names <= {"x", "sin", "cos", "exp"}


def test_a_table_with_an_end_needs_no_depth() -> None:
    """It is grown to its end; every line can come up."""
    tree = {"F": ("sin(INNER)", "INNER"), "INNER": ("x", "2*x")}
    drawn = {expressions.grown(random.Random(seed), tree, "F") for seed in range(50)}
    assert drawn == {"(sin((x)))", "(sin((2*x)))", "((x))", "((2*x))"}


@pytest.mark.parametrize(
    ("faulty", "depth", "problem"),
    [
        ({"F": ("sin(G)",)}, None, "can stand for 'G'"),
        ({"F": ()}, None, "can stand for 'F'"),
        ({"F": ("x", "sin(F)")}, None, "give a depth"),
        ({"F": ("G",), "G": ("F", "x*F")}, 9, "does not end within 9"),
        ({"F": ("G",), "G": ("x",)}, 1, "does not end within 1"),
    ],
)
def test_a_table_without_an_end_is_refused(
    faulty: dict[str, tuple[str, ...]], depth: int | None, problem: str
) -> None:
    """The word is named, and what to do."""
    with pytest.raises(ValueError, match=problem):
        expressions.grown(random.Random(1), faulty, "F", depth)


def test_a_ladder_of_expressions_begins_where_it_can() -> None:
    """The first depth is one within which the words can be replaced; where there is none, it is said."""
    deep = {"F": ("G",), "G": ("x",)}
    assert list(expressions.expressions(random.Random(1), deep, "F", 3)) == [
        ("depth 2", "((x))"),
        ("depth 3", "((x))"),
    ]
    with pytest.raises(ValueError, match="does not end within 1"):
        list(expressions.expressions(random.Random(1), deep, "F", 1))


@quick
@given(SEEDS, SIDES, SIDES, st.integers(-9, 0), st.integers(0, 9))
def test_a_table_holds_what_is_asked_for(seed: int, rows: int, columns: int, low: int, high: int) -> None:
    """Whole numbers between the bounds, both included, and it reads as a matrix."""
    assume(low < high)
    drawn = table(random.Random(seed), rows, columns, low, high)
    assert isinstance(drawn, Matrix)
    assert (len(drawn), {len(row) for row in drawn}) == (rows, {columns})
    assert {type(entry) for row in drawn for entry in row} == {int}
    assert low <= min(map(min, drawn)) <= max(map(max, drawn)) <= high


def test_drawing_ends() -> None:
    """What is never good enough is an error that says so, after a bounded number of draws."""
    drawn = []
    with pytest.raises(ValueError, match="allow more values"):
        drawn_until(lambda: drawn.append(1), lambda _: False)
    assert len(drawn) == TRIES


def test_equal_answers_are_noticed() -> None:
    """Whatever they are contained in; arrays of another shape differ."""
    assert all_differ([1, "1", [1], np.ones((1, 1))])
    assert not all_differ([np.array([[1, 2]]), 3, ((1, 2),)])
