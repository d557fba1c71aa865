r"""Un-pooling

The way from a small picture $X$ back to a large one.

*Nearest neighbours*: each pixel becomes a square of $k \times k$ equal ones. *Max un-pooling*: each number of $X$
goes to the place at which the maximum stood before the pooling; the rest is 0. `indices[i, j]` is the place of
`X[i, j]` in the large picture, whose pixels are numbered from 0, row by row. *Transposed convolution*: each pixel of
$X$ lays the filter $W$, multiplied by it, on the large picture; the next pixel does so `stride` pixels further, and
what lies on each other is added. Nothing is cut off.
"""

from __future__ import annotations

import numpy as np

from assignments.colloquium._pooling import copied, cornered, laid_down
from grader.author import Answer, Code, Options, Slip, Task, case
from grader.author.drawing import all_differ, drawn_until, table
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.value import Value
from reference.pooling import (
    max_pooling,
    max_pooling_indices,
    max_unpooling,
    nearest_unpooling,
)

NEAREST = {
    "wrong": {
        None: None,
        "tiled": Slip(
            "1/4",
            "You put the whole picture side by side; it is each *pixel* that becomes a square of equal ones.",
        ),
        "nails": Slip("1/4", "Only one pixel of each square is filled; nearest neighbours fill all of it."),
        "rows_only": Slip("1/2", "You repeat along one axis only: rows as well as columns."),
        "shared": Slip(
            "1/2", "The number is copied to every pixel of the square, not shared out among them."
        ),
    }
}
PLACES = {
    "wrong": {
        None: None,
        "corner": Slip(
            "1/4",
            "You put each number into the first corner of its square; the indices say where it belongs.",
        ),
        "columns": Slip("1/2", "The pixels are numbered row by row, not column by column."),
        "divisor": Slip(
            "1/2", "Row and column are recovered with the wrong divisor: divide the index by the *width*."
        ),
        "order": Slip("1/4", "You took the numbers of another window: `indices[i, j]` belongs to `X[i, j]`."),
        "copied": Slip("1/4", "The number goes to one place only; the rest of its square stays 0."),
    }
}
LAID = {
    "wrong": {
        None: None,
        "overwritten": Slip(
            "1/4", "Where filters lie on each other they are added (`+=`); you let the last one stand."
        ),
        "flipped": Slip(
            "1/2", "The filter is turned by 180°; a transposed convolution lays it down as it is."
        ),
        "transposed": Slip(
            "1/4", "*Transposed* means the matrix of the whole layer, not that of the filter."
        ),
        "dilated": Slip(
            "1/4",
            "The stride is not between the entries of the filter: it is how far the next filter is moved.",
        ),
        "stride_ignored": Slip(
            "1/2", "The stride is ignored: the filter of pixel `i, j` begins at `i*stride, j*stride`."
        ),
        "cropped": Slip("1/2", "You cut the border off; here nothing is cut, the sides are $(n - 1)s + k$."),
        "unweighted": Slip("1/4", "The filter is multiplied by the pixel before it is laid down."),
    }
}
BY_HAND = {
    "wrong": {code: slip for code, slip in LAID["wrong"].items() if code not in ("dilated", "stride_ignored")}
}
REASONS = {
    "learnt": "Its filters are learnt from data; the others always do the same, whatever the data.",
    "faster": "It needs fewer operations than the others.",
    "exact": "It gives back exactly the picture that was there before the pooling.",
    "parameters": "It has no parameters, so that it cannot overfit.",
}

nearest = Code(
    "unpool_nearest", 1, Close(), slips=NEAREST,
    asks="Write `unpool_nearest(X, k)`, for an array `X` of any shape.",
)  # fmt: skip
places = Code(
    "max_unpool", 2, Close(), slips=PLACES,
    asks="Write `max_unpool(X, indices, shape)`; `shape` is the pair (height, width) of the large picture, and no "
    "place is named twice.",
)  # fmt: skip
laid = Code(
    "conv_transpose2d", 2, Close(), slips=LAID,
    asks="Write `conv_transpose2d(X, W, stride)`, for arrays `X` and `W` of any shape.",
)  # fmt: skip
unpooled = Answer(
    "unpooled", 1, Value(),
    slips={
        "wrong": {
            None: None,
            "corner": PLACES["wrong"]["corner"],
            "copied": PLACES["wrong"]["copied"],
            "maxima": Slip("1/2", "You put back the old maxima; what is put there are the new numbers."),
        }
    },
    asks="`q20_unpooled`: windows of 2 × 2 pixels, side by side, were pooled by their maximum from ${before}$. Now "
    "un-pool ${small}$ by hand, with the places of those maxima.",
)  # fmt: skip
by_hand = Answer(
    "by_hand", 1, Value(), slips=BY_HAND,
    asks="`q20_by_hand`: the transposed convolution of $X = {picture}$ with $W = {kernel}$ and stride 1, by hand.",
)  # fmt: skip
why = Answer(
    "why", 1, Choice(tuple("1234")),
    asks="`q20_why`: why a transposed convolution instead of un-pooling by neighbours or places? Give the number.\n\n"
    "{reasons}",
)  # fmt: skip


def deal(rng):
    before = drawn_until(lambda: table(rng, 4, 4, -9, 20), one_maximum_each)
    small = drawn_until(
        lambda: table(rng, 2, 2, 1, 9),
        lambda small: all_differ(right_unpooled(before, small, wrong) for wrong in unpooled.slips["wrong"]),
    )
    picture, kernel = drawn_until(
        lambda: (table(rng, 2, 2, -3, 4), table(rng, 2, 2, -2, 3)),
        lambda pair: all_differ(right_by_hand(*pair, wrong) for wrong in BY_HAND["wrong"]),
    )
    return {
        "before": before,
        "small": small,
        "picture": picture,
        "kernel": kernel,
        "reasons": Options.dealt(rng, REASONS),
    }


def one_maximum_each(before):
    """No window has its maximum twice or in the first corner."""
    X = np.array(before)
    return len(np.unique(X)) == X.size and not set(max_pooling_indices(X, (2, 2), 2).ravel()) & {0, 2, 8, 10}


task = Task(parts=[nearest, places, laid, unpooled, by_hand, why], variants=deal)


@nearest.cases
def small_pictures(rng):
    yield case(drawn(rng, (2, 2)), 2, aspect="square", public=True)
    yield case(drawn(rng, (2, 2)), 1, aspect="k = 1")
    for shape, k in (((2, 3), 2), ((3, 1), 3), ((4, 5), 3)):
        yield case(drawn(rng, shape), k, aspect="not square")


POOLED = (  # large picture, window, stride, aspect, public
    ((4, 4), (2, 2), 2, "square", True),
    ((4, 6), (2, 2), 2, "not square", True),
    ((6, 3), (3, 3), 3, "not square", False),
    ((7, 5), (2, 2), 2, "a border left out", False),
    ((9, 6), (2, 3), 3, "not square", False),
)


@places.cases
def pooled(rng):
    for shape, size, stride, aspect, public in POOLED:
        before = rng.permutation(int(np.prod(shape))).reshape(shape)
        X = drawn(rng, max_pooling(before, size, stride).shape)
        yield case(X, max_pooling_indices(before, size, stride), shape, aspect=aspect, public=public)


SHAPES = (  # picture, filter, stride, aspect, public
    ((2, 2), (2, 2), 2, "side by side", True),
    ((2, 2), (2, 2), 1, "overlaps", True),
    ((2, 3), (3, 2), 1, "not square", True),
    ((3, 2), (1, 1), 2, "gaps", False),
    ((3, 4), (3, 3), 2, "overlaps", False),
    ((1, 5), (2, 3), 3, "not square", False),
    ((4, 3), (2, 2), 3, "gaps", False),
    ((3, 3), (4, 2), 2, "not square", False),
)


@laid.cases
def layers(rng):
    for picture, kernel, stride, aspect, public in SHAPES:
        yield case(drawn(rng, picture), drawn(rng, kernel), stride, aspect=aspect, public=public)


def drawn(rng, shape):
    """Whole numbers, none of them 0 or equal to another."""
    count = int(np.prod(shape))
    return (rng.permutation(count) + 2.0).reshape(shape) * rng.choice([-1, 1], shape)


@nearest.oracle
def right_nearest(X, k, *, wrong):
    match wrong:
        case "tiled":
            return np.tile(X, (k, k))
        case "nails":
            return np.kron(X, np.eye(k)[:1].T @ np.eye(k)[:1])
        case "rows_only":
            return np.repeat(X, k, axis=0)
        case "shared":
            return nearest_unpooling(X, k) / k**2
    return nearest_unpooling(X, k)


@places.oracle
def right_places(X, indices, shape, *, wrong):
    indices = np.asarray(indices)
    match wrong:
        case "corner":
            return cornered(X, shape)
        case "columns":
            return max_unpooling(X, indices, shape[::-1]).T
        case "divisor":
            Y = np.zeros(shape)
            for number, index in zip(X.ravel(), indices.ravel(), strict=True):
                Y[divmod(int(index), shape[0])] = number
            return Y
        case "order":
            return max_unpooling(X.T, indices, shape)
        case "copied":
            return copied(X, shape)
    return max_unpooling(X, indices, shape)


@laid.oracle
def right_laid(X, W, stride, *, wrong):
    return laid_down(X, W, stride, wrong)


@unpooled.oracle
def right_unpooled(before, small, wrong):
    large, X = np.array(before), np.array(small)
    match wrong:
        case "corner":
            return cornered(X, large.shape)
        case "copied":
            return copied(X, large.shape)
        case "maxima":
            X = max_pooling(large, (2, 2), 2)
    return max_unpooling(X, max_pooling_indices(large, (2, 2), 2), large.shape)


@by_hand.oracle
def right_by_hand(picture, kernel, wrong):
    return laid_down(X=np.array(picture), W=np.array(kernel), stride=1, wrong=wrong)


@why.oracle
def learnt(reasons):
    return reasons.label("learnt")


@why.misconception()
def faster(reasons):
    """It is the dearest of the three: every pixel is multiplied by a whole filter. But it learns."""
    return reasons.label("faster")


@why.misconception()
def exact(reasons):
    """Pooling has thrown numbers away, and nothing brings them back exactly."""
    return reasons.label("exact")


@why.misconception()
def parameters(reasons):
    """It is the other two that have no parameters; its filters are parameters, and are learnt."""
    return reasons.label("parameters")
