"""Replace calls of pure functions over constants by what they give.

In:   HIR
Out:  HIR in which such a call is left only where it fails, or gives something large
Law:  a function that asks its host or anything outside is called at every run; a call that fails stays in place
"""

from __future__ import annotations

from typing import Any

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.nodes import Constant, Unit
from dtl.optimize.constant import constant, is_small
from dtl.optimize.rewrite import rewrite
from dtl.types.kind import KIND_OF


def fold_calls(unit: Unit) -> Unit:
    """Call pure functions whose arguments are all known."""
    return rewrite(unit, _fold)


def _fold(node: Any) -> Any:
    if not isinstance(node, nodes.Call) or not _is_foldable(node):
        return node
    try:
        value = node.function.evaluate(*[_argument(node, index) for index in range(len(node.arguments))])
    except Exception:  # whatever it is, it is raised where and when the program comes to it
        return node
    return constant(node, value) if type(value) in KIND_OF and is_small(value) else node


def _is_foldable(node: nodes.Call) -> bool:
    function = node.function
    return (
        function.effect is Effect.PURE
        and not function.takes_context
        and not function.intrinsic
        and node.closure is None
        and not node.guards
        and all(argument is None or isinstance(argument, Constant) for argument in node.arguments)
    )


def _argument(node: nodes.Call, index: int) -> Any:
    """Return an argument as the evaluator wants it."""
    argument = node.arguments[index]
    parameter = node.function.parameters[index]
    preparation = node.function.preparations.get(parameter.name)
    if argument is None:
        value = parameter.default
        return value if preparation is None or value is None else preparation.prepare(value)
    assert isinstance(argument, Constant)
    if preparation is None or index in node.prepared:
        return argument.value
    return preparation.prepare(argument.value)
