"""Running the sources of one submission: statement by statement, cell by cell, each failing alone."""

from __future__ import annotations
import __future__

import ast
import linecache
import sys
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any, cast

from . import cells, parsing
from .repairing import Changes, File, Register, handlers_for, rewrite
from .repairs.python2 import looks_like_python3

Announce = Callable[[str, int], None]
MOST_REMARKS = 5
_LONGEST_MESSAGE = 500
_FLAGS = {name: getattr(__future__, name).compiler_flag for name in __future__.all_feature_names}
_RESERVED: set[str] = set(sys.stdlib_module_names)


def reserve(names: set[str]) -> None:
    """Say which top-level names are installed modules, which no source may shadow."""
    _RESERVED.update(names)


class Unit:
    """One source, as a module; `run` runs it once."""

    def __init__(self, source: dict[str, Any], course: Course) -> None:
        self.name: str = source["name"]
        self.cells: list[str] = [parsing.normal(text) for text in source["cells"]]
        self.stem = self.name.rpartition("/")[2].rpartition(".")[0]
        self.course = course
        self.is_notebook = source["kind"] != "script"
        self.module = ModuleType("__main__" if self.is_notebook else self.stem)
        self.module.__dict__.update(__file__=self.name, __package__=course.package)
        self.started = False
        self._failures = 0
        self._flags = 0

    @property
    def namespace(self) -> dict[str, Any]:
        """The module's variables."""
        return self.module.__dict__

    def run(self) -> None:
        """Run everything in order, once; what fails is remarked and costs only itself."""
        self.started = True
        self.enter()
        if self.is_notebook:
            sys.modules["__main__"] = self.module
            self._run_cells()
        else:
            if self.stem not in _RESERVED:
                sys.modules[self.stem] = self.module
            self._run_script()
        if self._failures > MOST_REMARKS:
            rest = str(self._failures - MOST_REMARKS)
            self.course.register.remark("more_failed", file=self.name, count=rest)

    def enter(self) -> None:
        """Let magics work on this source."""
        self.course.shell.enter(self.module, self.ignored, self.run_text)

    def _run_script(self) -> None:
        parsed = self._parse("\n".join(self.cells), self.name)
        file = File(self.name, parsed.text, [parsed.tree], self._divides_integers([parsed]))
        tree = self._rewritten(parsed.tree, file)
        for index, statement in enumerate(tree.body):
            self._run_statement(index, statement)

    def _run_statement(self, index: int, statement: ast.stmt) -> None:
        if index and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            return
        if not _is_declaration(statement):
            if (self.name, index) in self.course.skip:
                return
            self.course.begin(self.name, index)
        error = self._run([statement], self.name)
        if error is not None:
            line = str(_line_in(error, self.name) or statement.lineno)
            self._fail("statement_failed", error, file=self.name, line=line)

    def _run_cells(self) -> None:
        register = self.course.register
        texts = [self.course.shell.python_of(text) for text in self.cells]
        names = [f"{self.name}, cell {index + 1}" for index in range(len(texts))]
        parsed = [self._parse(text, name) for text, name in zip(texts, names, strict=True)]
        file = File(
            self.name,
            "\n".join(cell.text for cell in parsed),
            [cell.tree for cell in parsed],
            self._divides_integers(parsed),
        )
        changes = handlers_for(file, register)
        for index, cell in enumerate(parsed):
            file.name = names[index]
            if cell.tree.body and (self.name, index) not in self.course.skip:
                tree = _changed(cell.tree, changes)
                self.course.begin(self.name, index)
                self._run_cell(index, tree, names[index])

    def _run_cell(self, index: int, tree: ast.Module, name: str) -> None:
        """Run a cell up to its first failure; a library that is not installed does not end it."""
        for group in _groups(tree.body):
            error = self._run(group, name)
            if error is not None:
                self._fail("cell_failed", error, file=self.name, cell=str(index + 1))
                if not (
                    isinstance(error, ImportError) and isinstance(group[0], (ast.Import, ast.ImportFrom))
                ):
                    return

    def ignored(self, what: str) -> None:
        """Remark that a command for the system's shell was not run."""
        self.course.register.remark_once("shell_ignored", file=self.name, what=what)

    def run_text(self, text: str, namespace: dict[str, Any]) -> None:
        """Run a text that a magic was given, in the cell's place; raises what it raises."""
        tree = ast.parse(self.course.shell.python_of(text))
        file = File(self.name, text, [tree])
        exec(self._compiled(self._rewritten(tree, file).body, self.name), namespace)

    def _parse(self, text: str, name: str) -> parsing.Parsed:
        register = self.course.register
        register.files.add(name)
        parsed = parsing.parse(text, "python2" in register.active, self.course.shell.python_of)
        lines = [f"{line}\n" for line in parsed.text.split("\n")]
        linecache.cache[name] = (len(parsed.text), None, lines, name)
        for what in parsed.mended:
            register.note("python2", what)
        for line, message in parsed.faults:
            self._failures += 1
            if self._failures <= MOST_REMARKS:
                register.remark("syntax_error", file=name, line=str(line), message=message)
        return parsed

    def _divides_integers(self, parsed: list[parsing.Parsed]) -> bool:
        """A file is Python 2 if most of it had to be translated and nothing in it is Python 3 only."""
        translated = sum(cell.python2 for cell in parsed)
        current = sum("print(" in cell.text for cell in parsed if not cell.python2)
        return 0 < translated >= current and not any(map(looks_like_python3, self.cells))

    def _rewritten(self, tree: ast.Module, file: File) -> ast.Module:
        return _changed(tree, handlers_for(file, self.course.register))

    def _compiled(self, statements: list[ast.stmt], name: str) -> CodeType:
        for statement in statements:
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                self._flags |= sum(_FLAGS.get(alias.name, 0) for alias in statement.names)
        tree = ast.Module(statements, [])
        return cast("CodeType", compile(tree, name, "exec", flags=self._flags, dont_inherit=True))

    def _run(self, statements: list[ast.stmt], name: str) -> BaseException | None:
        try:
            exec(self._compiled(statements, name), self.namespace)
        except BaseException as error:  # noqa: BLE001 - whatever a student's statement raises costs only it
            return error
        return None

    def _fail(self, code: str, error: BaseException, **place: str) -> None:
        self._failures += 1
        if self._failures <= MOST_REMARKS:
            kind, message = type(error).__name__, message_of(error)
            self.course.register.remark(code, **place, kind=kind, message=message)


class Course:
    """The sources of one submission, importing each other."""

    def __init__(
        self,
        sources: list[dict[str, Any]],
        register: Register,
        skip: set[tuple[str, int]],
        announce: Announce,
        shell: cells.Cells,
        package: str,
    ) -> None:
        self.register = register
        self.skip = skip
        self.shell = shell
        self.package = package
        self._announce = announce
        self._running: Unit | None = None
        self._current: tuple[str, int] | None = None
        self.units = [
            Unit(source, self) for source in sources if source["kind"] != "sheet" or source["cells"]
        ]

    def run(self) -> None:
        """Run every source that has not been run."""
        for unit in self.units:
            if not unit.started:
                self._run(unit)

    def _run(self, unit: Unit) -> None:
        outer, self._running = self._running, unit
        current = self._current
        unit.run()
        self._running = outer
        if outer is not None:
            outer.enter()
            if current is not None and current != self._current:
                self.begin(*current)

    def begin(self, file: str, index: int) -> None:
        """Tell that a statement or cell is about to run."""
        self._current = (file, index)
        self._announce(file, index)

    def sibling(self, stem: str) -> ModuleType | None:
        """Give the script of that name as a module, run by now, or None if there is none."""
        for unit in self.units:
            if unit.stem == stem and not unit.is_notebook:
                if not unit.started:
                    self._run(unit)
                return unit.module
        return None


def message_of(error: BaseException) -> str:
    """Give what an exception says, cut to a decent length; never raises."""
    try:
        return str(error)[:_LONGEST_MESSAGE]
    except BaseException:  # noqa: BLE001 - a student's own __str__ may raise anything
        return ""


def _line_in(error: BaseException, name: str) -> int:
    line = 0
    place = error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == name and not line:
            line = place.tb_lineno
        place = place.tb_next
    if not line and isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno or 0
    return line


def _changed(tree: ast.Module, changes: Changes) -> ast.Module:
    try:
        rewrite(tree, changes)
    except RecursionError:  # nested too deep for us; what was not reached runs as it stands
        return tree
    return tree


def _is_declaration(statement: ast.stmt) -> bool:
    """Statements that cannot take long: definitions, imports, plain constants and tables of them."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return not statement.decorator_list
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return True
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Name) for target in statement.targets) and _is_literal(
            statement.value
        )
    return isinstance(statement, ast.Expr) and _is_literal(statement.value)


def _is_literal(value: ast.expr) -> bool:
    """Whether it is written out: nothing in it runs code of anybody."""
    left: list[ast.expr | None] = [value]
    while left:
        node = left.pop()
        if isinstance(node, (ast.List, ast.Tuple)):
            left += node.elts
        elif isinstance(node, ast.Dict):
            left += [*node.keys, *node.values]
        elif isinstance(node, ast.UnaryOp):
            left.append(node.operand)
        elif not isinstance(node, ast.Constant):
            return False
    return True


def _groups(statements: list[ast.stmt]) -> list[list[ast.stmt]]:
    """Imports alone, everything between them together."""
    groups: list[list[ast.stmt]] = []
    for statement in statements:
        alone = isinstance(statement, (ast.Import, ast.ImportFrom))
        if alone or not groups or isinstance(groups[-1][0], (ast.Import, ast.ImportFrom)):
            groups.append([])
        groups[-1].append(statement)
    return groups
