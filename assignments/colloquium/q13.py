"""Convolutional layer

A picture $V$ is convolved with a filter $W$ into $G$: a frame of zeros, `padding` pixels wide, is put around the
picture; the filter moves by `stride` pixels and stands only where it fits wholly.

You may lay the filter on the picture as it is (cross-correlation, as libraries do) or turn it by 180° first (true
convolution). Both are right; keep to one of them in the whole question, in code and on paper.

In the formulas the picture has the pixels $V_1 … V_9$ (3 × 3, numbered row by row), the filter the weights
$W_1 … W_4$ (2 × 2), the result the numbers $G_1 … G_4$ (2 × 2); `dG1` … `dG4` stand for
$∂\\mathrm{Error}/∂G_1 … ∂\\mathrm{Error}/∂G_4$. There is no frame, and the stride is 1. Write `V1*W1 + …`.
"""

from __future__ import annotations

import numpy as np

from assignments.colloquium import _convolving as layer
from grader.author import Answer, Code, Matrix, Slip, Task, case
from grader.author.drawing import all_differ, drawn_until, table
from grader.comparators.choice import Matching
from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.value import Value
from reference import convolution as textbook
from reference.convolution import cross_correlation, names, turned, window

V, W, dG = names("V", (3, 3)), names("W", (2, 2)), names("dG", (2, 2))
INCOMING = tuple((f"{d}{E}/{d}{G[1:]}", str(G)) for G in dG.flat for d in "d∂" for E in ("Error", "E"))

ON_PAPER = {
    **layer.KERNEL,
    "paths": {
        "all": None,
        "first": Slip("1/4", "This is one path only: the weight acts on all four results, so sum over them."),
    },
    "factor": {
        "both": None,
        "dG_lost": Slip(
            "1/4", "You lost the incoming $∂\\mathrm{Error}/∂G$, by which each term is to be multiplied."
        ),
    },
}
SUMMED = {
    "pixels": {
        "window": None,
        "consecutive": Slip("1/4", "You took four consecutive pixels; the filter lies on two rows."),
    },
    "terms": {
        "products": None,
        "sums": Slip(0, "Pixels and weights that lie on each other are multiplied, not added."),
    },
}
COUNTED = {
    "biases_counted": {
        False: None,
        True: Slip("1/2", "You counted the biases, too; the question was about the weights of the filters."),
    },
    "channels": {
        "pairs": None,
        "outputs_only": Slip(
            "1/4", "An output channel has a filter for each input channel, not a single one."
        ),
        "inputs_only": Slip("1/4", "Every output channel has filters of its own: multiply by their number."),
        "added": Slip("1/4", "Every pair of channels has a filter: multiply their numbers, do not add them."),
    },
    "side_not_squared": {
        False: None,
        True: Slip("1/4", "A filter has as many weights as pixels lie under it: its side squared."),
    },
}

# the numbers posed are small and whole, so that nothing wrong comes near: numeric differentiation is welcome
GRADIENT = Close(relative=1e-9)

conv2d = Code(
    "conv2d", 3, Close(), slips=layer.LAYER,
    asks="Write `conv2d(V, W, padding, stride)`, which returns $G$ for arrays $V$ and $W$ of any shape.",
)  # fmt: skip
dV = Code(
    "dV", 2, GRADIENT, entry="conv2d_backward", element=0, continues=conv2d, slips={**layer.LAYER, **layer.CROP},
    asks="Write `conv2d_backward(dG, V, W, padding, stride)`, which returns the pair $∂\\mathrm{Error}/∂V$, "
    "$∂\\mathrm{Error}/∂W$ for the incoming $∂\\mathrm{Error}/∂G$. Here the first of them is judged.",
)  # fmt: skip
dW = Code(
    "dW", 2, GRADIENT, entry="conv2d_backward", element=1, continues=conv2d, slips=layer.LAYER,
    asks="The second result of `conv2d_backward`: $∂\\mathrm{Error}/∂W$.",
)  # fmt: skip
G = Answer(
    "G", 1, Formula(symbols=tuple(map(str, [*V.flat, *W.flat]))), slips={**layer.KERNEL, **SUMMED},
    asks="`q13_G`: the formula for $G_{cell}$ in $V_1 … V_9$ and $W_1 … W_4$.",
)  # fmt: skip
error_dW = Answer(
    "error_dW", 1, Formula(symbols=tuple(map(str, [*dG.flat, *V.flat, *W.flat])), aliases=INCOMING), slips=ON_PAPER,
    asks="`q13_error_dW`: the formula for $∂\\mathrm{Error}/∂W_{weight}$ in `dG1` … `dG4` and $V_1 … V_9$.",
)  # fmt: skip
dW_by_hand = Answer(
    "dW_by_hand", 1, Value(), slips=ON_PAPER,
    asks="`q13_dW_by_hand`: compute $∂\\mathrm{Error}/∂W$ (2 × 2) for $V = {picture}$ and "
    "$∂\\mathrm{Error}/∂G = {incoming}$.",
)  # fmt: skip
weights = Answer(
    "weights", 1, Value(), slips=COUNTED,
    asks="`q13_weights`: how many weights has a layer with filters of {side} × {side} pixels, {inputs} input "
    "channels and {outputs} output channels, biases not counted?",
)  # fmt: skip
kernels = Answer(
    "kernels", 1, Matching(("A", "B", "C"), ("1|edges|края", "2|sharpening|резкость", "3|blur|размытие")),
    asks="`q13_kernels`: which filter does what? $A = {kernel_a}$, $B = {kernel_b}$, $C = {kernel_c}$; 1 finds "
    "edges, 2 sharpens, 3 blurs. Answer like `A-1 B-2 C-3`.",
)  # fmt: skip

FILTERS = {
    "1": str(Matrix(textbook.EDGES)),
    "2": str(Matrix(textbook.SHARPENING)),
    "3": r"\frac{1}{9} " + str(Matrix(textbook.BLUR)),
}


def deal(rng):
    order = rng.sample(sorted(FILTERS), 3)
    picture, incoming = deal_tables(rng)
    return {
        "cell": rng.randrange(1, 5),
        "weight": rng.randrange(1, 5),
        "picture": picture,
        "incoming": incoming,
        "side": rng.choice((3, 5, 7)),
        "inputs": rng.choice((2, 4, 6)),
        "outputs": rng.choice((8, 10, 16)),
        "order": tuple(order),
        **{f"kernel_{letter}": FILTERS[number] for letter, number in zip("abc", order, strict=True)},
    }


def deal_tables(rng):
    ways = [(kernel, "all", "both") for kernel in layer.KERNEL["kernel"]]
    ways += [("agreed", "first", "both"), ("other", "first", "both"), ("agreed", "all", "dG_lost")]
    return drawn_until(
        lambda: (table(rng, 3, 3, 0, 5), table(rng, 2, 2, -2, 3)),
        lambda pair: all_differ(by_hand(*pair, "cross_correlation", *way) for way in ways),
    )


task = Task(
    parts=[conv2d, dV, dW, G, error_dW, dW_by_hand, weights, kernels],
    variants=deal,
    conventions={"orientation": layer.ORIENTATIONS},
)

SHAPES = (  # picture, filter, padding, stride, aspect, public
    ((3, 3), (2, 2), 0, 1, "no padding, stride 1", True),
    ((3, 3), (3, 3), 1, 1, "padding", True),
    ((5, 5), (3, 3), 0, 2, "stride", True),
    ((3, 3), (1, 1), 0, 1, "no padding, stride 1", False),
    ((4, 7), (2, 5), 0, 1, "not square", False),
    ((5, 3), (2, 2), 0, 1, "not square", False),
    ((3, 3), (2, 2), 2, 1, "padding", False),
    ((6, 6), (3, 3), 0, 2, "stride", False),
    ((7, 7), (2, 2), 0, 3, "stride", False),
    ((5, 8), (2, 5), 1, 2, "padding and stride", False),
    ((6, 4), (3, 3), 2, 3, "padding and stride", False),
)


@conv2d.cases
def layers(rng):
    for picture, kernel, padding, stride, aspect, public in SHAPES:
        yield case(drawn(rng, picture), drawn(rng, kernel), padding, stride, aspect=aspect, public=public)


@dV.cases
@dW.cases
def layers_with_incoming_gradients(rng):
    for picture, kernel, padding, stride, aspect, public in SHAPES:
        V, W = drawn(rng, picture), drawn(rng, kernel)
        incoming = drawn(rng, cross_correlation(V, W, padding, stride).shape)
        yield case(incoming, V, W, padding, stride, aspect=aspect, public=public)


def drawn(rng, shape):
    return rng.integers(-5, 6, shape).astype(float)


@conv2d.oracle
def right_conv2d(V, W, padding, stride, *, orientation, kernel, frame, stride_ignored):
    return layer.forward(V, W, padding, stride, orientation, kernel, frame, stride_ignored)


@conv2d.misconception(credit="1/2")
def one_size_for_both(V, W, padding, stride, *, orientation):
    """The width of the result is taken to be its height: compute each of them from its own side of the picture."""
    rows = (V.shape[0] + 2 * padding - W.shape[0]) // stride + 1
    return layer.windows_summed(V, layer.laid(W, orientation), padding, stride, rows, rows)


@conv2d.misconception(credit="1/2")
def sides_of_the_filter_swapped(V, W, padding, stride, *, orientation):
    """The height of the result is computed from the filter's width and its width from the filter's height."""
    rows = (V.shape[0] + 2 * padding - W.shape[1]) // stride + 1
    columns = (V.shape[1] + 2 * padding - W.shape[0]) // stride + 1
    return layer.windows_summed(V, layer.laid(W, orientation), padding, stride, rows, columns)


@dV.oracle
def right_dV(dG, V, W, padding, stride, *, orientation, kernel, frame, stride_ignored, crop):
    dP, _, p = layer.backward(dG, V, W, padding, stride, orientation, kernel, frame, stride_ignored)
    return layer.cropped(dP, p, V.shape, crop), None


@dW.oracle
def right_dW(dG, V, W, padding, stride, *, orientation, kernel, frame, stride_ignored):
    _, dW, _ = layer.backward(dG, V, W, padding, stride, orientation, kernel, frame, stride_ignored)
    return None, dW


@dV.misconception(credit="1/4")
def overlaps_overwritten(dG, V, W, padding, stride, *, orientation):
    """Where windows overlap, your gradients overwrite each other: a pixel collects a term from every window that
    holds it, so add them (`+=`)."""
    lying, dP = layer.laid(W, orientation), np.zeros_like(np.pad(V, padding))
    for i, j in np.ndindex(*dG.shape):
        window(dP, i, j, W.shape, stride)[...] = dG[i, j] * lying
    return layer.cropped(dP, padding, V.shape), None


@dV.misconception(credit="1/4")
def valid_instead_of_full(dG, V, W, padding, stride, *, orientation):
    """The gradient of the picture needs the *full* correlation: the turned filter also stands where it covers
    $∂\\mathrm{Error}/∂G$ only in part. You kept the places where it fits wholly and filled the rest with zeros."""
    spread = np.zeros([(n - 1) * stride + 1 for n in dG.shape])
    spread[::stride, ::stride] = dG
    dP = np.zeros_like(np.pad(V, padding))
    if all(n >= k for n, k in zip(spread.shape, W.shape, strict=True)):
        inner = cross_correlation(spread, turned(layer.laid(W, orientation)))
        window(dP, W.shape[0] - 1, W.shape[1] - 1, inner.shape)[...] = inner
    return layer.cropped(dP, padding, V.shape), None


@dV.misconception(credit="1/2")
@dW.misconception(credit="1/2")
def loops_swapped(dG, V, W, padding, stride, *, orientation):
    """Height and width of $∂\\mathrm{Error}/∂G$ are mixed up in the loops: right only where they are equal."""
    if dG.shape[0] != dG.shape[1]:
        raise IndexError("a row of dG that is none")
    dP, dW, p = layer.backward(dG, V, W, padding, stride, orientation)
    return layer.cropped(dP, p, V.shape), dW


@G.oracle
def right_G(cell, orientation, kernel, pixels, terms):
    i, j = divmod(cell - 1, 2)
    under = V.flat[cell - 1 : cell + 3] if pixels == "consecutive" else window(V, i, j, W.shape)
    formula = textbook.sum_of_products(under, layer.laid(W, orientation, kernel))
    return formula.replace("*", " + ") if terms == "sums" else formula


@error_dW.oracle
def right_error_dW(weight, orientation, kernel, paths, factor):
    place = np.argwhere(layer.laid(W, orientation, kernel) == f"W{weight}")[0]
    pixels, incoming = window(V, *place, dG.shape).ravel(), dG.ravel()
    kept = slice(1) if paths == "first" else slice(None)
    if factor == "dG_lost":
        return " + ".join(pixels[kept])
    return textbook.sum_of_products(incoming[kept], pixels[kept])


@error_dW.misconception(credit=0)
def weight_for_pixel(weight):
    """The derivative of $G$ by a weight is the *pixel* on which the weight lies, not the weight."""
    return " + ".join(f"dG{n}*W{weight}" for n in range(1, 5))


@dW_by_hand.oracle
def by_hand(picture, incoming, orientation, kernel, paths, factor):
    dG, V = np.array(incoming), np.array(picture)
    if factor == "dG_lost":
        dG = np.ones_like(dG)
    if paths == "first":
        dG = dG * [[1, 0], [0, 0]]
    return layer.laid(cross_correlation(V, dG), orientation, kernel)


@weights.oracle
def right_weights(side, inputs, outputs, biases_counted, channels, side_not_squared):
    single = {"outputs_only": outputs, "inputs_only": inputs, "added": inputs + outputs}
    filters = single.get(channels, inputs * outputs)
    return (side if side_not_squared else side * side) * filters + (outputs if biases_counted else 0)


@kernels.oracle
def right_kernels(order):
    return dict(zip("ABC", order, strict=True))


@kernels.misconception(credit="1/3")
def edges_and_sharpening_swapped(order):
    """Edge search and sharpening are swapped: the numbers of the edge filter sum to 0, so that even areas turn
    black; those of the sharpening filter sum to 1, so that the picture stays."""
    return dict(zip("ABC", ({"1": "2", "2": "1"}.get(number, number) for number in order), strict=True))
