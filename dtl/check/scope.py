"""What is known at a point of a program: variables, and the types of event and metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dtl.data import fresh, frozen
from dtl.functions.function import ABSENT
from dtl.hir.nodes import EVENT
from dtl.types.layered import differing, with_item, with_items
from dtl.types.type import ANY_OBJECT, Type


@frozen
class Binding:
    """A variable: its type, its constant value if it has one, the slot that holds it."""

    type: Type
    constant: Any
    slot: str


@frozen
class State:
    """The types at a point. Immutable: a statement makes a new state."""

    variables: Mapping[str, Binding] = fresh(factory=dict)
    event: Type = ANY_OBJECT
    metadata: Type = ANY_OBJECT

    def bind(self, name: str, binding: Binding) -> State:
        """Return the state with a variable set."""
        return State(with_item(self.variables, name, binding), self.event, self.metadata)

    def external(self, root: str) -> Type:
        """Return the type of the event or the metadata."""
        return self.event if root == EVENT else self.metadata

    def with_external(self, root: str, type: Type) -> State:
        """Return the state with the type of the event or the metadata replaced."""
        return replace(self, event=type) if root == EVENT else replace(self, metadata=type)

    def joined(self, other: State) -> State:
        """Return what is known when control comes from either state (spec 3.4)."""
        if self is other:
            return self
        changes: dict[str, Binding] = {}
        names = differing(self.variables, other.variables)
        for name in other.variables if names is None else names:
            mine, theirs = self.variables.get(name), other.variables.get(name)
            if theirs is None or mine is theirs:
                continue
            if mine is not None:
                constant = mine.constant if same_constant(mine, theirs) else ABSENT
                theirs = Binding(mine.type | theirs.type, constant, mine.slot)
            changes[name] = theirs
        variables = with_items(self.variables, changes)
        return State(variables, self.event | other.event, self.metadata | other.metadata)

    def leaving(self, inner: State) -> State:
        """Return this (outer) state after a block that ended in `inner`: only known variables are kept."""
        names = differing(self.variables, inner.variables)
        now = {name: inner.variables.get(name) for name in (self.variables if names is None else names)}
        changes = {name: bound for name, bound in now.items() if bound is not None and name in self.variables}
        return State(with_items(self.variables, changes), inner.event, inner.metadata)

    def covers(self, other: State) -> bool:
        """Tell whether every value possible in the other state is possible in this one."""
        if self is other:
            return True
        if not (self.event.includes(other.event) and self.metadata.includes(other.metadata)):
            return False
        return all(
            name in self.variables and self.variables[name].type.includes(theirs.type)
            for name, theirs in other.variables.items()
        )


def same_constant(a: Binding, b: Binding) -> bool:
    """Tell whether two bindings hold the same constant, type included."""
    return a.constant is not ABSENT and type(a.constant) is type(b.constant) and a.constant == b.constant
