"""Ask once in a run what every record asks alike.

In:   HIR
Out:  HIR in which calls with the AI effect whose arguments are constants are marked: whoever runs the program on many
      records asks when the first one reaches such a call, and remembers the value for the others
Law:  a call gives the same value or failure, and is asked only if a record reaches it; a failure is not remembered
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.nodes import Unit
from dtl.optimize.rewrite import rewrite


def ask_once(unit: Unit) -> Unit:
    """Mark the questions that are the same for all records."""
    return rewrite(unit, _marked) if Effect.AI in unit.effects else unit


def _marked(node: Any) -> Any:
    if not isinstance(node, nodes.Call) or node.once or not node.is_asking:
        return node
    if node.closure is not None or node.guards or node.function.takes_context:
        return node
    is_constant = all(argument is None or isinstance(argument, nodes.Constant) for argument in node.arguments)
    return replace(node, once=True) if is_constant else node
