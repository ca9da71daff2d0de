"""Evaluators made for one call: for arguments that are constant, or for a value that the function keeps as it is.

A function may say how to be quicker (`Function.specialize`, `keeps`); what it means is still its evaluator alone, and
the interpreter asks only that, so that the tests which compare the backends compare the two forms as well.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from dtl.backends.bytecode.binding import Spec, to_data
from dtl.backends.bytecode.values import CLASS_NAMES
from dtl.backends.meaning import default_argument
from dtl.hir import nodes
from dtl.types.type import BOOLEAN

if TYPE_CHECKING:
    from dtl.backends.bytecode.emit import Emitter

_CLASS_NAMES = {**CLASS_NAMES, BOOLEAN: "bool"}


def special_evaluator(emitter: Emitter, node: nodes.Call) -> tuple[str, frozenset[int]] | None:
    """Return the name of an evaluator made for the call, and the indexes of the arguments that it has taken in."""
    function = node.function
    found = function.specialization
    if found is None or node.closure is not None:
        return None
    indexes = [index for index, known in enumerate(function.parameters) if known.name in found.parameters]
    constants = {function.parameters[index].name: _constant(node, index) for index in indexes}
    if None in constants.values() or any(guard.index in indexes for guard in node.guards):
        return None
    parts: list[Any] = [constants[name] for name in found.parameters]
    special = found.make(*(value for _, value in parts))
    if special is None:
        return None
    spec = ("special", function.name, tuple(spec for spec, _ in parts))
    return emitter.bindings.add("s", spec, special), frozenset(indexes)


def _constant(node: nodes.Call, index: int) -> tuple[Spec, Any] | None:
    """Return an argument's value as the evaluator wants it, with its spec; None where that is not known."""
    function, argument = node.function, node.arguments[index]
    parameter = function.parameters[index].name
    if argument is None:
        return ("default", function.name, index), default_argument(function, index)
    if not isinstance(argument, nodes.Constant):
        return None
    if index in node.prepared:
        return ("prepared", function.name, parameter, to_data(argument.raw)), argument.value
    return None if parameter in function.preparations else (("constant", to_data(argument.value)), argument.value)


def is_kept(emitter: Emitter, node: nodes.Call, value: ast.expr) -> ast.expr:
    """Return the expression that tells whether a value is of the kind that the call's function gives as it is."""
    return emitter.is_(emitter.type_of(value), emitter.name(_CLASS_NAMES[node.function.keeps]))
