"""What the classes of trees have in common."""

from __future__ import annotations

from typing import TypeVar, dataclass_transform

from dtl.data import data

_Node = TypeVar("_Node")


@dataclass_transform()
def node(kind: type[_Node]) -> type[_Node]:
    """Make a class a node: plain data (see `dtl.data`), which passes and walks find by its fields."""
    return data(kind)
