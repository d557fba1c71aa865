"""Convolution of a small picture by hand

Compute three convolutions by hand. The filter moves by one pixel; the numbers that lie on each other are
multiplied, and the products are summed.

Write each result row by row, for example `t1_valid = [[1, 2], [3, 4]]`.

You may lay the filter on the picture as it is (cross-correlation, usual in neural networks) or turn it by 180°
first (convolution, usual in mathematics). Both are right; keep to one of them in all three parts.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from assignments.colloquium._convolving import HALF_TURNED, ORIENTATIONS, TURNS, laid
from grader.author import Answer, Slip, Task
from grader.author.drawing import all_differ, drawn_until, table
from grader.comparators.value import Value
from reference.convolution import cross_correlation, turned

SUMS = {
    "terms": {
        "products": None,
        "sums": Slip(
            0,
            "You added the numbers that lie on each other; multiply them, and add the products.",
        ),
        "pixels": Slip(
            0,
            "You summed the pixels under the filter; each of them is first multiplied by the number that lies on it.",
        ),
    }
}
NO_FRAME = {
    "border": {
        "none": None,
        "framed": Slip(
            "1/2",
            "You put a frame of zeros around the picture, which this part does not ask for: the filter must lie "
            "wholly inside the picture, so that the result is smaller than it.",
        ),
        "overhanging": Slip(
            "1/2",
            "Your filter hangs over the right and the lower edge of the picture: its last place is the one where "
            "it still lies wholly inside.",
        ),
    }
}
FRAME = {
    "frame": {
        "zeros": None,
        "forgotten": Slip(
            "1/2", "You forgot the frame of zeros: with it the result is as large as the picture."
        ),
        "repeated": Slip(
            "1/4", "You repeated the outermost pixels around the picture; the frame consists of zeros."
        ),
    }
}

BORDERS = ("none", "framed", "overhanging", "repeated")

valid = Answer(
    "valid",
    1,
    Value(),
    asks="`t1_valid`: the picture $V = {valid_picture}$ and the filter $W = {valid_kernel}$, without a frame.",
    slips={**HALF_TURNED, **SUMS, **NO_FRAME},
)
framed = Answer(
    "framed",
    2,
    Value(),
    asks="`t1_framed`: the picture $V = {framed_picture}$ and the filter $W = {framed_kernel}$, with a frame of "
    "zeros one pixel wide around the picture.",
    slips={**HALF_TURNED, **SUMS, **FRAME},
)
large = Answer(
    "large",
    1,
    Value(),
    asks="`t1_large`: the picture $V = {large_picture}$ and the filter $W = {large_kernel}$, without a frame.",
    slips={**HALF_TURNED, **SUMS, **NO_FRAME},
)


def deal(rng):
    dealt = {}
    for name, side, kernel_side in (("valid", 3, 2), ("framed", 3, 3), ("large", 4, rng.choice((2, 3)))):
        picture, kernel = deal_pair(rng, side, kernel_side)
        dealt |= {f"{name}_picture": picture, f"{name}_kernel": kernel}
    return dealt


def deal_pair(rng, side, kernel_side):
    def draw():
        return table(rng, side, side, 0, 5), table(rng, kernel_side, kernel_side, -2, 3)

    return drawn_until(draw, hides_nothing)


def hides_nothing(pair):
    """No two ways to turn the filter, to treat the border or to sum give the same result."""
    picture, kernel = map(np.array, pair)
    if kernel.sum() == 0:
        return False
    lying = np.array([turned(kernel, axes) for axes in TURNS.values()])
    whole = (surrounded(picture, border, len(kernel) - 1) for border in BORDERS)
    windows = (sliding_window_view(P, kernel.shape) for P in whole)
    return all_differ(G for under in windows for G in np.einsum("ijab,nab->nij", under, lying))


task = Task(parts=[valid, framed, large], variants=deal, conventions={"orientation": ORIENTATIONS})


def convolved(picture, lying, terms, border):
    whole = surrounded(picture, border, len(lying) - 1)
    if terms == "products":
        return cross_correlation(whole, lying)
    pixels = cross_correlation(whole, np.ones_like(lying))
    return pixels + lying.sum() if terms == "sums" else pixels


def surrounded(picture, border, overhang):
    if border == "repeated":
        return np.pad(picture, 1, mode="edge")
    if border in ("none", "forgotten"):
        return np.asarray(picture)
    widths = {"framed": 1, "zeros": 1, "overhanging": (0, overhang)}
    return np.pad(picture, widths[border])


@valid.oracle
def right_valid(valid_picture, valid_kernel, orientation, kernel, terms, border):
    return convolved(valid_picture, laid(valid_kernel, orientation, kernel), terms, border)


@framed.oracle
def right_framed(framed_picture, framed_kernel, orientation, kernel, terms, frame):
    return convolved(framed_picture, laid(framed_kernel, orientation, kernel), terms, frame)


@large.oracle
def right_large(large_picture, large_kernel, orientation, kernel, terms, border):
    return convolved(large_picture, laid(large_kernel, orientation, kernel), terms, border)


@framed.misconception(credit="1/4")
def corner_of_the_filter_at_the_border(framed_picture, framed_kernel, orientation):
    """At the border you multiplied the pixels that are left by the first rows and columns of the filter; on them
    lie other numbers of it, and those that stick out lie on the frame of zeros."""
    V, lying = np.array(framed_picture), laid(framed_kernel, orientation)
    result = np.zeros_like(V)
    for i, j in np.ndindex(V.shape):
        pixels = V[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2]
        result[i, j] = np.sum(pixels * lying[: pixels.shape[0], : pixels.shape[1]])
    return result
