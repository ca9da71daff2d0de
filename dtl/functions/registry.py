"""Find functions: a folder per category, a file per function, imported only when its name is used."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Iterator

from dtl.data import data, fresh
from dtl.functions.function import Function

#: Categories whose functions VRL does not have.
DTL_CATEGORIES = frozenset({"ai", "collection"})


@data
class Registry:
    """Functions by name; a module is imported when its function is first asked for.

    Attributes:
        modules: The importable name of each function's module, by function name.
        aliases: Other names of functions, in dialect dtl.
    """

    modules: dict[str, str] = fresh(factory=dict)
    aliases: dict[str, str] = fresh(factory=dict)
    _loaded: dict[str, Function] = fresh(factory=dict)

    def get(self, name: str, dialect: str = "dtl") -> Function | None:
        """Return a function that the dialect has, or None."""
        if dialect != "vrl":
            name = self.aliases.get(name, name)
        found = self._loaded.get(name)
        if found is None:
            module = self.modules.get(name)
            if module is None:
                return None
            found = self._loaded[name] = _load(module, name)
        return found if dialect == "dtl" or found.dialect == "vrl" else None

    def add(self, function: Function) -> None:
        """Add a function that a host declares itself."""
        self._loaded[function.name] = function
        self.modules.setdefault(function.name, function.evaluate.__module__)

    def names(self, dialect: str = "dtl") -> list[str]:
        """Return the names a program of the dialect may use, sorted, without importing anything."""
        if dialect == "vrl":
            return sorted(name for name, module in self.modules.items() if module.split(".")[-2] not in DTL_CATEGORIES)
        return sorted({*self.modules, *self.aliases})

    def unloaded(self) -> list[str]:
        """Return the functions whose modules are not imported yet."""
        return [name for name in self.modules if name not in self._loaded]

    def __iter__(self) -> Iterator[Function]:
        """Load and give every function, by name."""
        for name in sorted(self.modules):
            found = self.get(name)
            if found is not None:
                yield found

    def merged(self, other: Registry) -> Registry:
        """Return a registry that also knows another's functions; the other's win."""
        return Registry(
            {**self.modules, **other.modules}, {**self.aliases, **other.aliases}, {**self._loaded, **other._loaded}
        )


def discover(folder: str | os.PathLike[str], package: str) -> Registry:
    """Return the functions of a folder: `folder/category/name.py` is `package.category.name`."""
    modules = {}
    for category in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if category.is_dir() and not category.name.startswith(("_", ".")):
            for file in os.scandir(category.path):
                if file.name.endswith(".py") and not file.name.startswith("_"):
                    modules[file.name[:-3]] = f"{package}.{category.name}.{file.name[:-3]}"
    return Registry(modules)


def _load(module_name: str, name: str) -> Function:
    module = importlib.import_module(module_name)
    for value in vars(module).values():
        if isinstance(value, Function) and value.name == name:
            return value
    raise ImportError(f"{module_name} declares no function {name!r}")


def near_misses(name: str, known: list[str], count: int = 1) -> list[str]:
    """Return the known names closest to one, by Levenshtein distance, earliest first."""
    if count == 1:
        near = nearest(name, known)
        return [near] if near is not None else []
    return sorted(known, key=lambda other: distance(name, other))[:count]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to one, the earliest of those."""
    near, least = None, sys.maxsize
    for other in known:
        if abs(len(other) - len(name)) < least and (found := distance(name, other, least)) < least:
            near, least = other, found
    return near


def distance(a: str, b: str, least: int = sys.maxsize) -> int:
    """Return the Levenshtein distance of two words; something not less than `least` where it is not less."""
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    b = b[shared:]
    row = list(range(len(b) + 1))
    for i, x in enumerate(a[shared:], 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], before if x == y else 1 + min(row[j], row[j - 1], before)
        if least <= min(row):
            return least
    return row[-1]
