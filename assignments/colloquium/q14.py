r"""Receptive field and max pooling

The *receptive field* of a neuron is the part of the input picture on which its value depends. Here filters and
windows are square and pictures large; give the length of the side in pixels.

*Max pooling.* A window of `size = (height, width)` moves over the picture $X$ by `stride` pixels down and to the
right and stands only where it fits wholly; the result $Y$ holds the largest number of each window. `dY` stands for
$\partial L/\partial Y$. Where a window holds its largest number several times, the gradient may go to the first of
them (row by row), wholly to each, or in equal shares: choose one and keep to it.
"""

from __future__ import annotations

import numpy as np

from assignments.colloquium._pooling import (
    BACKWARD,
    BY_HAND,
    CHOSEN,
    FIELD,
    FORWARD,
    RIGHT_WAYS,
    WAYS,
    cut,
    gone_wrong,
    side,
)
from grader.author import Answer, Code, Options, Task, case
from grader.author.drawing import all_differ, drawn_until, table
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.value import Value
from reference.pooling import max_pooling, max_pooling_gradient, windows

receptive = Answer(
    "receptive", 1, Value(), slips=FIELD,
    asks="`q14_receptive`: the picture passes layers, convolutions and poolings, with filters or windows of the "
    "sides {kernels} and with the strides {strides}, in this order. What is the side of the receptive field of a "
    "neuron of the last one?",
)  # fmt: skip
field = Code(
    "receptive_field", 1, Close(), slips=FIELD,
    asks="Write `receptive_field(layers)`: `layers` is a list of pairs `(kernel, stride)`, convolutions and poolings "
    "alike, the one next to the picture first. It returns the side of the receptive field of the last one.",
)  # fmt: skip
ways = Answer(
    "ways", 1, Choice(tuple("123456"), several=True), slips=CHOSEN,
    asks="`q14_ways`: which three of these widen the receptive field of the later layers?\n\n{ways}",
)  # fmt: skip
maxpool = Code(
    "maxpool", 2, Close(), slips=FORWARD,
    asks="Write `maxpool(X, size, stride)`, which returns $Y$ for an array $X$ of any shape.",
)  # fmt: skip
backward = Code(
    "maxpool_backward", 2, Close(), slips=BACKWARD,
    asks=r"Write `maxpool_backward(dY, X, size, stride)`, which returns $\partial L/\partial X$.",
)  # fmt: skip
dX = Answer(
    "dX", 2, Value(), slips=BY_HAND,
    asks=r"`q14_dX`: compute $\partial L/\partial X$ by hand for $X = {picture}$, a window of 2 × 2 pixels, stride 1 "
    r"and $\partial L/\partial Y = {incoming}$.",
)  # fmt: skip


LAYERS = [(kernel, stride) for kernel in (2, 3, 5) for stride in (1, 2, 3)]


def deal(rng):
    picture, incoming = drawn_until(
        lambda: (table(rng, 3, 3, -9, 9), table(rng, 2, 2, -4, 4)),
        lambda pair: hides_nothing(*pair),
    )
    layers = drawn_until(
        lambda: [rng.choice(LAYERS) for _ in range(rng.choice((3, 4)))],
        lambda layers: all_differ(side(layers, wrong) for wrong in FIELD["wrong"]),
    )
    kernels, strides = zip(*layers, strict=True)
    return {
        "kernels": kernels,
        "strides": strides,
        "ways": Options.dealt(rng, WAYS),
        "picture": picture,
        "incoming": incoming,
    }


def hides_nothing(picture, incoming):
    """No pixel is like another, and neither mistakes nor zeros are what is right."""
    if len(np.unique(picture)) < 9 or not by_hand(picture, incoming, None, None).any():
        return False
    return all_differ(by_hand(picture, incoming, *way) for way in every_way())


def every_way():
    """Target and meeting of what is right, then of every mistake."""
    return [(target, None) for target in BY_HAND["target"]] + [
        (None, meeting) for meeting in BY_HAND["meeting"] if meeting
    ]


task = Task(
    parts=[receptive, field, ways, maxpool, backward, dX],
    variants=deal,
    conventions={
        "ties": {
            "first": "of equal maxima the first one gets the gradient",
            "all": "each of equal maxima gets the whole gradient",
            "shared": "equal maxima share the gradient",
        }
    },
)


@receptive.oracle
def side_by_hand(kernels, strides, wrong):
    return side(list(zip(kernels, strides, strict=True)), wrong)


@field.cases
def stacks(rng):
    yield case([(3, 1)], aspect="one layer", public=True)
    yield case([(3, 1), (3, 1)], aspect="stride 1", public=True)
    yield case([(3, 2), (3, 1)], aspect="strides", public=True)
    yield case([(5, 3)], aspect="one layer")
    for count in (2, 3, 4, 5):
        kernels, strides = rng.integers(1, 8, count), rng.integers(1, 4, count)
        yield case([(int(k), int(s)) for k, s in zip(kernels, strides, strict=True)], aspect="strides")


@field.oracle
def right_field(layers, *, wrong):
    return side(layers, wrong)


@ways.oracle
def chosen(ways, lost, added):
    codes = [code for code in RIGHT_WAYS if code != lost]
    return ways.labels(*codes, *([added] if added else []))


SHAPES = (  # picture, window, stride, aspect, public
    ((4, 4), (2, 2), 2, "windows side by side", True),
    ((3, 3), (2, 2), 1, "overlapping windows", True),
    ((4, 6), (2, 3), 1, "not square", True),
    ((2, 2), (1, 1), 1, "windows side by side", False),
    ((5, 5), (2, 2), 2, "a remainder", False),
    ((5, 8), (2, 3), 2, "not square", False),
    ((7, 4), (3, 2), 1, "overlapping windows", False),
    ((8, 7), (3, 3), 2, "overlapping windows", False),
    ((7, 9), (2, 4), 3, "a remainder", False),
    ((6, 6), (1, 2), 3, "a remainder", False),
)


def posed(rng):
    """Pictures without ties, then one of negative numbers only, then pictures with ties."""
    for picture, size, stride, aspect, public in SHAPES:
        yield (
            rng.permutation(np.prod(picture)).reshape(picture) - float(np.prod(picture) // 2),
            size,
            stride,
            aspect,
            public,
        )
    yield -1.0 - rng.permutation(20).reshape(4, 5), (2, 2), 1, "negative numbers", False
    for picture, size, stride, _, _ in SHAPES[4:]:
        X = -1.0 - rng.permutation(int(np.prod(picture))).reshape(picture)
        X[rng.random(picture) < 0.6] = 0  # equal to the last digit, however inputs are rounded
        yield X, size, stride, "equal numbers", False


@maxpool.cases
def pictures(rng):
    for X, size, stride, aspect, public in posed(rng):
        yield case(X, size, stride, aspect=aspect, public=public)


@backward.cases
def pictures_with_incoming_gradients(rng):
    for X, size, stride, aspect, public in posed(rng):
        dY = rng.integers(1, 7, max_pooling(X, size, stride).shape) * rng.choice([-1.0, 1.0])
        yield case(dY, X, size, stride, aspect=aspect, public=public)


@maxpool.oracle
def right_maxpool(X, size, stride, *, wrong):
    height, width = size
    match wrong:
        case "average":
            return windows(X, size, stride).mean(axis=(2, 3))
        case "from_zero":
            return np.maximum(max_pooling(X, size, stride), 0)
        case "stride_ignored":
            return max_pooling(X, size, 1)
        case "stride_is_size":
            return windows(X, size, 1)[::height, ::width].max(axis=(2, 3))
        case "sides_swapped":
            return max_pooling(X, (width, height), stride)
        case "size_ignored":
            rows, columns = X.shape[0] // stride, X.shape[1] // stride
            return np.array([[cut(X, i, j, size, stride).max() for j in range(columns)] for i in range(rows)])
    return max_pooling(X, size, stride)


@backward.oracle
def right_backward(dY, X, size, stride, *, ties, target, meeting):
    if target or meeting:
        return gone_wrong(dY, X, size, stride, ties=ties, target=target, meeting=meeting)
    return max_pooling_gradient(dY, X, size, stride, ties)


@dX.oracle
def by_hand(picture, incoming, target, meeting):
    dY, X = np.array(incoming), np.array(picture)
    if target or meeting:
        return gone_wrong(dY, X, (2, 2), 1, ties="first", target=target, meeting=meeting)
    return max_pooling_gradient(dY, X, (2, 2), 1)
