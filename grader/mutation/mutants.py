"""Mutants of one function or of one table of constants, each with its change as a diff."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from grader.mutation.rules import Path, changes, places, replaced, touched


@dataclass(frozen=True)
class Mutant:
    """One change.

    name      dotted name of what is changed, from the root of the course: `reference.convolution.framed`
    line      where, in the file
    before    the lines that go, as Python writes them; `after`, those that come
    source    the whole definition, changed
    """

    name: str
    line: int
    before: str
    after: str
    source: str
    _original: ast.stmt = field(compare=False, repr=False)
    _path: Path = field(compare=False, repr=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What a mutant is known by, whatever else changes in its file."""
        return self.name, self.before, self.after

    @property
    def diff(self) -> str:
        """The change, a line each, with `-` and `+`."""
        gone = [f"- {line}" for line in self.before.splitlines()]
        return "\n".join(gone + [f"+ {line}" for line in self.after.splitlines()])

    def poisoned(self) -> Iterator[str]:
        """The definition with `...` in the place of an expression around the change: what depends on it must fail.

        From the change outwards.
        """
        nodes = dict(places(self._original))
        for length in range(len(self._path), 0, -1):
            if isinstance(nodes.get(self._path[:length]), ast.expr):
                changed = replaced(self._original, self._path[:length], ast.Constant(...))
                yield ast.unparse(ast.fix_missing_locations(changed))


def mutants_of(name: str, definition: ast.stmt, skipped: frozenset[int] = frozenset()) -> list[Mutant]:
    """Mutants of a function, or of an assignment of constants; none on the lines `skipped`."""
    tree = bare(definition)
    original, lines = ast.unparse(tree), _lines(tree)
    found: dict[str, Mutant] = {}
    for path, node in places(tree):
        line = getattr(node, "lineno", definition.lineno)
        if line in skipped:
            continue
        for changed in changes(node):
            new = ast.fix_missing_locations(replaced(tree, path, changed))
            source = ast.unparse(new)
            if source != original and source not in found and _compiles(source):
                inner = (*path, *touched(node, changed))
                found[source] = Mutant(name, line, *_difference(lines, _lines(new)), source, tree, inner)
    return list(found.values())


def bare(definition: ast.stmt) -> ast.stmt:
    """A definition without its decorators and its docstring."""
    if not isinstance(definition, ast.FunctionDef):
        return definition
    body = definition.body[ast.get_docstring(definition) is not None :] or [ast.Pass()]
    return ast.FunctionDef(
        definition.name,
        definition.args,
        body,
        [],
        None,
        lineno=definition.lineno,
        col_offset=definition.col_offset,
    )


def _compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _lines(tree: ast.AST) -> list[str]:
    """The source of a definition by lines; a table has a line for each entry."""
    if isinstance(tree, ast.Assign) and isinstance(tree.value, ast.Dict):
        pairs = zip(tree.value.keys, tree.value.values, strict=True)
        return [f"{ast.unparse(key) if key else '**'}: {ast.unparse(value)}" for key, value in pairs]
    return ast.unparse(tree).splitlines()


def _difference(old: list[str], new: list[str]) -> tuple[str, str]:
    """The lines that differ, without indentation."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    gone = [line.strip() for _, start, end, _, _ in changed for line in old[start:end]]
    come = [line.strip() for _, _, _, start, end in changed for line in new[start:end]]
    return "\n".join(gone), "\n".join(come)
