"""Take away what is never evaluated, and what is evaluated for nothing.

In:   HIR
Out:  HIR without branches that a constant test excludes, without statements behind an `abort`, a `return` or the
      like, without fallbacks for what cannot fail, and without expressions in sequence that do nothing
Law:  whatever may stop the program, or has an effect, stays
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dtl.hir import nodes
from dtl.hir.nodes import Constant, Hir, Unit
from dtl.hir.stop import ends, is_idle, may_stop
from dtl.optimize.rewrite import rewrite
from dtl.types.type import NULL_TYPE


def drop_unreachable(unit: Unit) -> Unit:
    """Drop dead code."""
    return rewrite(unit, _drop)


def _drop(node: Any) -> Any:
    match node:
        case nodes.Conditional(test=Constant(value=bool(taken))):
            if taken:
                return node.then
            return _null(node) if node.otherwise is None else node.otherwise
        case nodes.Loop(items=None, test=Constant(value=False)):
            return _null(node)
        case nodes.Recover() if not may_stop(node.left):
            return node.left
        case nodes.Sequence():
            return _sequence(node)
    return node


def _null(node: Hir) -> Constant:
    return Constant(node.span, NULL_TYPE, None)


def _sequence(node: nodes.Sequence) -> Hir:
    kept: list[Hir] = []
    for index, item in enumerate(node.body):
        if index < len(node.body) - 1 and is_idle(item):
            continue
        kept.append(item)
        if ends(item):
            break
    if len(kept) == len(node.body):
        return node
    return replace(node, body=tuple(kept), fallible=any(item.fallible for item in kept))
