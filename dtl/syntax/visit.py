"""Walking trees and rebuilding them, derived from the nodes' fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeAlias

from dtl.source import Span

Node: TypeAlias = Any  # any class of dtl.syntax.nodes

# Fields whose annotation names only these hold no node.
_PLAIN = frozenset(("Span", "str", "int", "float", "bool", "None"))


@cache
def parts(kind: type) -> tuple[str, ...]:
    """Return the names of a node class's fields that hold nodes, in the order of the source."""
    found = tuple(
        field.name
        for field in fields(kind)
        if not {word.strip() for word in str(field.type).split("|")} <= _PLAIN and field.name != "span"
    )
    return ("left", "operator", "right") if "left" in found else found


@cache
def places(kind: type) -> tuple[str, ...]:
    """Return the names of a node class's fields that hold a place in the source."""
    return tuple(field.name for field in fields(kind) if "Span" in str(field.type) or field.name.endswith("_end"))


def children(node: Node) -> list[Node]:
    """Return the nodes right below a node, in source order."""
    found: list[Node] = []
    for part in parts(node.__class__):
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
    for part in parts(node.__class__):
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
    return _copier(node.__class__)(node, by) if by else node


def _shift_value(value: Any, by: int) -> Any:
    """Copy a field's value, moved."""
    if value is None:
        return None
    if type(value) is tuple:
        return tuple([_shift_value(item, by) for item in value])
    return _copier(value.__class__)(value, by)


def _shift_place(place: Span | int | None, by: int) -> Span | int | None:
    """Move a span or an offset."""
    if isinstance(place, tuple):
        return Span(place[0] + by, place[1] + by)
    return None if place is None else place + by


@cache
def _copier(kind: type) -> Callable[[Node, int], Node]:
    """Return the function that copies nodes of a class, moved.

    It is compiled from text, one expression with every field in its place, since an editor moves thousands of nodes
    at a keystroke and a loop over the fields takes three times as long.
    """
    values: list[str] = []
    for field in fields(kind):
        name, annotation = field.name, str(field.type)
        if name in parts(kind):
            if annotation.startswith("tuple[tuple"):
                value = f"move(node.{name}, by)"
            elif annotation.startswith("tuple["):
                value = f"tuple([of(item.__class__)(item, by) for item in node.{name}])"
            elif "None" in annotation:
                value = f"move(node.{name}, by)"
            else:
                value = f"of(node.{name}.__class__)(node.{name}, by)"
        elif name in places(kind):
            value = f"place(node.{name}, by)"
            if annotation == "Span":
                value = f"new(Span, (node.{name}[0] + by, node.{name}[1] + by))"
        else:
            value = f"node.{name}"
        values.append(value)
    scope = {"kind": kind, "Span": Span, "new": tuple.__new__, "of": _copier}
    scope |= {"move": _shift_value, "place": _shift_place}
    copy: Callable[[Node, int], Node] = eval(f"lambda node, by: kind({', '.join(values)})", scope)
    return copy


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
