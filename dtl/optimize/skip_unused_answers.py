"""Ask no model for an answer that nobody sees.

In:   HIR
Out:  HIR in which calls with the AI effect make their request but do not ask, where their value is not used: as a
      statement, in a variable that is never read, or in a field that is overwritten or deleted before it is read
Law:  a call that fails for its arguments still fails; only the model's own failures are seen no more
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.nodes import Hir, Place, Unit
from dtl.hir.visit import walk
from dtl.optimize.places import covers, do_overlap, reads
from dtl.optimize.rewrite import rewrite
from dtl.types.type import NULL_TYPE


def skip_unused_answers(unit: Unit) -> Unit:
    """Skip questions whose answers are not used."""
    if Effect.AI not in unit.effects:
        return unit
    read = {place.root for node in walk(unit.body) for place in _read_by(node) if not place.is_external}
    for node in walk(unit.body):
        if isinstance(node, nodes.Closure):
            read.update(outer for _, outer in node.shadowed)

    def change(node: Any) -> Any:
        return _sequence(node, read) if isinstance(node, nodes.Sequence) else node

    return rewrite(unit, change)


def _read_by(node: Any) -> list[Place]:
    """Return what a node itself reads."""
    match node:
        case nodes.Load() | nodes.Delete():
            return [node.place]
        case nodes.Exists() if node.value is None:
            return [node.place]
        case nodes.Store() if node.place.path:
            return [node.place]  # the rest of the variable stays
    return []


def _sequence(node: nodes.Sequence, read: set[str]) -> Hir:
    body = list(node.body)
    for index, item in enumerate(body[:-1]):
        call = _unused(item, body[index + 1 :], read)
        if call is not None:
            body[index] = replace(call, asks=False, type=NULL_TYPE)
    if all(a is b for a, b in zip(body, node.body, strict=True)):
        return node
    return replace(node, body=tuple(body))


def _unused(item: Hir, after: list[Hir], read: set[str]) -> nodes.Call | None:
    """Return the call of a statement whose answer nobody sees."""
    if isinstance(item, nodes.Call):
        return item if item.is_asking else None
    if not isinstance(item, nodes.Store) or not isinstance(item.value, nodes.Call) or not item.value.is_asking:
        return None
    place = item.place
    if not place.is_external and not place.path and place.root not in read:
        return item.value
    is_field = place.is_external and bool(place.path) and all(isinstance(step, str) for step in place.path)
    return item.value if is_field and _is_lost(place, after) else None


def _is_lost(place: Place, after: list[Hir]) -> bool:
    """Tell whether what is stored at a place is replaced or deleted before anybody can see it."""
    for item in after:
        if isinstance(item, nodes.Delete) and item.compact is None and item.place == place:
            # What a statement deletes is not looked at, unless it is the last one, whose value is the block's.
            return item is not after[-1]
        if isinstance(item, nodes.Store) and covers(item.place, place) and item.place.path:
            return not _may_see(item.value, place)
        if _may_see(item, place):
            return False
    return False


def _may_see(node: Hir, place: Place) -> bool:
    """Tell whether evaluating a node may read a place, or end the program well."""
    if any(isinstance(here, nodes.Return | nodes.LoopExit | nodes.Invoke | nodes.Together) for here in walk(node)):
        return True
    return do_overlap(reads(node), [place])
