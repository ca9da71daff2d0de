"""Walking trees and rebuilding them, derived from the nodes' fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeAlias

from dtl.source import Span
from dtl.syntax import nodes

Node: TypeAlias = Any  # any class of dtl.syntax.nodes

# Fields whose annotation names only these hold no node.
_PLAIN = frozenset(("Span", "str", "int", "float", "bool", "None"))


@cache
def parts(kind: type) -> tuple[str, ...]:
    """Return the names of a node class's fields that hold nodes, in order."""
    return tuple(
        field.name
        for field in fields(kind)
        if not {word.strip() for word in str(field.type).split("|")} <= _PLAIN and field.name != "span"
    )


@cache
def places(kind: type) -> tuple[str, ...]:
    """Return the names of a node class's fields that hold a place in the source."""
    return tuple(
        field.name
        for field in fields(kind)
        if "Span" in str(field.type) or field.name.endswith("_end")
    )


def children(node: Node) -> list[Node]:
    """Return the nodes right below a node, in source order."""
    found: list[Node] = []
    for part in parts(type(node)):
        _collect(getattr(node, part), found)
    return found


def _collect(value: Any, found: list[Node]) -> None:
    """Add the nodes in a field's value to a list."""
    if isinstance(value, tuple):
        for item in value:
            _collect(item, found)
    elif value is not None:
        found.append(value)


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all below it, each before what is in it."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return a node with another in the place of each right below it; the same node if none changes."""
    changed: dict[str, Any] = {}
    for part in parts(type(node)):
        value = getattr(node, part)
        new = _rebuild_value(value, change)
        if new is not value:
            changed[part] = new
    return replace(node, **changed) if changed else node


def _rebuild_value(value: Any, change: Callable[[Node], Node]) -> Any:
    """Change the nodes in a field's value."""
    if isinstance(value, tuple):
        items = tuple(_rebuild_value(item, change) for item in value)
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    return value if value is None else change(value)


def shift(node: Node, by: int) -> Node:
    """Return a copy of a tree that lies some characters further on in its text."""
    if not by:
        return node
    return _shifted(node, by)


def _shifted(value: Any, by: int) -> Any:
    """Copy a field's value, moved."""
    kind = type(value)
    if kind is tuple:
        return tuple([_shifted(item, by) for item in value])
    if value is None:
        return None
    steps = _copying(kind)
    return kind(*[step(getattr(value, name), by) for name, step in steps])


@cache
def _copying(kind: type) -> tuple[tuple[str, Callable[[Any, int], Any]], ...]:
    """Return how each field of a node class is moved."""
    steps: list[tuple[str, Callable[[Any, int], Any]]] = []
    for field in fields(kind):
        if field.name in parts(kind):
            steps.append((field.name, _shifted))
        elif field.name in places(kind):
            steps.append((field.name, _moved))
        else:
            steps.append((field.name, _kept))
    return tuple(steps)


def _moved(place: Span | int | None, by: int) -> Span | int | None:
    """Move a span or an offset."""
    if isinstance(place, tuple):
        return Span(place[0] + by, place[1] + by)
    return None if place is None else place + by


def _kept(value: Any, _: int) -> Any:
    """Keep what is no place."""
    return value


def path_to(root: Node, offset: int) -> list[Node]:
    """Return the nodes around an offset, the outermost first; a node's end counts as in it.

    Where two touch, the one that begins at the offset is taken.
    """
    trail = [root]
    while True:
        inner = [child for child in children(trail[-1]) if child.span.start <= offset <= child.span.end]
        if not inner:
            return trail
        trail.append(inner[-1])


def node_at(root: Node, offset: int) -> Node:
    """Return the innermost node around an offset."""
    return path_to(root, offset)[-1]
