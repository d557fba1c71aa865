"""What students fill in at home: the statements, and functions that are begun, as a notebook or as a script."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.papers.paper import Asked, Paper
from grader.papers.sheets import Cell, book, cells

Signatures = Mapping[str, str]
"""Function that students write → its arguments."""


def notebook(paper: Paper, signatures: Signatures) -> str:
    """A notebook."""
    return book(_cells(paper, signatures))


def script(paper: Paper, signatures: Signatures) -> str:
    """A script whose statements are comments, cut into cells that editors know (`# %%`)."""
    pieces = []
    for cell in _cells(paper, signatures):
        if cell["cell_type"] == "code":
            pieces.append(f"# %%\n{cell['source']}")
        elif cell["metadata"]:
            lines = (f"# {line}".rstrip() for line in cell["source"].splitlines())
            pieces.append("\n".join(["# %% [markdown]", *lines, ""]))
        else:  # prose goes into a variable here
            name = cell["source"].split()[-1]
            pieces.append(f'# %%\n{name} = """\n"""\n')
    return "\n".join(pieces)


def _cells(paper: Paper, signatures: Signatures) -> list[Cell]:
    return cells(paper, paper.words.say("kit.how"), _begun(signatures))


def _begun(signatures: Signatures) -> Callable[[Asked], str]:
    return lambda part: f"def {part.name}({signatures.get(part.name, '')}):\n    raise NotImplementedError\n"
