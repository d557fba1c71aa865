"""Ready inputs for cases: pictures, kernels, matrices of a chosen condition, labels.

Those in the plural give pairs of an aspect and an array, simplest first, for a generator of cases:

    for aspect, picture in pictures(rng):
        yield case(picture, aspect=aspect, public=aspect == "small")

`rng` is a `numpy.random.Generator`. Whatever is drawn is such that a usual slip shows: see each guarantee.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from grader.author.drawing import all_differ, drawn_until

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
WELL = 5.0
ILL = 1e8


def pictures(rng: Generator, channels: int = 0) -> Iterator[tuple[str, Array]]:
    """Pictures as of `picture`, (H, W) or (channels, H, W): small, square, tall, wide, larger."""
    for aspect, height, width in (
        ("small", 3, 3),
        ("square", 5, 5),
        ("tall", 6, 4),
        ("wide", 4, 7),
        ("larger", 12, 9),
    ):
        yield aspect, picture(rng, *[channels] * bool(channels), height, width)


def picture(rng: Generator, *shape: int) -> Array:
    """Whole numbers from 0 to 9 of `shape` (…, H, W).

    Each picture in it differs from itself mirrored, turned or, where it is square, transposed, as far as its sides
    are longer than 1. Raises `ValueError` where that cannot be, as for a shape without pixels.
    """
    return _lopsided(rng, shape, np.arange(10))


def kernel(rng: Generator, *shape: int) -> Array:
    """A filter of whole numbers from -4 to 4 without 0, of `shape` (…, A, B).

    Each filter in it differs from itself mirrored, turned or transposed, as for `picture`, and its numbers do not
    sum to 0: a flip that is lost shows in every place of the result, and so does an addition for a multiplication.
    """
    entries = np.array([-4, -3, -2, -1, 1, 2, 3, 4])
    return drawn_until(lambda: _lopsided(rng, shape, entries), lambda W: W.sum(axis=(-2, -1)).all())


def _lopsided(rng: Generator, shape: tuple[int, ...], entries: NDArray[np.int64]) -> Array:
    if len(shape) < 2 or not np.prod(shape):
        raise ValueError(f"{shape} is no shape of pictures")
    flat = np.stack([_one_lopsided(rng, shape[-2:], entries) for _ in range(int(np.prod(shape[:-2])))])
    return flat.reshape(shape)


def _one_lopsided(rng: Generator, shape: tuple[int, ...], entries: NDArray[np.int64]) -> Array:
    def draw() -> Array:
        return rng.choice(entries, shape).astype(np.float64)

    return drawn_until(draw, lambda drawn: all_differ(images(drawn)))


def images(picture: Array) -> list[Array]:
    """`picture` (H, W) mirrored, turned and transposed in every way that keeps its shape; itself first."""
    long = [axis for axis in (0, 1) if picture.shape[axis] > 1]
    mirrored = [np.flip(picture, axes) for n in range(len(long) + 1) for axes in combinations(long, n)]
    square = len(long) == 2 and picture.shape[0] == picture.shape[1]
    return mirrored + [image.T for image in mirrored] * square


def matrices(rng: Generator, square: bool = False, ill: bool = False) -> Iterator[tuple[str, Array]]:
    """Matrices of full rank, none symmetric: 2 × 2 in whole numbers, square, tall, wide, larger, ill-conditioned.

    square       leave out tall and wide ones
    ill          end with one of the condition number 10⁸
    """
    yield "small", whole(rng, 2, 2)
    yield "square", well_conditioned(rng, 4, 4)
    if not square:
        yield "tall", well_conditioned(rng, 5, 3)
        yield "wide", well_conditioned(rng, 3, 5)
    yield "larger", well_conditioned(rng, 12, 12)
    if ill:
        yield "ill-conditioned", ill_conditioned(rng, 5, 5)


def whole(rng: Generator, rows: int, columns: int) -> Array:
    """Whole numbers from -9 to 9 without 0, (rows, columns), of full rank, its condition number at most 50.

    A square one is not symmetric.
    """

    def draw() -> Array:
        drawn: Array = rng.integers(1, 10, (rows, columns)) * rng.choice([-1.0, 1.0], (rows, columns))
        return drawn

    return drawn_until(draw, lambda A: _lies_askew(A) and np.linalg.cond(A) <= 50)


def well_conditioned(rng: Generator, rows: int, columns: int) -> Array:
    """A matrix (rows, columns) with the condition number 5."""
    return conditioned(rng, rows, columns, WELL)


def ill_conditioned(rng: Generator, rows: int, columns: int) -> Array:
    """A matrix (rows, columns) with the condition number 10⁸: half of the digits are lost in solving with it."""
    return conditioned(rng, rows, columns, ILL)


def conditioned(rng: Generator, rows: int, columns: int, condition: float) -> Array:
    """A matrix (rows, columns) with this condition number in the 2-norm, its largest singular value being 1.

    A = U diag(s) Vᵀ with U and V orthogonal and s falling from 1 to 1/condition in equal ratios (Higham, Accuracy
    and Stability of Numerical Algorithms, 28.3). A square one larger than 1 × 1 is not symmetric.
    Raises `ValueError` for a condition below 1 or a side below 1.
    """
    least = min(rows, columns)
    if condition < 1 or least < 1:
        raise ValueError(f"there is no {rows} × {columns} matrix with the condition number {condition}")

    def draw() -> Array:
        left, right = orthogonal(rng, rows)[:, :least], orthogonal(rng, columns)[:, :least]
        product: Array = left * np.geomspace(1, 1 / condition, least) @ right.T
        return product

    return drawn_until(draw, _lies_askew)


def _lies_askew(A: Array) -> bool:
    return A.shape[0] != A.shape[1] or A.size == 1 or not np.allclose(A, A.T)


def orthogonal(rng: Generator, size: int) -> Array:
    """An orthogonal matrix (size, size), uniformly distributed: the signs of R are moved into Q (Mezzadri, 2007)."""
    Q, R = np.linalg.qr(rng.normal(size=(size, size)))
    turned: Array = Q * np.sign(np.diag(R))
    return turned


def positive_definite(rng: Generator, size: int, condition: float = WELL) -> Array:
    """A matrix (size, size), symmetric to the bit, its eigenvalues rising from 1/condition to 1 in equal ratios."""
    Q = orthogonal(rng, size)
    A = Q * np.geomspace(1, 1 / condition, size) @ Q.T
    symmetric: Array = (A + A.T) / 2
    return symmetric


def label_vectors(rng: Generator, classes: int) -> Iterator[tuple[str, Labels]]:
    """Labels as of `labels`: few, one class frequent, many."""
    yield "few", labels(rng, classes + 1, classes)
    frequent = np.concatenate([labels(rng, 2 * classes, classes), np.full(3 * classes, classes - 1)])
    yield "one class frequent", rng.permutation(frequent)
    yield "many", labels(rng, 20 * classes, classes)


def labels(rng: Generator, count: int, classes: int) -> Labels:
    """Labels (count,) from 0 to classes - 1, each of which occurs; not in rising order, where there are two or more.

    Raises `ValueError` where there are fewer labels than classes.
    """
    if not 1 <= classes <= count:
        raise ValueError(f"{count} labels cannot show {classes} classes")
    drawn = np.concatenate([np.arange(classes), rng.integers(0, classes, count - classes)])
    return drawn_until(lambda: rng.permutation(drawn), lambda y: classes == 1 or (np.diff(y) < 0).any())


def one_hot(labels: Labels, classes: int) -> Array:
    """Labels (N,) as rows of an (N, classes) matrix with a single 1 each."""
    rows: Any = np.eye(classes)[labels]
    return np.asarray(rows, dtype=np.float64)
