"""Which nodes may stop an evaluation early, and which have no effect at all."""

from __future__ import annotations

from typing import Any

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.nodes import Hir
from dtl.hir.visit import walk
from dtl.types.type import BOOLEAN, INTEGER, NULL

_LOGICAL = BOOLEAN | NULL


def may_stop(node: Hir) -> bool:
    """Tell whether evaluating a node may end early; false only when it is certain."""
    return any(not _is_calm(here) for here in walk(node))


def is_idle(node: Hir) -> bool:
    """Tell whether evaluating a node does nothing but give its value."""
    return all((isinstance(here, VALUES) and _is_calm(here)) or _is_idle_call(here) for here in walk(node))


def ends(node: Hir) -> bool:
    """Tell whether nothing that follows a node is ever evaluated."""
    if isinstance(node, nodes.Sequence):
        return any(ends(item) for item in node.body)
    if isinstance(node, nodes.Conditional):
        return node.otherwise is not None and ends(node.then) and ends(node.otherwise)
    return isinstance(node, nodes.Abort | nodes.Return | nodes.Throw | nodes.Drop | nodes.LoopExit)


#: Nodes that do nothing but give a value, if what is in them does not.
VALUES = (
    nodes.Access,
    nodes.And,
    nodes.Conditional,
    nodes.Constant,
    nodes.Exists,
    nodes.KindTest,
    nodes.Load,
    nodes.MakeArray,
    nodes.MakeObject,
    nodes.Not,
    nodes.Operation,
    nodes.Or,
    nodes.Sequence,
)


def _is_calm(node: Any) -> bool:
    """Tell whether a node by itself cannot stop."""
    match node:
        case nodes.Operation():
            return node.operator in ("==", "!=") or (not node.fallible and node.type.kinds in (INTEGER, BOOLEAN))
        case nodes.Not():
            return bool(node.operand.type.kinds == BOOLEAN)
        case nodes.And():
            return not (node.left.type.kinds | node.right.type.kinds) & ~_LOGICAL
        case nodes.Conditional():
            return bool(node.test.type.kinds == BOOLEAN)
    return isinstance(node, (*VALUES, nodes.Recover))


def _is_idle_call(node: Any) -> bool:
    """Tell whether a node is a call that does nothing else; some fail though VRL counts them as infallible."""
    return (
        isinstance(node, nodes.Call)
        and not node.fallible
        and not node.guards
        and node.closure is None
        and node.function.effect is Effect.PURE
        and (node.function.result.fallible or not node.function.documentation.raises)
    )
