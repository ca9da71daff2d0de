"""A configuration file as a tree in which every part knows where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a configuration, and where."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class ConfigError(Exception):
    """A configuration that cannot be used; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, number, boolean or null."""

    value: Any
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: list[Tree]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; `places` tells where each key stands."""

    parts: Mapping[str, Tree]
    places: Mapping[str, Place]
    place: Place


Tree: TypeAlias = Leaf | Items | Table


def read_tree(text: str, file: str) -> Table:
    """Return the tree of a YAML file, or of a TOML file (by its name).

    Raises:
        ConfigError: It is not well-formed, or its top is no mapping.
    """
    tree = _read_toml(text, file) if file.endswith(".toml") else _read_yaml(text, file)
    if isinstance(tree, Leaf) and tree.value is None:
        return Table({}, {}, tree.place)
    if not isinstance(tree, Table):
        raise ConfigError([Problem(tree.place, "a configuration is a mapping")])
    return tree


def plain(tree: Tree) -> Any:
    """Return a tree as plain data."""
    if isinstance(tree, Table):
        return {name: plain(part) for name, part in tree.parts.items()}
    return [plain(item) for item in tree.items] if isinstance(tree, Items) else tree.value


# --- YAML -------------------------------------------------------------------------------------------


def _read_yaml(text: str, file: str) -> Tree:
    try:
        yaml = import_module("yaml")
    except ImportError as reason:
        message = 'reading YAML needs the package PyYAML: pip install "dtl-lang[ai]", or write the same as TOML'
        raise ConfigError([Problem(Place(file, 1, 1), message)]) from reason
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        return Leaf(None, Place(file, 1, 1)) if node is None else _YamlReader(yaml, loader, file).read(node)
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        raise ConfigError([Problem(place, f"not YAML: {reason.problem or reason.context}")]) from None
    except yaml.YAMLError as reason:
        raise ConfigError([Problem(Place(file, 1, 1), f"not YAML: {str(reason).splitlines()[0]}")]) from None
    finally:
        loader.dispose()


class _YamlReader:
    """Turns PyYAML's nodes into a tree; an alias is its anchor's tree."""

    def __init__(self, yaml: Any, loader: Any, file: str) -> None:
        self.yaml = yaml
        self.loader = loader
        self.file = file
        self.seen: dict[int, Tree] = {}
        self.open: set[int] = set()

    def read(self, node: Any) -> Tree:
        """Return a node's tree.

        Raises:
            ConfigError: A key is there twice or no text, or a node holds itself.
        """
        known = self.seen.get(id(node))
        if known is not None:
            return known
        if id(node) in self.open:
            raise ConfigError([Problem(self.place(node), "this holds itself")])
        self.open.add(id(node))
        tree = self.seen[id(node)] = self._read(node)
        self.open.discard(id(node))
        return tree

    def _read(self, node: Any) -> Tree:
        if isinstance(node, self.yaml.SequenceNode):
            return Items([self.read(item) for item in node.value], self.place(node))
        if not isinstance(node, self.yaml.MappingNode):
            return Leaf(self.loader.construct_object(node), self.place(node))
        self.loader.flatten_mapping(node)
        parts: dict[str, Tree] = {}
        places: dict[str, Place] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, self.yaml.ScalarNode) else None
            if name is None:
                raise ConfigError([Problem(self.place(key), "a key must be a text")])
            if name in parts:
                raise ConfigError([Problem(self.place(key), f'"{name}" is here twice')])
            parts[name], places[name] = self.read(value), self.place(key)
        return Table(parts, places, self.place(node))

    def place(self, node: Any) -> Place:
        """Return where a node starts."""
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


# --- TOML -------------------------------------------------------------------------------------------


def _read_toml(text: str, file: str) -> Tree:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        at = re.search(r"\(at line (\d+), column (\d+)\)", str(reason))
        lines = text.splitlines()
        line, column = (int(at[1]), int(at[2])) if at else (len(lines), len(lines[-1]) + 1 if lines else 1)
        message = re.sub(r" \(at .*\)$", "", str(reason))
        raise ConfigError([Problem(Place(file, line, column), f"not TOML: {message}")]) from None
    return _toml_tree(data, (), _toml_places(text, file), Place(file, 1, 1))


def _toml_tree(value: Any, path: tuple[str, ...], places: dict[tuple[str, ...], Place], outer: Place) -> Tree:
    place = places.get(path, outer)
    if isinstance(value, dict):
        parts = {name: _toml_tree(part, (*path, name), places, place) for name, part in value.items()}
        return Table(parts, {name: places.get((*path, name), place) for name in parts}, place)
    if isinstance(value, list):
        return Items([_toml_tree(item, path, places, place) for item in value], place)
    return Leaf(value, place)


_HEADER = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]+\s*(?:#.*)?$")
_KEY = re.compile(r"(\s*)((?:\"[^\"]*\"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[\w-]+))*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def _toml_places(text: str, file: str) -> dict[tuple[str, ...], Place]:
    """Return where the keys of a well-formed file stand; those inside of inline tables are left out."""
    found: dict[tuple[str, ...], Place] = {}
    inside: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if (header := _HEADER.match(line)) is not None:
            inside = _parts(header.group(1))
            found.setdefault(inside, Place(file, number, line.index("[") + 1))
        elif (key := _KEY.match(line)) is not None:
            found.setdefault((*inside, *_parts(key.group(2))), Place(file, number, len(key.group(1)) + 1))
    return found


def _parts(name: str) -> tuple[str, ...]:
    return tuple(next(filter(None, match), "") for match in _PART.findall(name))
