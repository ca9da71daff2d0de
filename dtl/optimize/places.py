"""What nodes read and write, and whether places have something in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dtl.hir import nodes
from dtl.hir.nodes import EVENT, METADATA, Place
from dtl.hir.visit import walk


def reads(node: Any) -> list[Place]:
    """Return the places that evaluating a node may read; all of the record where it calls user functions."""
    found: list[Place] = []
    for here in walk(node):
        match here:
            case nodes.Load() | nodes.Delete():
                found.append(here.place)
            case nodes.Exists() if here.value is None:
                found.append(here.place)
            case nodes.Invoke():
                found += [Place(EVENT), Place(METADATA)]
    return found


def writes(node: Any) -> list[Place]:
    """Return the places that evaluating a node may write; all of the record where it calls user functions."""
    found: list[Place] = []
    for here in walk(node):
        match here:
            case nodes.Store() | nodes.Delete():
                found.append(here.place)
            case nodes.StoreResult():
                found += [place for place in (here.ok, here.error) if place is not None]
            case nodes.Recover() if here.error is not None:
                found.append(Place(here.error))
            case nodes.Loop():
                found += [Place(slot) for slot in here.slots if slot is not None]
            case nodes.Closure():
                found += [Place(slot) for slot in here.slots if slot is not None]
                found += [Place(outer) for _, outer in here.shadowed]
            case nodes.Together():
                found += [Place(slot) for slot in here.slots]
            case nodes.Invoke():
                found += [Place(EVENT), Place(METADATA)]
    return found


def do_overlap(some: Iterable[Place], others: Iterable[Place]) -> bool:
    """Tell whether one of the first places may lie in, or hold, one of the others."""
    second = list(others)
    return any(may_overlap(one, other) for one in some for other in second)


def may_overlap(one: Place, other: Place) -> bool:
    """Tell whether one place may lie in the other."""
    if one.root != other.root:
        return False
    for a, b in zip(one.path, other.path, strict=False):
        if isinstance(a, int) and isinstance(b, int):
            continue  # an index may count from either end
        if a != b:
            return isinstance(a, int) or isinstance(b, int)
    return True


def covers(outer: Place, inner: Place) -> bool:
    """Tell whether a place surely holds another."""
    return outer.root == inner.root and outer.path == inner.path[: len(outer.path)]
