"""Objects and modules that stand in for what is not here: harmless ones, and ones that say what is missing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

Note = Callable[[], None]


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


class Harmless:
    """Accepts whatever is done to it, and nothing comes of it."""

    __array_ufunc__ = None  # so that arithmetic with an array comes to us
    __slots__ = ("_note",)
    _note: Note

    def __init__(self, note: Note) -> None:
        object.__setattr__(self, "_note", note)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Give itself, or the one function it is used to decorate."""
        self._note()
        if len(arguments) == 1 and not keywords and type(arguments[0]) is FunctionType:
            return arguments[0]
        return self

    def __getattr__(self, name: str) -> Any:
        return harmless_attribute(name, self._note)

    def __setattr__(self, name: str, value: Any) -> None:
        return

    def __delattr__(self, name: str) -> None:
        return

    def __getitem__(self, key: Any) -> Any:
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        return

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __contains__(self, item: Any) -> bool:
        return False

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def __float__(self) -> float:
        return 0.0

    def __int__(self) -> int:
        return 0

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()


def _same(self: Harmless, *others: Any) -> Harmless:
    return self


_BINARY = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift",
)  # fmt: skip
for _operation in _BINARY:
    for _prefix in ("", "r"):
        setattr(Harmless, f"__{_prefix}{_operation}__", _same)
for _operation in ("neg", "pos", "abs", "invert"):
    setattr(Harmless, f"__{_operation}__", _same)


def _axes(item: Harmless, nrows: int = 1, ncols: int = 1, *, squeeze: bool = True, **rest: Any) -> Any:
    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(axes.shape):
        axes[place] = item
    if not squeeze:
        return axes
    return item if axes.size == 1 else axes.squeeze()


def _subplots(item: Harmless, *arguments: Any, **keywords: Any) -> Any:
    return item, _axes(item, *arguments[:2], **keywords)


_RESULTS: dict[str, Callable[..., Any]] = {
    "subplots": _subplots,
    "plot": lambda item, *arguments, **keywords: [item],
    "hist": lambda item, *arguments, **keywords: (item, item, item),
    "hist2d": lambda item, *arguments, **keywords: (item, item, item, item),
    "pie": lambda item, *arguments, **keywords: (item, item),
    "get_legend_handles_labels": lambda item, *arguments, **keywords: ([], []),
    **{
        name: lambda item, *arguments, **keywords: (0.0, 1.0)
        for name in ("xlim", "ylim", "get_xlim", "get_ylim")
    },
}


def harmless_attribute(name: str, note: Note) -> Any:
    """Give what a harmless object or module has under `name`. Raises AttributeError for special names."""
    if _is_special(name):
        raise AttributeError(name)
    item = Harmless(note)
    if name not in _RESULTS:
        return item

    def result(*arguments: Any, **keywords: Any) -> Any:
        note()
        return _RESULTS[name](item, *arguments, **keywords)

    return result


class Absent:
    """Something from a module that is not here: using it says so."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def _refuse(self, *arguments: Any, **keywords: Any) -> Any:
        raise ModuleNotFoundError(
            f"{self._name} cannot be used: the helper module {self._module!r} was not handed in",
            name=self._module,
        )

    __call__ = __iter__ = __getitem__ = __len__ = __enter__ = _refuse

    def __exit__(self, *error: object) -> None:
        return

    def __getattr__(self, name: str) -> Any:
        if _is_special(name):
            raise AttributeError(name)
        return Absent(self._module, f"{self._name}.{name}")

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()


class StandInModule(ModuleType):
    """A module that has every attribute; a star import gives only what it was filled with."""

    def __init__(self, name: str, attribute: Callable[[str], Any], contents: Mapping[str, Any]) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__dict__.update(contents)
        self.__dict__["__all__"] = list(contents)
        self.__dict__["__version__"] = "0"
        self.__dict__["_attribute"] = attribute

    def __getattr__(self, name: str) -> Any:
        if _is_special(name):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return self.__dict__["_attribute"](name)


def harmless_module(name: str, note: Note, contents: Mapping[str, Any] | None = None) -> StandInModule:
    """Give a module all of whose attributes are harmless, but for its `contents`."""
    return StandInModule(name, lambda attribute: harmless_attribute(attribute, note), contents or {})


def absent_module(name: str, find: Callable[[str], Any]) -> StandInModule:
    """Give a module whose attributes are what `find` finds, or say, when used, that it was not handed in."""

    def attribute(wanted: str) -> Any:
        found = find(wanted)
        return Absent(name, wanted) if found is None else found

    return StandInModule(name, attribute, {})


def package_module(name: str) -> StandInModule:
    """Give a module that has nothing in it but the modules below it."""

    def attribute(wanted: str) -> Any:
        raise AttributeError(f"module {name!r} has no attribute {wanted!r}")

    return StandInModule(name, attribute, {})


class Finder(MetaPathFinder, Loader):
    """Answers imports with modules made by `make`, which gives None for what is none of its business."""

    def __init__(self, make: Callable[[str], ModuleType | None]) -> None:
        self._make = make

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Offer to import `fullname` if there is a module for it."""
        module = self._make(fullname)
        if module is None:
            return None
        spec = ModuleSpec(fullname, self, is_package=True)
        spec.loader_state = module
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Give the module that was made."""
        return spec.loader_state  # type: ignore[no-any-return]

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is left to run."""


def is_foreign(fullname: str) -> bool:
    """Tell whether a dotted name lies inside a module that really exists."""
    parent = sys.modules.get(fullname.rpartition(".")[0])
    return parent is not None and not isinstance(parent, StandInModule)
