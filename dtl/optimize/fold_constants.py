"""Replace operators and literals over constants by their values.

In:   HIR
Out:  HIR in which no operator has only constants for operands, and no literal only constants inside
Law:  a fold that would fail is left in place, so that the error is raised where it was written
"""

from __future__ import annotations

from typing import Any

from dtl.hir import nodes
from dtl.hir.nodes import Constant, Hir, Unit
from dtl.hir.stop import may_stop
from dtl.optimize.constant import constant, is_small
from dtl.optimize.rewrite import rewrite
from dtl.types.kind import KIND_OF
from dtl.types.type import BOOLEAN
from dtl.values.errors import Failure
from dtl.values.operators import OPERATORS
from dtl.values.path import exists, get


def fold_constants(unit: Unit) -> Unit:
    """Fold what is made of constants only, by the operators' own meaning."""
    return rewrite(unit, _fold)


def _fold(node: Any) -> Any:
    match node:
        case nodes.Operation(left=Constant() as left, right=Constant() as right):
            return _applied(node, node.operator, left.value, right.value)
        case nodes.Not(operand=Constant() as operand):
            return _applied(node, "!", operand.value)
        case nodes.And(left=Constant() as left):
            return _conjunction(node, left.value)
        case nodes.Or(left=Constant() as left):
            if left.value is None or left.value is False:
                return node if may_stop(node.right) else node.right
            return left
        case nodes.Access(value=Constant() as inner):
            return constant(node, get(inner.value, node.path))
        case nodes.Exists(value=Constant() as inner):
            return constant(node, exists(inner.value, node.place.path))
        case nodes.KindTest(value=Constant() as inner):
            return constant(node, bool(KIND_OF[type(inner.value)] & node.kinds))
        case nodes.MakeArray():
            if all(isinstance(item, Constant) for item in node.items):
                return constant(node, [_value(item) for item in node.items])
        case nodes.MakeObject():
            if all(isinstance(item, Constant) for _, item in node.entries):
                return constant(node, {key: _value(item) for key, item in node.entries})
    return node


def _value(node: Hir) -> Any:
    assert isinstance(node, Constant)
    return node.value


def _applied(node: Hir, operator: str, *operands: Any) -> Hir:
    try:
        value = OPERATORS[operator].meaning(*operands)
    except Failure:
        return node
    return constant(node, value) if is_small(value) else node


def _conjunction(node: nodes.And, left: Any) -> Hir:
    """Fold `&&` whose left side is known: the right side counts only after a true one."""
    if left is None or left is False:
        return constant(node, False)
    if left is True:
        if isinstance(node.right, Constant) and (node.right.value is None or type(node.right.value) is bool):
            return constant(node, node.right.value is True)
        if node.right.type.kinds == BOOLEAN:
            return node.right
    return node
