"""Ask models at once for what a program asks one after the other, and once for what it asks twice.

In:   HIR
Out:  HIR in which calls with the AI effect that follow each other in a sequence are asked together, if nothing
      between them decides whether the later ones are reached, or changes what they are asked about; equal ones share
      one question
Law:  every call gives the same value or failure at the same place; where a model fails, a question may have been
      asked that would not have been reached
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.nodes import Hir, Place, Unit
from dtl.hir.stop import VALUES, may_stop
from dtl.hir.visit import rebuild, walk
from dtl.optimize.places import do_overlap, reads, writes

# Nodes that an argument may be made of, to be evaluated a little earlier.
_SIMPLE = (*VALUES, nodes.Recover)


def ask_together(unit: Unit) -> Unit:
    """Gather calls with the AI effect; those of user functions stay as they are."""
    if Effect.AI not in unit.effects:
        return unit
    gathering = _Gathering({slot for slot in unit.slots if slot.startswith("asked ")})
    body = gathering.visit(unit.body)
    return replace(unit, body=body, slots=(*unit.slots, *gathering.made))


class _Gathering:
    """The pass over one unit; it counts the slots that it makes."""

    def __init__(self, taken: set[str]) -> None:
        self.made: list[str] = []
        self._taken = taken

    def visit(self, node: Any) -> Any:
        """Change a node and all below it."""
        if isinstance(node, nodes.Together):
            return node  # it is done
        node = rebuild(node, self.visit)
        return self._sequence(node) if isinstance(node, nodes.Sequence) else node

    def _sequence(self, node: nodes.Sequence) -> nodes.Sequence:
        body = list(node.body)
        start = 0
        is_changed = False
        while start < len(body):
            group = _group(body, start)
            if len(group) > 1:
                self._gather(body, group)
                is_changed = True
            start = group[-1] + 1 if group else start + 1
        return replace(node, body=tuple(body)) if is_changed else node

    def _gather(self, body: list[Hir], group: list[int]) -> None:
        """Ask the calls of some statements in front of the first."""
        slots: dict[str, str] = {}
        calls: list[nodes.Call] = []
        for index in group:
            call = _asked(body[index])
            assert call is not None
            name = _name(call)
            if any(argument is not None and may_stop(argument) for argument in call.arguments):
                name += f" at {call.place}"  # what stops an argument is told with the argument's own place
            if name not in slots:
                slots[name] = self._slot()
                calls.append(call)
            taken = nodes.Taken(call.span, call.type, slots[name], call.function.name, call.place, call.fallible)
            body[index] = _with_asked(body[index], taken)
        first = body[group[0]]
        names = tuple(slots.values())
        body[group[0]] = nodes.Together(first.span, first.type, tuple(calls), names, first, first.fallible)

    def _slot(self) -> str:
        number = len(self.made) + len(self._taken) + 1
        self.made.append(f"asked {number}")
        return self.made[-1]


def _group(body: list[Hir], start: int) -> list[int]:
    """Return the statements from a place on whose calls can be asked together, the first one first."""
    if _asked(body[start]) is None:
        return []
    group: list[int] = []
    written: list[Place] = []
    for index in range(start, len(body)):
        statement = body[index]
        call = _asked(statement)
        if call is not None:
            if not do_overlap(_read_by(call), written):
                group.append(index)
            written += _targets(statement)
        elif _is_asked_once(statement):
            written += _targets(statement)
        elif _is_passable(statement):
            written += writes(statement)
        else:
            break
    return group


def _asked(statement: Hir) -> nodes.Call | None:
    """Return the call that a statement asks of each record first of all, whatever happens."""
    call = _first_call(statement)
    return None if call is None or call.once else call


def _is_asked_once(statement: Hir) -> bool:
    """Tell whether a statement asks what every record asks alike: most find it answered."""
    call = _first_call(statement)
    return call is not None and call.once


def _first_call(statement: Hir) -> nodes.Call | None:
    node: Hir = statement
    if isinstance(node, nodes.Store | nodes.StoreResult):
        node = node.value
    if isinstance(node, nodes.Recover) and _is_simple(node.right):
        node = node.left
    if not isinstance(node, nodes.Call) or not node.is_asking:
        return None
    if node.closure is not None or not all(argument is None or _is_simple(argument) for argument in node.arguments):
        return None
    return node


def _with_asked(statement: Hir, taken: nodes.Taken) -> Hir:
    """Return a statement with its call's answer taken instead of asked for."""
    if isinstance(statement, nodes.Store | nodes.StoreResult):
        return replace(statement, value=_with_asked(statement.value, taken))
    if isinstance(statement, nodes.Recover):
        return replace(statement, left=taken)
    return taken


def _is_simple(node: Hir) -> bool:
    return all(
        isinstance(here, _SIMPLE)
        or (isinstance(here, nodes.Call) and here.function.effect is Effect.PURE and here.closure is None)
        for here in walk(node)
    )


def _is_passable(statement: Hir) -> bool:
    """Tell whether a statement neither ends the program nor asks, so that what follows it is reached."""
    if isinstance(statement, nodes.Store):
        return _is_simple(statement.value) and not may_stop(statement.value)
    if isinstance(statement, nodes.Delete):
        return statement.compact is None
    return _is_simple(statement) and not may_stop(statement)


def _targets(statement: Hir) -> list[Place]:
    match statement:
        case nodes.Store():
            return [statement.place]
        case nodes.StoreResult():
            return [place for place in (statement.ok, statement.error) if place is not None]
    return []


def _read_by(call: nodes.Call) -> list[Place]:
    return [place for argument in call.arguments if argument is not None for place in reads(argument)]


def _name(node: Any) -> str:
    """Return a text that is the same for nodes that mean the same, wherever they stand."""
    match node:
        case nodes.Constant():
            return f"{type(node.value).__name__} {node.value!r} {node.raw!r}"
        case nodes.Load():
            return f"load {node.place.root!r} {node.place.path!r}"
        case nodes.Exists() if node.value is None:
            return f"exists {node.place.root!r} {node.place.path!r}"
        case nodes.Call():
            guards = [(guard.index, guard.kinds) for guard in node.guards]
            return f"{node.function.name} {guards} ({_names(node.arguments)})"
        case nodes.Operation():
            return f"({_name(node.left)} {node.operator} {_name(node.right)})"
        case nodes.MakeArray():
            return f"[{_names(node.items)}]"
        case nodes.MakeObject():
            return "{" + ", ".join(f"{key!r}: {_name(item)}" for key, item in node.entries) + "}"
    return f"only itself {id(node)}"


def _names(items: Iterable[Any]) -> str:
    return ", ".join("absent" if item is None else _name(item) for item in items)
