"""Read a path of the event once where it is read again before anything can have changed it.

In:   HIR
Out:  HIR in which the first of such reads keeps its value in a variable, and the others read that
Law:  a value is used again only where its first read has surely happened, and no write to the same field since
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from dtl.hir import nodes
from dtl.hir.nodes import EVENT, MERGED, Hir, Place, Unit
from dtl.hir.visit import children, walk
from dtl.optimize.rewrite import rewrite


def merge_paths(unit: Unit) -> Unit:
    """Merge reads of the same path."""
    merged = _Merged(_occurring_once(unit))
    _evaluate(unit.body, {}, merged)
    groups = {id(first): again for first, again in merged.groups if again}
    slots: dict[int, str] = {}
    for number, (first, again) in enumerate(groups.items(), 1):
        slots.update((place, f"{MERGED}{number}") for place in (first, *map(id, again)))
    if not slots:
        return unit

    def change(node: Any) -> Any:
        slot = slots.get(id(node))
        if slot is None:
            return node
        if id(node) in groups:
            return nodes.Store(node.span, node.type, Place(slot), node)
        return nodes.Load(node.span, node.type, Place(slot))

    changed = rewrite(unit, change)
    return replace(changed, slots=(*changed.slots, *dict.fromkeys(slots.values())))


#: What has surely been read, and is as it was: by path, the number of its group.
_Known = dict[tuple[str | int, ...], int]


@dataclass
class _Merged:
    """The reads that may be merged, and groups of them: the first, and those that may use its value."""

    reads: frozenset[int]
    groups: list[tuple[nodes.Load, list[nodes.Load]]] = field(default_factory=list)


def _occurring_once(unit: Unit) -> frozenset[int]:
    """Return the reads of paths of the event, those left out that are in the tree more than once."""
    count = Counter(
        id(node)
        for node in walk(unit.body)
        if isinstance(node, nodes.Load) and node.place.root == EVENT and node.place.path
    )
    return frozenset(read for read, times in count.items() if times == 1)


def _evaluate(node: Hir, known: _Known, merged: _Merged) -> None:
    """Go through a node as it is evaluated; change what is known to what is known afterwards."""
    match node:
        case nodes.Load():
            _read(node, known, merged)
        case nodes.RefArgument():
            pass  # the path into the value is not read here
        case nodes.Conditional():
            _evaluate(node.test, known, merged)
            branches = [node.then] if node.otherwise is None else [node.then, node.otherwise]
            _choose(branches, known, merged)
        case nodes.And() | nodes.Or():
            _evaluate(node.left, known, merged)
            _choose([node.right], known, merged)
        case nodes.Recover():
            # The left side may be left anywhere: what it reads is not sure to have been read.
            _choose([node.left], known, merged)
            _choose([node.right], known, merged)
        case nodes.StoreResult():
            _choose([node.value], known, merged)
            _forget(node, known)
        case nodes.Loop():
            _turn(node, known, merged)
        case nodes.Call():
            for child in children(node):
                if not isinstance(child, nodes.Closure):
                    _evaluate(child, known, merged)
            if node.closure is not None:
                _forget_all(node.closure, known)
        case nodes.Invoke():
            for child in node.arguments:
                _evaluate(child, known, merged)
            known.clear()  # the function may write anything
        case nodes.Together() | nodes.Taken():
            known.clear()  # other records are looked at meanwhile: keep nothing
        case _:
            for child in children(node):
                _evaluate(child, known, merged)
            _forget(node, known)


def _read(node: nodes.Load, known: _Known, merged: _Merged) -> None:
    if id(node) not in merged.reads:
        return
    path = node.place.path
    group = known.get(path)
    if group is None:
        known[path] = len(merged.groups)
        merged.groups.append((node, []))
    else:
        merged.groups[group][1].append(node)


def _choose(parts: list[Hir], known: _Known, merged: _Merged) -> None:
    """Go through parts of which one is evaluated, or none, or one in part."""
    after = [known.copy() for _ in parts]
    for part, state in zip(parts, after, strict=True):
        _evaluate(part, state, merged)
    for part in parts:
        _forget_all(part, known)
    for path in [path for path, group in known.items() if any(state.get(path, group) != group for state in after)]:
        del known[path]


def _turn(node: nodes.Loop, known: _Known, merged: _Merged) -> None:
    """Go through a loop: every turn may find what the one before has left."""
    if node.items is not None:
        _evaluate(node.items, known, merged)
    _forget_all(node.body, known)
    if node.test is not None:
        _forget_all(node.test, known)
    inside = known.copy()
    if node.test is not None:
        _evaluate(node.test, inside, merged)
    _evaluate(node.body, inside, merged)


def _forget_all(part: Hir | nodes.Closure, known: _Known) -> None:
    """Forget what a part, evaluated in any way, may have changed."""
    for node in walk(part):
        if isinstance(node, nodes.Invoke | nodes.Together | nodes.Taken):
            known.clear()
        elif not isinstance(node, nodes.Closure):
            _forget(node, known)


def _forget(node: Hir, known: _Known) -> None:
    """Forget what a node itself writes: everything under the same field, as a write may replace what is around it."""
    match node:
        case nodes.Store() | nodes.Delete():
            places = [node.place]
        case nodes.StoreResult():
            places = [place for place in (node.ok, node.error) if place is not None]
        case _:
            return
    for place in places:
        if place.root != EVENT:
            continue
        first = place.path[0] if place.path and isinstance(place.path[0], str) else None
        for path in list(known):
            if first is None or path[0] == first or not isinstance(path[0], str):
                del known[path]
