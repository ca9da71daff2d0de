"""Walk and rebuild the HIR from its nodes' fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any, get_args

from dtl.functions.function import Effect
from dtl.hir.nodes import Call, Closure, Hir, Invoke, UserFunction


@cache
def _child_fields(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields that may hold nodes."""
    plain = {
        "span",
        "type",
        "fallible",
        "place",
        "slots",
        "shadowed",
        "path",
        "kinds",
        "default",
        "operator",
        "raw",
        "slot",
        "name",
        "asks",
        "once",
    }
    return tuple(field.name for field in fields(kind) if field.name not in plain)


def _class(node: Any) -> Any:
    return type(node)


_NODES = frozenset((*get_args(Hir), Closure))


def _is_node(value: Any) -> bool:
    return type(value) in _NODES


def children(node: Hir | Closure) -> Iterator[Any]:
    """Give a node's direct children in evaluation order; a closure is the child of its call."""
    if isinstance(node, Call):
        for index in node.order:
            argument = node.arguments[index]
            if argument is not None:
                yield argument
        if node.closure is not None:
            yield node.closure
        return
    for name in _child_fields(_class(node)):
        value = getattr(node, name)
        if isinstance(value, tuple):
            for item in value:
                if _is_node(item):
                    yield item
                elif isinstance(item, tuple) and len(item) == 2 and _is_node(item[1]):
                    yield item[1]
        elif _is_node(value):
            yield value


def walk(node: Hir | Closure) -> Iterator[Any]:
    """Give a node and all below it, parents first."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(list(children(here))))


def rebuild(node: Any, change: Callable[[Any], Any]) -> Any:
    """Return the node with each direct child replaced by what `change` gives for it; itself when nothing changes."""
    changes: dict[str, Any] = {}
    for name in _child_fields(_class(node)):
        value = getattr(node, name)
        if isinstance(value, tuple):
            new = tuple(_changed(item, change) for item in value)
            if any(a is not b for a, b in zip(new, value, strict=True)):
                changes[name] = new
        elif _is_node(value):
            other = change(value)
            if other is not value:
                changes[name] = other
    return replace(node, **changes) if changes else node


def _changed(item: Any, change: Callable[[Any], Any]) -> Any:
    if _is_node(item):
        return change(item)
    if isinstance(item, tuple) and len(item) == 2 and _is_node(item[1]):
        new = change(item[1])
        return item if new is item[1] else (item[0], new)
    return item


def body_of(function: UserFunction) -> Hir:
    """Return the body of a user function, which it has as soon as it is checked."""
    assert function.body is not None
    return function.body


def effects_of(node: Hir | Closure) -> frozenset[Effect]:
    """Return the effects that running a node may have."""
    found = set()
    for here in walk(node):
        if isinstance(here, Call):
            found.add(here.function.effect)
        elif isinstance(here, Invoke):
            found |= here.function.effects
    found.discard(Effect.PURE)
    return frozenset(found)
