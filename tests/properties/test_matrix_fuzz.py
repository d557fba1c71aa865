"""Whatever is typed for a matrix formula, the reader gives a formula or its own error, and no comparison fails."""

from __future__ import annotations

import random

import pytest

from grader.algebra.matrices.equality import MatrixSymbols, compare_matrices
from grader.algebra.unreadable import Unreadable

CHAIN = "sum(i=1..k, prod(j=i+1..k, ∂s_j/∂s_{j-1}) @ ∂s_i/∂W_*)"
STATES = MatrixSymbols(
    (),
    families=(("∂s_i/∂s_{i-1}", ("d", "d")), ("∂s_i/∂W_*", ("d", "p")), ("∂s_k/∂W", ("d", "p"))),
    definitions=(("∂s_k/∂W", CHAIN),),
    indices=(("k", (1, 2, 3)),),
)
LAYER = MatrixSymbols((("Z", ("N", "m")), ("v", ("1", "m")), ("S", ("m", "m"))), functions=("g", "g'"))
ANSWERS = (
    r"\sum_{i=1}^{k} \left(\prod_{j=i+1}^{k} \frac{\partial s_j}{\partial s_{j-1}}\right) "
    r"\frac{\partial s_i}{\partial W_*}",
    "sum(prod(ds[j]/ds[j-1] for j in range(i+1, k+1)) * ds[i]/dW* for i in range(1, k+1))",
    "∂s_k/∂s_{k-1} ∂s_{k-1}/∂W + ∂s_k/∂W_*",
    "softmax(Z + v - v) S^{-1}",
    "trace(S @ S) |v|^2 tanh^2(Z)",
    "np.ones((1, N)) @ Z @ np.linalg.inv(S)",
    "g'(Z) ⊙ (Z S)",
    "Z.sum(axis=0) S^T",
    "g'(Z) * (Z > 0) * maximum(0, Z)",
    "(S^T S + I)^{-1} tr(S) I_m - E.mT + np.ones(N) @ Z.t()",
)
PIECES = (
    *(
        "Σ_{i=1}^{k}",
        "sum(i=1..k,",
        "∂s_j/∂s_{j-1}",
        "ds_i/dW*",
        "(i,1,k)",
        "..",
        "^T",
        "^{-1}",
        ".T",
        "⁻¹",
        "²",
    ),
    *("(", ")", "{", "}", "[", "|", "'", "@", "*", "+", "-", "/", "^", "_", ",", "=", "k", "i", "1", "9999"),
    *(
        "Z",
        "S",
        "v",
        "g(",
        "g'",
        "inv(",
        "norm(",
        "softmax(",
        "tanh",
        "ones(",
        "axis=0",
        "∂",
        "Σ",
        "…",
        "\x00",
    ),
)


def mangled(rng: random.Random) -> str:
    """A right answer with one or two places changed, or pieces thrown together."""
    if rng.random() < 0.3:
        return " ".join(rng.choice(PIECES) for _ in range(rng.randint(1, 12)))
    text = rng.choice(ANSWERS)
    for _ in range(rng.randint(1, 2)):
        place = rng.randrange(len(text) + 1)
        text = text[:place] + rng.choice(("", rng.choice(PIECES))) + text[place + rng.randint(0, 1) :]
    return text


@pytest.mark.parametrize("count", [1500, pytest.param(100_000, marks=pytest.mark.slow)])
def test_no_text_makes_the_comparison_fail(count: int) -> None:
    """Mangled answers are equal, different, undecided or unreadable; nothing else is raised."""
    rng = random.Random(count)
    for _ in range(count):
        symbols, expected = rng.choice(((STATES, CHAIN), (LAYER, "Z @ S"), (LAYER, "softmax(Z)")))
        text = mangled(rng)
        try:
            compare_matrices(expected, text, symbols)
        except Unreadable as error:
            assert 1 <= error.column <= len(text) + 1, text
