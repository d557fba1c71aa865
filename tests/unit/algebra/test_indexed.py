"""Sums and products with bounds, indexed symbols, and functions of matrices."""

from __future__ import annotations

import pytest

from grader.algebra.matrices.equality import MatrixSymbols, compare_matrices
from grader.algebra.unreadable import Unreadable

CHAIN = "sum(i=1..k, prod(j=i+1..k, ∂s_j/∂s_{j-1}) @ ∂s_i/∂W_*)"
UNROLLED = MatrixSymbols(
    (),
    families=(
        ("∂s_i/∂s_{i-1}", ("d", "d")),
        ("∂s_i/∂W_*", ("d", "p")),
        ("∂s_k/∂W", ("d", "p")),
    ),
    definitions=(("∂s_k/∂W", CHAIN),),
    indices=(("k", (1, 2, 3, 4, 5)),),
)
NETWORK = MatrixSymbols(
    (("W", ("d", "d")), ("U", ("d", "n")), ("s_0", ("d", "1"))),
    functions=("f", "f'"),
    families=(("x_i", ("n", "1")), ("s_i", ("d", "1")), ("a_i", ("d", "1")), ("∂f/∂a_i", ("d", "1"))),
    definitions=(("s_i", "f(a_i)"), ("a_i", "U @ x_i + W @ s_{i-1}"), ("∂f/∂a_i", "f'(a_i)")),
)
KNOWN = MatrixSymbols(
    (("Z", ("N", "m")), ("v", ("1", "m")), ("S", ("m", "m")), ("T", ("m", "m"))), functions=("g",)
)


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{i=1}^{k} \left(\prod_{j=i+1}^{k} \frac{\partial s_j}{\partial s_{j-1}}\right) "
        r"\frac{\partial s_i}{\partial W_*}",
        "sum(i=1..k, prod(j=i+1..k, ds_j/ds_{j-1}) * ds_i/dW*)",
        r"\frac{\partial s_k}{\partial W} = \sum\limits_{i=1}^k \prod\limits_{j=i+1}^k "
        r"\frac{\partial s_{j}}{\partial s_{j-1}} \cdot \frac{\partial s_i}{\partial W_{*}}",
        "Σ_{i=1}^k (Π_{j=i+1}^k ∂s_j/∂s_{j−1}) ∂s_i/∂W_*",
        "∑_{m=1}^k (∏_{n=m+1}^k ∂sₙ/∂s_{n-1}) ∂s_m/∂W_*",
        "∑_{i=1}^k ∏_{j=k}^{i+1} ds_j/ds_{j-1} ds_i/dW_*",
        "Σ(i=1..k) Π(j=i+1..k) ds_j/ds_j-1 ds_i/dW*",
        "sum_i=1^k prod_j=i+1^k ds_j/ds_{j-1} ds_i/dW*",
        "Sum(Product(ds_j/ds_(j-1), (j, i+1, k)) * ds_i/dW_*, (i, 1, k))",
        "sum(prod(ds[j]/ds[j-1] for j in range(i+1, k+1)) * ds[i]/dW* for i in range(1, k+1))",
        "sum_{i=0}^{k-1} prod_{j=0}^{i-1} ds_{k-j}/ds_{k-j-1} ds_{k-i}/dW_*",
        "∂s_k/∂s_{k-1} ∂s_{k-1}/∂W + ∂s_k/∂W_*",
        "∂s_k/∂W_* + Σ_{i=1}^{k-1} (Π_{j=i+1}^k ∂s_j/∂s_{j−1}) ∂s_i/∂W_*",
        "Σ_{i=1}^k ∂s_k/∂s_i ∂s_i/∂W_*",
        "(Σ_{i=1}^k (∂s_i/∂W_*)^T (Π_{j=i+1}^k ∂s_j/∂s_{j−1})')'",
    ],
)
def test_the_derivative_of_a_state_in_every_form(text: str) -> None:
    """In LaTeX, in plain text, in Python, counting down, by Horner's rule, with other letters for the indices."""
    assert compare_matrices(CHAIN, text, UNROLLED) is None


@pytest.mark.parametrize(
    "text",
    [
        "Σ_{i=1}^k (Π_{j=i}^k ∂s_j/∂s_{j−1}) ∂s_i/∂W_*",
        "Σ_{i=1}^k (Π_{j=i+2}^k ∂s_j/∂s_{j−1}) ∂s_i/∂W_*",
        "Σ_{i=1}^{k-1} (Π_{j=i+1}^k ∂s_j/∂s_{j−1}) ∂s_i/∂W_*",
        "Σ_{i=2}^k (Π_{j=i+1}^k ∂s_j/∂s_{j−1}) ∂s_i/∂W_*",
        "Σ_{i=1}^k (Π_{j=i+1}^k ∂s_j/∂s_{j−1}) ∂s_i/∂W",
        "Σ_{i=1}^k (Π_{j=i+1}^k ∂s_{j-1}/∂s_j) ∂s_i/∂W_*",
        "Σ_{i=1}^k (Π_{j=1}^{k-i} ∂s_{k-j}/∂s_{k-j-1}) ∂s_i/∂W_*",
        "Σ_{i=1}^k ∂s_i/∂W_*",
        "∂s_k/∂W_*",
    ],
)
def test_other_sums_are_not_equal(text: str) -> None:
    """Bounds that are off by one, terms that are missing, and derivatives of something else."""
    found = compare_matrices(CHAIN, text, UNROLLED)
    assert found is not None
    assert found.reason == "different"


def test_the_order_of_a_product_shows_from_three_states_on() -> None:
    """With two factors in the other order everything up to k = 2 still agrees."""
    right = "∂s_3/∂s_2 @ ∂s_2/∂s_1 @ ∂s_1/∂W_* + ∂s_3/∂s_2 @ ∂s_2/∂W_* + ∂s_3/∂W_*"
    turned = "∂s_2/∂s_1 ∂s_3/∂s_2 ∂s_1/∂W_* + ∂s_3/∂s_2 ∂s_2/∂W_* + ∂s_3/∂W_*"
    assert compare_matrices(right, turned, UNROLLED) is not None
    assert (
        compare_matrices(right, "∂s_3/∂s_2 (∂s_2/∂s_1 ∂s_1/∂W_* + ∂s_2/∂W_*) + ∂s_3/∂W_*", UNROLLED) is None
    )


def test_an_empty_product_is_an_identity_and_an_empty_sum_zero() -> None:
    """With k = 1 the product over nothing leaves its factor alone, and the sum over nothing leaves nothing."""
    one = MatrixSymbols(
        (), families=UNROLLED.families, definitions=UNROLLED.definitions, indices=(("k", (1,)),)
    )
    assert compare_matrices(CHAIN, "∂s_1/∂W_*", one) is None
    assert compare_matrices(CHAIN, "∂s_k/∂W_* + sum(i=1..k-1, ∂s_i/∂W_*)", one) is None
    assert compare_matrices("prod(j=k+1..k, ∂s_j/∂s_{j-1})", "eye(d)", one) is None


@pytest.mark.parametrize(
    "text",
    [
        "f'(a_2) ⊙ (s_1 + W (f'(a_1) ⊙ s_0))",
        "f'(U x_2 + W s_1) ⊙ (s_1 + W (f'(a1) ⊙ s0))",
        "∂f/∂a_2 ⊙ (W (∂f/∂a_1 ⊙ s_0) + f(Ux_1 + Ws_0))",
        "diag(f'(a_2)) (W diag(f'(a_1)) s_0 + s_1)",
        r"\operatorname{diag}(f'(a_2)) (W \operatorname{diag}(f'(a_1)) s_0 + s_1)",
        "f'(a[2]) * (s[1] + W @ (f'(a[1]) * s[0]))",
    ],
)
def test_definitions_may_be_used_or_written_out(text: str) -> None:
    """a, s and ∂f/∂a stand for what they are made of, at any depth."""
    assert compare_matrices("f'(a_2) * (W @ (f'(a_1) * s_0) + s_1)", text, NETWORK) is None


def test_unknown_functions_of_other_arguments_differ() -> None:
    """f′ at the state instead of its argument is another vector."""
    found = compare_matrices("f'(a_2) * s_1", "f'(s_2) * s_1", NETWORK)
    assert found is not None
    assert found.reason == "different"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("tanh'(Z)", "1 - tanh(Z)^2"),
        ("tanh'(Z)", "1 - th²(Z)"),
        ("sigmoid(Z) * (1 - sigmoid(Z))", r"\sigma'(Z)"),
        ("tanh(Z)", "2σ(2Z) - 1"),
        ("softmax(Z)", "exp(Z)/sum(exp(Z), axis=1)"),
        ("softmax(Z)", "softmax(Z + 1)"),
        ("relu'(Z) * relu(Z)", "ReLU(Z)"),
        ("inv(S) @ S", "eye(m)"),
        ("S @ S", "S²"),
        ("S * S", "S**2"),
        ("S", "S^{-1} S S"),
        ("S", "np.linalg.inv(S) @ S @ S"),
        ("S.T", "S'"),
        ("Z.T", r"Z^{\mathrm{T}}"),
        ("Z.T", "Z^\\top"),
        ("sum(Z, 0)", "1^T Z"),
        ("sum(Z, 0)", "np.ones((1, N)) @ Z"),
        ("trace(S @ S)", "sum(S * S.T)"),
        ("norm(v) * norm(v)", "v v^T"),
        ("norm(v) * norm(v)", r"\|v\|^2"),
        ("diag(v) @ S", "v^T ⊙ S"),
        ("Z @ S * g(Z)", r"g(Z) \circ (Z S)"),
    ],
)
def test_functions_of_matrices(expected: str, text: str) -> None:
    """Known functions keep their laws, unknown ones none; inverses, traces, norms and ones are known."""
    assert compare_matrices(expected, text, KNOWN) is None


@pytest.mark.parametrize(
    ("text", "column", "wanted"),
    [
        ("sum(i=1..k, ds_i/dW*", 21, "closing_bracket"),
        ("Σ_{i=1}^k", 10, "expression_expected"),
        ("Σ_{i=1}^{k+}", 1, "index_expected"),
        ("∂s_{}/∂W_*", 1, "unknown_name"),
        ("∂s_q/∂W_*", 1, "unknown_name"),
        ("sum(i=1..q, ∂s_i/∂W_*)", 1, "unknown_name"),
        ("sum(i=1..k, ∂s_i/∂W_*) + ∂s_i/∂W_*", 26, "unknown_name"),
    ],
)
def test_bounds_that_cannot_be_read(text: str, column: int, wanted: str) -> None:
    """A sum that lacks something is refused at its place."""
    with pytest.raises(Unreadable) as raised:
        compare_matrices(CHAIN, text, UNROLLED)
    assert (column, wanted) == (raised.value.column, raised.value.wanted)


@pytest.mark.parametrize(
    "text",
    [
        "Σ_{i=1}^{9999999} Σ_{j=1}^{9999999} ds_1/dW*",
        "∂s_99999/∂W",
        "∂s_{k+k+k+k+k+k+k}/∂W",
        "Σ_{i=1}^{k} Σ_{j=1}^{k} " * 20 + "ds_1/dW*",
    ],
)
def test_what_would_take_long_is_for_a_person(text: str) -> None:
    """Huge bounds, indices and nests of sums are given up at once, not worked out."""
    found = compare_matrices(CHAIN, text, UNROLLED)
    assert found is not None
    assert found.reason == "undecided"


@pytest.mark.parametrize("text", ["S" + "^8" * 50, "tanh²(" * 40 + "S" + ")" * 40])
def test_powers_of_powers_are_refused(text: str) -> None:
    """A power is written out, so that a tower of them would never end."""
    with pytest.raises(Unreadable) as raised:
        compare_matrices("S", text, KNOWN)
    assert raised.value.wanted == "too_deep"
