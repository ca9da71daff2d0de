"""What the classes of trees have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

_Node = TypeVar("_Node")


@dataclass_transform()
def node(kind: type[_Node]) -> type[_Node]:
    """Make a class a node: a dataclass with slots.

    Equality and `repr` are shared by all of them. Writing them for each class, as `dataclass` does by default, takes
    most of the time of importing the modules of nodes, and every cold start pays that.
    """
    made: Any = dataclass(slots=True, repr=False, eq=False)(kind)
    made.__repr__ = _show
    made.__eq__ = _equal
    made.__hash__ = None
    return made  # type: ignore[no-any-return]


def _show(self: Any) -> str:
    parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__name__}({parts})"


def _equal(self: Any, other: Any) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)
