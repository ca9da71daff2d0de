"""The laws of the HIR; the tests check them after every pass."""

from __future__ import annotations

from typing import Any

from dtl.hir import nodes
from dtl.hir.nodes import Hir, Place, Unit
from dtl.hir.show import functions_of, show_node
from dtl.hir.visit import body_of, children
from dtl.types.type import ALL, BOOLEAN_TYPE
from dtl.values.operators import OPERATORS

_BOOLEAN = (nodes.And, nodes.Exists, nodes.KindTest, nodes.Not)


class Unlawful(Exception):
    """A tree breaks a law; `str()` says which node and which law."""


def verify(unit: Unit) -> None:
    """Check a unit.

    Raises:
        Unlawful: It breaks a law.
    """
    if not isinstance(unit.body, nodes.Sequence):
        raise Unlawful("the body of a unit is a sequence")
    _verify_body(unit.body, set(unit.slots))
    for function in functions_of(unit):
        _verify_body(body_of(function), None)


def _verify_body(body: Hir, slots: set[str] | None) -> None:
    """Check a body whose variables are these slots (any, for a user function, which owns its variables)."""
    todo: list[tuple[Any, frozenset[str], int]] = [(body, frozenset(), 0)]
    while todo:
        node, parameters, loops = todo.pop()
        if isinstance(node, nodes.Closure):
            parameters = parameters | {slot for slot in node.slots if slot is not None}
            loops = 0
        else:
            for broken in _broken(node, loops):
                raise Unlawful(f"{broken}: {show_node(node)}")
            for place in _places(node):
                if slots is not None and not place.is_external and place.root not in slots | parameters:
                    raise Unlawful(f"a variable without a slot, {place.root}: {show_node(node)}")
        for child in children(node):
            todo.append((child, parameters, loops + isinstance(node, nodes.Loop)))


def _places(node: Any) -> list[Place]:
    if isinstance(node, nodes.Exists) and node.value is not None:
        return []
    found = [getattr(node, name, None) for name in ("place", "ok", "error")]
    return [place for place in found if isinstance(place, Place)]


def _broken(node: Hir, loops: int) -> list[str]:
    """Return the laws that a node breaks by itself."""
    broken = []
    if node.type.kinds & ~ALL:
        broken.append("kinds that do not exist")
    if isinstance(node, _BOOLEAN) and node.type != BOOLEAN_TYPE:
        broken.append("a test that is not boolean")
    for place in _places(node):
        if any(type(step) not in (str, int) for step in place.path):
            broken.append("a path of other things than names and indexes")
    match node:
        case nodes.Operation() if node.operator not in OPERATORS or node.operator == "!":
            broken.append("no operator")
        case nodes.MakeObject():
            names = [name for name, _ in node.entries]
            if names != sorted(set(names)):
                broken.append("entries out of order")
        case nodes.LoopExit() if not loops:
            broken.append("no loop around")
        case nodes.StoreResult() if node.ok is None and node.error is None:
            broken.append("nothing to store")
        case nodes.Call():
            broken += _broken_call(node)
        case nodes.Invoke() if len(node.arguments) != len(node.function.parameters):
            broken.append("arguments that do not fit the parameters")
        case nodes.Loop() if (node.items is None) is (node.test is None):
            broken.append("a loop over nothing or over two things")
    if not node.fallible and _passes_on(node) and any(_can_stop(child) for child in children(node)):
        broken.append("something inside may stop, which is not stated")
    return broken


def _broken_call(node: nodes.Call) -> list[str]:
    broken = []
    given = [index for index, argument in enumerate(node.arguments) if argument is not None]
    if len(node.arguments) != len(node.function.parameters):
        broken.append("arguments that do not fit the parameters")
    if sorted(index for index in node.order if node.arguments[index] is not None) != given:
        broken.append("an order that is not that of the arguments")
    if any(guard.index not in given for guard in node.guards):
        broken.append("a guard of nothing")
    if any(not isinstance(node.arguments[index], nodes.Constant) for index in node.prepared):
        broken.append("an argument that is prepared but not constant")
    if (node.closure is None) is not (node.function.closure is None):
        broken.append("a closure too much or too few")
    return broken


def _passes_on(node: Hir) -> bool:
    """Tell whether what stops a node's children stops the node too."""
    return not isinstance(node, nodes.Recover | nodes.StoreResult | nodes.Together)


def _can_stop(child: Any) -> bool:
    """Tell whether a child says that it may stop."""
    if isinstance(child, nodes.Closure):
        return False
    return bool(child.fallible)
