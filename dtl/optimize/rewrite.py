"""Change the nodes of a unit one by one, from the leaves up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from dtl.hir import nodes
from dtl.hir.nodes import Hir, Unit, UserFunction
from dtl.hir.visit import rebuild

Change = Callable[[Any], Any]


def rewrite(unit: Unit, change: Change) -> Unit:
    """Return a unit in which every node is what `change` makes of it once its children are changed.

    User functions that the unit calls are changed too, each once, those that call each other as well.
    """
    functions: dict[int, UserFunction] = {}

    def visit(node: Any) -> Any:
        if isinstance(node, nodes.Invoke):
            node = replace(node, function=changed(node.function))
        return change(rebuild(node, visit))

    def changed(function: UserFunction) -> UserFunction:
        known = functions.get(id(function))
        if known is None:
            # It must be known before its body is looked at, which may call it.
            known = functions[id(function)] = replace(function)
            known.body = visit(function.body)
        return known

    body = visit(unit.body)
    return replace(unit, body=as_sequence(body))


def as_sequence(body: Hir) -> nodes.Sequence:
    """Return a node as the sequence that the body of a unit must be."""
    if isinstance(body, nodes.Sequence):
        return body
    return nodes.Sequence(body.span, body.type, (cast(Hir, body),), body.fallible)
