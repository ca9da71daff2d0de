"""Look at what costs nothing before a model is asked.

In:   HIR
Out:  HIR in which `&&` and `||` evaluate a side that asks no model and cannot stop first, where both are booleans
Law:  the value is the same; a model that is not asked cannot fail
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.nodes import Hir, Unit
from dtl.hir.stop import is_idle, may_stop
from dtl.hir.visit import walk
from dtl.optimize.rewrite import rewrite
from dtl.types.type import BOOLEAN

# They do nothing by themselves, and cannot stop.
_CALM = (nodes.Load, nodes.Constant, nodes.Access, nodes.MakeArray, nodes.MakeObject, nodes.KindTest)


def decide_cheaply(unit: Unit) -> Unit:
    """Put cheap tests in front of dear ones."""
    return rewrite(unit, _decide) if Effect.AI in unit.effects else unit


def _decide(node: Any) -> Any:
    if not isinstance(node, nodes.And | nodes.Or):
        return node
    if node.left.type.kinds != BOOLEAN or node.right.type.kinds != BOOLEAN:
        return node
    if not _is_dear(node.left) or not is_idle(node.right) or may_stop(node.right):
        return node
    return replace(node, left=node.right, right=node.left)


def _is_dear(node: Hir) -> bool:
    """Tell whether a node asks a model, and can only stop because the model fails."""
    asks = False
    for here in walk(node):
        if isinstance(here, nodes.Call) and here.is_asking:
            if here.guards or here.closure is not None:
                return False
            asks = True
        elif not isinstance(here, nodes.Recover) and not _is_idle_itself(here):
            return False
    return asks


def _is_idle_itself(node: Any) -> bool:
    """Tell whether a node does nothing by itself and cannot stop."""
    if isinstance(node, _CALM):
        return True
    match node:
        case nodes.Operation():
            return node.operator in ("==", "!=") or _are_comparable(node)
        case nodes.Not():
            return bool(node.operand.type.kinds == BOOLEAN)
        case nodes.And() | nodes.Or():
            return bool(node.left.type.kinds == node.right.type.kinds == BOOLEAN)
    return False


def _are_comparable(node: nodes.Operation) -> bool:
    """Tell whether an operator cannot refuse its sides: they are of one known kind, and it is a comparison."""
    one, two = node.left.type.kinds, node.right.type.kinds
    return node.operator in ("<", "<=", ">", ">=") and one == two and one & (one - 1) == 0
