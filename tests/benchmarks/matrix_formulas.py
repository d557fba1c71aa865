"""Agreement with labelled pairs of matrix formulas, and the time of a comparison with both sides read.

    .venv/bin/python tests/benchmarks/matrix_formulas.py FOLDER/generated_matrix.jsonl

A row holds `student`, `reference`, `expected` (whether they are equal) and a `note` with the shapes.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.algebra.matrices import equality
from grader.algebra.matrices.equality import MatrixSymbols, compare_matrices
from grader.algebra.unreadable import Unreadable

FUNCTIONS = ("f", "g")


def symbols_of(row: Mapping[str, Any]) -> MatrixSymbols:
    """What the formulas of a row are made of, from its note."""
    found = re.search(r"shapes (\{.*?\});", row["note"])
    shapes = json.loads(found[1]) if found else {}
    named = {
        name: tuple("1" if size == "x1" else size for size in shape)
        for name, shape in shapes.items()
        if shape[0]
    }
    scalars = tuple(name for name, shape in shapes.items() if not shape[0])
    return MatrixSymbols(tuple(named.items()), scalars=scalars, functions=FUNCTIONS)  # type: ignore[arg-type] - pairs


def judged(row: Mapping[str, Any]) -> tuple[bool | None, float]:
    """Whether the formulas of a row are equal (None: unreadable or undecided), and milliseconds, nothing kept."""
    symbols = symbols_of(row)
    for cache in (equality._readings, equality._reference, equality._settled, equality._answered):
        cache.cache_clear()
    start = time.perf_counter()
    try:
        found = compare_matrices(row["reference"], row["student"], symbols, explain=False)
    except Unreadable:
        return None, (time.perf_counter() - start) * 1000
    verdict = None if found is not None and found.reason == "undecided" else found is None
    return verdict, (time.perf_counter() - start) * 1000


def main() -> None:
    """Print agreement, false accepts, false rejects, undecided, median and 99th percentile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    rows = [json.loads(line) for line in parser.parse_args().rows.read_text("utf-8").splitlines()]
    judged(rows[0])
    found = [(row, *judged(row)) for row in rows]
    accepts = [row["id"] for row, verdict, _ in found if verdict is True and not row["expected"]]
    rejects = [row["id"] for row, verdict, _ in found if verdict is False and row["expected"]]
    undecided = [row["id"] for row, verdict, _ in found if verdict is None]
    times = sorted(elapsed for _, _, elapsed in found)
    agreeing = len(rows) - len(accepts) - len(rejects) - len(undecided)
    print(
        f"{agreeing} of {len(rows)} agree; false accepts {accepts}, false rejects {rejects}, none {undecided}"
    )
    print(f"median {statistics.median(times):.2f} ms, 99th percentile {times[int(0.99 * len(times))]:.2f} ms")


if __name__ == "__main__":
    main()
