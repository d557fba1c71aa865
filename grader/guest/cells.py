"""Notebook cells through IPython's shell, in this process: magics do no harm, nothing is displayed or kept."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell

from .repairs.plotting import pylab_names
from .stand_ins import Harmless

_RUNNING = frozenset({"time", "timeit", "prun", "capture"})
_SHELL = frozenset(
    {
        "bash",
        "sh",
        "script",
        "system",
        "sx",
        "cmd",
        "perl",
        "ruby",
        "pip",
        "conda",
        "mamba",
        "writefile",
        "file",
    }
)
_LONGEST = 80


RunText = Callable[[str, dict[str, Any]], None]


class _Silent(DisplayFormatter):
    """Computes no representation."""

    def format(
        self, obj: Any, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return {}, {}


class _Nowhere(DisplayPublisher):
    """Publishes nothing."""

    def publish(self, *arguments: Any, **keywords: Any) -> None:
        return

    def clear_output(self, wait: bool = False) -> None:
        return


class Cells(InteractiveShell):
    """The shell that cells believe they run in: no history, no files, no colours, no commands."""

    display_pub_class = _Nowhere
    ignored: Callable[[str], None] = staticmethod(lambda what: None)
    run_text: RunText = staticmethod(lambda text, namespace: None)

    def _nothing(self, *arguments: Any, **keywords: Any) -> None:
        return

    init_profile_dir = init_sys_modules = init_history = init_virtualenv = init_prompts = _nothing
    init_magics = init_alias = init_logstart = init_pdb = init_completer = init_syntax_highlighting = _nothing
    init_traceback_handlers = init_extension_manager = init_displayhook = atexit_operations = _nothing
    showtraceback = showsyntaxerror = enable_gui = enable_matplotlib = enable_pylab = _nothing
    register_magics = set_custom_exc = set_next_input = _nothing

    def init_display_formatter(self) -> None:
        """Display nothing."""
        self.display_formatter = _Silent(parent=self)

    def register_magic_function(  # type: ignore[override]  # the original has no signature
        self, func: Any, *arguments: Any, **keywords: Any
    ) -> None:
        """Know no magics of the student's own."""

    def enter(self, module: ModuleType, ignored: Callable[[str], None], run_text: RunText) -> None:
        """Make `module` the one that magics see; `ignored` hears of commands that were not run."""
        self.user_module = module
        self.user_ns = module.__dict__
        self.ignored = ignored
        self.run_text = run_text

    def system(self, cmd: str) -> None:
        """Do not run a command."""
        self.ignored(f"!{cmd}"[:_LONGEST])

    system_raw = system_piped = system

    def getoutput(self, cmd: str, *arguments: Any, **keywords: Any) -> list[str]:
        """Do not run a command; its output is empty."""
        self.ignored(f"!{cmd}"[:_LONGEST])
        return []

    def run_line_magic(self, magic_name: str, line: str, *arguments: Any, **keywords: Any) -> Any:
        """Run what a magic line times; ignore all other magics."""
        name = magic_name.lstrip("%")
        if name in _RUNNING:
            self.run_text(_without_options(line), self.user_ns)
        elif name == "pylab":
            self.user_ns.update(pylab_names(Harmless(lambda: None)))
        elif name in _SHELL:
            self.ignored(f"%{name} {line}".strip()[:_LONGEST])
            return [] if name == "sx" else None
        return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run what a cell magic times; ignore all other magics."""
        name = magic_name.lstrip("%")
        if name in _RUNNING:
            self.run_text(cell, self.user_ns)
        elif name in _SHELL:
            self.ignored(f"%%{name} {line}".strip()[:_LONGEST])

    def magic(self, arg_s: str) -> Any:
        """Do as `run_line_magic`, for old code."""
        name, _, line = arg_s.partition(" ")
        return self.run_line_magic(name, line)

    def run_cell(self, raw_cell: str, *arguments: Any, **keywords: Any) -> None:
        """Run a text as a cell."""
        self.run_text(raw_cell, self.user_ns)

    def python_of(self, text: str) -> str:
        """Give a cell without IPython's own syntax, with its lines where they were."""
        first = text.lstrip()
        if first.startswith("%%"):
            return self._python_of_magic(first, text.count("\n", 0, len(text) - len(first)))
        text = _INSTALLING.sub(r"%\1", _TIMED.sub(r"\1\2", text))
        if not _SPECIAL.search(text):
            return text
        try:  # the shell's own `transform_cell` would also look at its variables
            return str(self.input_transformer_manager.transform_cell(text))
        except Exception:  # noqa: BLE001 - on broken text the transformers raise whatever; parsing will name the place
            return text

    def _python_of_magic(self, text: str, before: int) -> str:
        head, _, body = text.partition("\n")
        name, _, line = head[2:].strip().partition(" ")
        if name not in _RUNNING:
            self.run_cell_magic(name, line, body)
            return ""
        setup = _without_options(line) if name in ("timeit", "time", "prun") else ""
        return "\n" * before + (self.python_of(setup) if setup else "") + "\n" + self.python_of(body)


_OPTIONS = r"(?:--?[a-zA-Z][\w-]*[ \t]*(?:\d+[ \t]+)?)*"
_TIMED = re.compile(rf"^([ \t]*)%(?:time|timeit|prun)[ \t]+{_OPTIONS}(?=[^\s-])([^\n]+)", re.MULTILINE)
_INSTALLING = re.compile(r"^((?:pip|conda)[ \t]+install\b)", re.MULTILINE)
_SPECIAL = re.compile(r"^[ \t]*(?:[%!?,;/]|>>>|\.\.\.|In \[)|=[ \t]*[%!]|\?[ \t]*$|\A\s*[ \t]", re.MULTILINE)


def _without_options(line: str) -> str:
    return re.sub(rf"\A\s*{_OPTIONS}", "", line).strip()


def _run_nothing(*arguments: Any, **keywords: Any) -> None:
    return


def new_shell() -> Cells:
    """Make the shell that `get_ipython()` gives from now on; writes and reads no files."""
    shell: Cells = Cells.instance(ipython_dir="", colors="nocolor")
    sys.displayhook = _run_nothing
    return shell
