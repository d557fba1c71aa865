"""Matrix formulas are compared by shape and value, however they are written."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from grader.algebra.matrices.equality import MatrixDifference, MatrixSymbols, compare_matrices
from grader.algebra.matrices.shapes import shown
from grader.algebra.unreadable import Unreadable

ONE = MatrixSymbols(
    (("x", ("1", "n")), ("W", ("n", "m")), ("dz", ("1", "m"))), (("dL/dz", "dz"), ("∂L/∂z", "dz"))
)
BATCH = MatrixSymbols(
    (("X", ("N", "n")), ("W", ("n", "m")), ("dZ", ("N", "m")), ("Z", ("N", "m"))),
    (("∂L/∂Z", "dZ"),),
    ("lam",),
    ("f", "g"),
)


@pytest.mark.parametrize(
    "text",
    [
        "x.T @ dz",
        "x^T dz",
        "x^t dz",
        "xᵀ·dz",
        "x⊤dz",
        "xT dz",
        "X^T dz",
        "transpose(x) dz",
        "np.transpose(x) @ dz",
        "np.dot(x.T, dz)",
        "np.matmul(x.T, dz)",
        "x.T.dot(dz)",
        "x.transpose().dot(dz)",
        "np.outer(x, dz)",
        "x.T * dz",
        "x^T * dL/dz",
        "x^{T} ∂L/∂z",
        "dL/dW = x^T dL/dz",
        "x^T dLdz",
        r"x^\top \frac{\partial L}{\partial z}",
        r"\mathbf{x}^{\mathsf{T}} \cdot dz",
        "(dz.T @ x).T",
        "(dz^T x)^T",
        "2x^T dz - x^T dz",
        "-(-x^T) dz",
        "x^T dz n/len(x^T)",
        "хᵀ dz",
    ],
)
def test_the_gradient_by_the_weights_in_every_form(text: str) -> None:
    """xᵀ ∂L/∂z on paper, in LaTeX and in numpy."""
    assert compare_matrices("x.T @ dz", text, ONE) is None


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("X.T @ dZ", "X^T ∂L/∂Z"),
        ("X.T @ dZ / N", "1/N X^T dZ"),
        ("X.T @ dZ / N", "X.T @ dZ / X.shape[0]"),
        ("X.T @ dZ / N", r"\frac{1}{N} X^T dZ"),
        ("X @ W", "X*W"),
        ("X @ W", "Z = XW"),
        ("np.sum(dZ, axis=0)", "dZ.sum(0)"),
        ("np.sum(dZ, axis=0)", "dZ.sum(axis=0, keepdims=True)"),
        ("np.sum(dZ, axis=0)", "N dZ.mean(axis=-2)"),
        ("np.sum(dZ, axis=0)", "np.sum(dZ.T, axis=1)"),
        ("dZ * g(Z)", "dZ ⊙ g(Z)"),
        ("dZ * g(Z)", r"g(Z) \odot dZ"),
        ("dZ * g(Z)", "np.multiply(dZ, g(Z))"),
        ("g(Z) * g(Z) * g(Z)", "g^3(Z)"),
        ("X.T @ (X @ W - Z) + lam * W", "X^T X W - X^T Z + lam W"),
        ("np.sum(dZ, axis=0)", "torch.sum(dZ, dim=0, keepdim=True)"),
        ("np.sum(dZ, axis=0)", "np.ones(N) @ dZ"),
        ("dZ * relu'(Z)", "dZ * (Z > 0)"),
        ("dZ * relu'(Z)", "(Z ≥ 0) ⊙ dZ"),
        ("relu(X @ W)", "np.maximum(0, X @ W)"),
        ("relu(X @ W)", r"\max(X W, 0)"),
        ("X.T @ dZ", "X.t() @ dZ"),
        ("X.T @ dZ", "X.mT @ dZ"),
        ("X.T @ dZ", "X.transpose(0, 1) @ dZ"),
        ("trace(X.T @ X)", "tr(X X^T)"),
        ("trace(X.T @ X)", r"\lVert X \rVert^2"),
        ("trace(X.T @ X)", "(X.T @ X).trace()"),
    ],
)
def test_batches_sums_and_elementwise_functions(expected: str, text: str) -> None:
    """Dimensions are scalars, sums run over axes, and unknown functions act on elements."""
    assert compare_matrices(expected, text, BATCH) is None


@pytest.mark.parametrize(
    ("expected", "text", "same"),
    [
        ("inv(X.T @ X + lam * eye(n)) @ X.T @ dZ", r"(X^T X + lam I)^{-1} X^T dZ", True),
        ("inv(X.T @ X + lam * eye(n)) @ X.T @ dZ", r"X^T (lam E + X X^T)^{-1} dZ", True),
        ("inv(X.T @ X + lam * eye(n)) @ X.T @ dZ", r"(X^T X + lam)^{-1} X^T dZ", False),
        ("inv(X.T @ X + lam * eye(n)) @ X.T @ dZ", r"(X^T X + lam I_m)^{-1} X^T dZ", False),
        ("X", "I_N X I_n", True),
        ("eye(n)", "2I - I", True),
        ("X", "I", False),
        ("trace(X.T @ X)", "tr(I)", False),
    ],
)
def test_an_identity_has_the_size_that_fits(expected: str, text: str, same: bool) -> None:
    """I and E are identities where nothing else is called so; their size is inferred."""
    assert same == (compare_matrices(expected, text, BATCH) is None)


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("-X^T dZ", MatrixDifference("factor", factor="-1")),
        ("2X^T dZ", MatrixDifference("factor", factor="2")),
        ("X^T dZ / 2", MatrixDifference("factor", factor="1/2")),
        ("X^T dZ / N", MatrixDifference("factor", factor="1/N")),
        ("-N X^T dZ", MatrixDifference("factor", factor="-N")),
        ("dZ^T X", MatrixDifference("transposed", yours="m × n", right="n × m")),
        ("X", MatrixDifference("shape", yours="N × n", right="n × m")),
        ("5", MatrixDifference("shape", yours="1 × 1", right="n × m")),
        ("W", MatrixDifference("different")),
        ("X^T dZ + W", MatrixDifference("different")),
        ("3 X^T dZ", MatrixDifference("different")),
        ("X^T dZ / 0", MatrixDifference("undecided")),
    ],
)
def test_what_kind_of_difference(text: str, difference: MatrixDifference) -> None:
    """A sign, a factor and a transposed result have names."""
    found = compare_matrices("X.T @ dZ", text, BATCH)
    assert found is not None
    assert difference == replace(found, witness=None)


@pytest.mark.parametrize(
    ("text", "column", "left", "right"),
    [
        ("X dZ", 3, ("X", "N × n"), ("dZ", "N × m")),
        ("dZ @ X.T", 6, ("dZ", "N × m"), ("X.T", "n × N")),
        ("X * dZ", 5, ("X", "N × n"), ("dZ", "N × m")),
        ("W + X^T", 5, ("W", "n × m"), ("X^T", "n × N")),
        ("2 (X^T + W) dZ", 10, ("X^T", "n × N"), ("W", "n × m")),
    ],
)
def test_shapes_that_do_not_fit_have_a_place(
    text: str, column: int, left: tuple[str, str], right: tuple[str, str]
) -> None:
    """The conflict names both parts as they were typed, with their shapes."""
    found = compare_matrices("X.T @ dZ", text, BATCH)
    assert found is not None
    assert found.conflict is not None
    conflict = found.conflict
    assert (column, left, right) == (
        conflict.column,
        (conflict.left_text, shown(conflict.left_shape)),
        (conflict.right_text, shown(conflict.right_shape)),
    )


@pytest.mark.parametrize(
    ("mistake", "text", "same"),
    [
        ("dz @ x.T", "dz x^T", True),
        ("x @ dz", "x dz", True),
        ("x @ dz", "x^T dz", False),
        ("x ⊙ dz", "x * dz", True),
        ("x ⊙ dz", "x dz", False),
        ("W.T @ x", "W^T x", True),
        ("x @ dz.T", "np.outer(x, dz)", True),
        ("x @ dz.T", "x.T @ dz", False),
        ("W @ x", "x W", False),
    ],
)
def test_an_expected_mistake_may_not_fit(mistake: str, text: str, same: bool) -> None:
    """Formulas whose shapes do not fit are compared with vectors as columns or with square matrices."""
    assert same == (compare_matrices(mistake, text, ONE) is None)


@pytest.mark.parametrize(
    ("text", "column", "wanted"),
    [
        ("", 1, "expression_expected"),
        ("X.T @", 6, "expression_expected"),
        ("X**9", 4, "transpose_expected"),
        ("X^(1/2)", 5, "operator_expected"),
        ("X @ Q", 5, "unknown_name"),
        ("np.dot(X)", 4, "argument_count"),
        ("(X", 3, "closing_bracket"),
        ("__import__('os')", 3, "unknown_name"),
        ("X.__class__", 2, "unknown_sign"),
        ("(" * 1900, 101, "too_deep"),
        ("-" * 1900, 102, "too_deep"),
        ("X" + ".T" * 999, 204, "too_deep"),
        ("X" * 110, 102, "too_deep"),
        ("f^{", 4, "small_power_expected"),
        ("f^", 3, "small_power_expected"),
        ("f^9(Z)", 3, "small_power_expected"),
        ("X[0]", 1, "unknown_name"),
        ("dZ * (Z > 1)", 11, "zero_expected"),
        ("dZ * (Z < 0)", 9, "operator_expected"),
        ("max(X, Z)", 1, "argument_count"),
        ("sum(X, axis=3)", 13, "axis_expected"),
        ("Σ X", 1, "bound_expected"),
        ("prod_{j}^n X", 1, "bound_expected"),
        ("sum(X, keepdims=", 17, "expression_expected"),
        ("sum(X, keepdims=X)", 17, "expression_expected"),
        ("X @ " * 2000, 4001, "too_long"),
    ],
)
def test_what_cannot_be_read_has_a_place(text: str, column: int, wanted: str) -> None:
    """Hostile and mistyped formulas alike are refused with column and code."""
    with pytest.raises(Unreadable) as raised:
        compare_matrices("X.T @ dZ", text, BATCH)
    assert wanted == raised.value.wanted
    if wanted != "too_deep":
        assert column == raised.value.column


def test_an_expected_formula_must_be_readable() -> None:
    """A slip of the author is no student's error."""
    with pytest.raises(ValueError, match="X @"):
        compare_matrices("X @", "X", BATCH)
