"""Convolution of a small picture by hand

Compute three convolutions by hand. The kernel moves by one pixel; the numbers that lie on each other are
multiplied, and the products are summed.

Write each result row by row, for example `t1_valid = [[1, 2], [3, 4]]`.

You may lay the kernel on the picture as it is (cross-correlation, usual in neural networks) or turn it by 180°
first (convolution, usual in mathematics). Both are right; keep to one of them in all three parts.
"""

import numpy as np

from grader.author import Answer, Matrix, Slip, Task
from grader.comparators.value import Value
from reference.convolution import cross_correlation, turned

ORIENTATIONS = {
    "cross_correlation": "cross-correlation: the kernel is laid on as it is",
    "convolution": "true convolution: the kernel is turned by 180°",
}
TURNS = {"cross_correlation": (), "convolution": (0, 1), "rows": (0,), "columns": (1,)}

HALF_TURNED = {
    "kernel": {
        "agreed": None,
        "rows": Slip("1/2", "You reversed the order of the kernel's rows but not of its columns: either leave the "
                            "kernel as it is or turn it by 180°, which reverses both."),
        "columns": Slip("1/2", "You reversed the order of the kernel's columns but not of its rows: either leave the "
                               "kernel as it is or turn it by 180°, which reverses both."),
    }
}  # fmt: skip
SUMS = {
    "terms": {
        "products": None,
        "sums": Slip(0, "You added the numbers that lie on each other; they are to be multiplied, and only the "
                        "products are added."),
        "pixels": Slip(0, "You summed the pixels under the kernel; each of them is first multiplied by the kernel's "
                          "number that lies on it."),
    }
}  # fmt: skip
NO_FRAME = {
    "border": {
        "none": None,
        "framed": Slip("1/2", "You put a frame of zeros around the picture, which this part does not ask for: the "
                             "kernel must lie wholly inside the picture, so the result is smaller than it."),
        "overhanging": Slip("1/2", "Your kernel hangs over the right and the lower edge of the picture: the last "
                                   "place is the one where it still lies wholly inside."),
    }
}  # fmt: skip
FRAME = {
    "frame": {
        "zeros": None,
        "forgotten": Slip("1/2", "You forgot the frame of zeros: with it the result is as large as the picture."),
        "repeated": Slip("1/4", "Around the picture you repeated its outermost pixels; the frame consists of zeros."),
    }
}  # fmt: skip

valid = Answer(
    "valid", 1, Value(),
    asks="`t1_valid`: the picture $V = {valid_picture}$ with the kernel $W = {valid_kernel}$, without a frame.",
    slips={**HALF_TURNED, **SUMS, **NO_FRAME},
)  # fmt: skip
framed = Answer(
    "framed", 2, Value(),
    asks="`t1_framed`: the picture $V = {framed_picture}$ with the kernel $W = {framed_kernel}$, with a frame of "
         "zeros one pixel wide around the picture.",
    slips={**HALF_TURNED, **SUMS, **FRAME},
)  # fmt: skip
large = Answer(
    "large", 1, Value(),
    asks="`t1_large`: the picture $V = {large_picture}$ with the kernel $W = {large_kernel}$, without a frame.",
    slips={**HALF_TURNED, **SUMS, **NO_FRAME},
)  # fmt: skip


def deal(rng):
    dealt = {}
    for name, side, kernel_side in (("valid", 3, 2), ("framed", 3, 3), ("large", 4, rng.choice((2, 3)))):
        picture, kernel = deal_pair(rng, side, kernel_side)
        dealt |= {f"{name}_picture": picture, f"{name}_kernel": kernel}
    return dealt


def deal_pair(rng, side, kernel_side):
    while True:
        picture = Matrix(tuple(rng.randrange(6) for _ in range(side)) for _ in range(side))
        kernel = Matrix(tuple(rng.randrange(-2, 4) for _ in range(kernel_side)) for _ in range(kernel_side))
        if tells_turns_apart(picture, kernel):
            return picture, kernel


def tells_turns_apart(picture, kernel):
    """No symmetry may hide how the kernel was turned or what was done at the border, wherever the answer is wrong."""
    borders = ("none", "zeros", "overhanging", "repeated")
    answers = [
        convolved(picture, kernel, turn, border=border).tolist() for turn in TURNS for border in borders
    ]
    answers += [convolved(picture, kernel, terms=terms).tolist() for terms in ("sums", "pixels")]
    return all(answers.count(answer) == 1 for answer in answers)


task = Task(parts=[valid, framed, large], variants=deal, conventions={"orientation": ORIENTATIONS})


def convolved(picture, kernel, orientation="cross_correlation", half_turned="agreed", terms="products", border="none"):
    turn = orientation if half_turned == "agreed" else half_turned
    laid = turned(kernel, TURNS[turn])
    whole = surrounded(picture, border, len(kernel) - 1)
    if terms == "products":
        return cross_correlation(whole, laid)
    pixels = cross_correlation(whole, np.ones_like(laid))
    return pixels + laid.sum() if terms == "sums" else pixels


def surrounded(picture, border, overhang):
    if border == "repeated":
        return np.pad(picture, 1, mode="edge")
    return np.pad(picture, {"framed": 1, "zeros": 1, "overhanging": (0, overhang)}.get(border, 0))


@valid.oracle
def right_valid(valid_picture, valid_kernel, orientation, kernel, terms, border):
    return convolved(valid_picture, valid_kernel, orientation, kernel, terms, border)


@framed.oracle
def right_framed(framed_picture, framed_kernel, orientation, kernel, terms, frame):
    return convolved(framed_picture, framed_kernel, orientation, kernel, terms, frame)


@large.oracle
def right_large(large_picture, large_kernel, orientation, kernel, terms, border):
    return convolved(large_picture, large_kernel, orientation, kernel, terms, border)


@framed.misconception(credit="1/4")
def border_meets_the_kernel_s_corner(framed_picture, framed_kernel, orientation):
    """At the border you laid the kernel's first rows and columns on the pixels that are left; there lie those
    of its numbers that the shifted kernel brings there, and the others lie on the frame of zeros."""
    laid, P = turned(framed_kernel, TURNS[orientation]), np.pad(framed_picture, 1)
    inside = np.pad(np.ones_like(framed_picture, dtype=bool), 1)
    result = np.zeros_like(framed_picture)
    for i, j in np.ndindex(result.shape):
        rows = np.flatnonzero(inside[i : i + 3, 1]) + i
        columns = np.flatnonzero(inside[1, j : j + 3]) + j
        pixels = P[np.ix_(rows, columns)]
        result[i, j] = np.sum(pixels * laid[: len(rows), : len(columns)])
    return result
