"""What the emitter must know of a whole unit before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dtl.data import frozen
from dtl.hir import nodes
from dtl.hir.nodes import EVENT, MERGED, METADATA, Hir, Place, Unit, UserFunction
from dtl.hir.visit import body_of, walk
from dtl.types.type import FLOAT, INTEGER, OBJECT, Infinite, Type


@frozen
class Root:
    """What is done to the event or the metadata.

    Attributes:
        is_fixed: Whether it is an object at all times, so that its fields can be written in place.
    """

    is_fixed: bool


@frozen
class Facts:
    """What is known of a unit.

    Attributes:
        roots: By EVENT and METADATA.
        functions: The user functions, callees before their callers where that is possible.
        inner: Those that must be able to see the run's variables.
        is_recursive: Whether one may come to call itself, so that the depth of calls must be known.
        asks: Whether the program may ask a model.
        asking: The user functions that may.
    """

    roots: dict[str, Root]
    functions: tuple[UserFunction, ...]
    inner: frozenset[int]
    is_recursive: bool
    asks: bool
    asking: frozenset[int]

    def asks_in(self, node: Any) -> bool:
        """Tell whether running a node may ask a model."""
        return self.asks and any(
            is_asking(here) or (isinstance(here, nodes.Invoke) and id(here.function) in self.asking)
            for here in walk(node)
        )


def facts_of(unit: Unit, counted: bool) -> Facts:
    """Return the facts of a unit, whose functions must see how steps are counted if they are."""
    functions: dict[int, UserFunction] = {}
    callees: dict[int, set[int]] = {}

    def find(body: Hir) -> set[int]:
        called = set()
        for node in walk(body):
            if isinstance(node, nodes.Invoke):
                called.add(id(node.function))
                if id(node.function) not in callees:
                    callees[id(node.function)] = set()
                    callees[id(node.function)] = find(body_of(node.function))
                    functions[id(node.function)] = node.function
        return called

    find(unit.body)
    every = [node for body in (unit.body, *(body_of(f) for f in functions.values())) for node in walk(body)]
    reachable = {key: _closure(key, callees) for key in functions}
    outward = {key for key, function in functions.items() if counted or _looks_outward(body_of(function))}
    return Facts(
        {root: _root(root, every) for root in (EVENT, METADATA)},
        tuple(functions.values()),
        frozenset(key for key in functions if key in outward or reachable[key] & outward),
        any(key in reachable[key] for key in functions),
        any(is_asking(node) for node in every),
        _asking_functions(functions, reachable),
    )


def is_asking(node: Any) -> bool:
    """Tell whether a node itself asks a model."""
    return isinstance(node, nodes.Call) and node.is_asking


def _asking_functions(functions: dict[int, UserFunction], reachable: dict[int, set[int]]) -> frozenset[int]:
    """Return the user functions that ask, or call others that do."""
    own = {
        key
        for key, function in functions.items()
        if function.body is not None and any(is_asking(node) for node in walk(body_of(function)))
    }
    return frozenset(key for key in functions if key in own or reachable[key] & own)


def _closure(start: int, callees: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    todo = list(callees[start])
    while todo:
        here = todo.pop()
        if here not in found:
            found.add(here)
            todo.extend(callees[here])
    return found


def _looks_outward(body: Hir) -> bool:
    """Tell whether a body needs the event, the metadata or the host."""
    return any(place.is_external for node in walk(body) for place in places_of(node)) or any(
        isinstance(node, nodes.Call) and node.function.takes_context for node in walk(body)
    )


def places_of(node: Any) -> Iterator[Place]:
    """Give the places that a node itself names."""
    match node:
        case nodes.Load() | nodes.Store() | nodes.Delete():
            yield node.place
        case nodes.Exists() if node.value is None:
            yield node.place
        case nodes.StoreResult():
            for place in (node.ok, node.error):
                if place is not None:
                    yield place


def _root(root: str, every: list[Any]) -> Root:
    fixed = True
    for node in every:
        match node:
            case nodes.Store() if node.place.root == root:
                path = node.place.path
                if not path:
                    fixed = fixed and node.value.type.kinds == OBJECT
                elif type(path[0]) is int:
                    fixed = False
            case nodes.StoreResult():
                for place in (node.ok, node.error):
                    if place is not None and place.root == root and (not place.path or type(place.path[0]) is int):
                        fixed = False
    return Root(fixed)


def uses_metadata(unit: Unit) -> bool:
    """Tell whether a program has to do with metadata."""
    return any(place.root == METADATA for node in _every(unit) for place in places_of(node))


def makes_floats(unit: Unit) -> bool:
    """Tell whether a program may write a float into the event that was not there before and needs care to be written.

    JSON text is looked through for such floats, which takes a third of a microsecond a record.
    """
    for node in _every(unit):
        match node:
            case nodes.Store() if node.place.root == EVENT:
                if not _is_copied(node.value) and _holds_float(node.value.type) and not _is_plain_ratio(node.value):
                    return True
            case nodes.StoreResult() if node.ok is not None and node.ok.root == EVENT:
                if _holds_float(node.value.type):
                    return True
    return False


def _is_copied(node: Hir) -> bool:
    """Tell whether a value was in the event already."""
    if isinstance(node, nodes.Store) and node.place.root.startswith(MERGED):
        node = node.value
    return isinstance(node, nodes.Load) and (node.place.root == EVENT or node.place.root.startswith(MERGED))


def _is_plain_ratio(node: Hir) -> bool:
    """Tell whether a value is an integer by thousands, as milliseconds are made seconds: it lies between 1e-4 and 1e16.

    So it is written without an exponent by all.
    """
    if not isinstance(node, nodes.Operation) or node.operator != "/" or node.left.type.kinds != INTEGER:
        return False
    by = node.right.value if isinstance(node.right, nodes.Constant) else None
    return isinstance(by, int | float) and 1_000 <= abs(by) <= 10_000


def _every(unit: Unit) -> Iterator[Any]:
    """Give all nodes of a unit, those of its user functions too."""
    todo: list[Hir] = [unit.body]
    seen: set[int] = set()
    while todo:
        for node in walk(todo.pop()):
            yield node
            if isinstance(node, nodes.Invoke) and id(node.function) not in seen:
                seen.add(id(node.function))
                todo.append(body_of(node.function))


def _holds_float(type: Type) -> bool:
    if type.kinds & FLOAT:
        return True
    for collection in (type.object, type.array):
        if collection is None:
            continue
        unknown = collection.unknown
        if isinstance(unknown, Infinite) or (unknown is not None and _holds_float(unknown)):
            return True
        if any(_holds_float(part) for part in collection.known.values()):
            return True
    return False


def written_slots(node: Hir) -> set[str]:
    """Return the slots that a closure's body may write, those of its own closures' parameters left out."""
    written: set[str] = set()
    for here in walk(node):
        match here:
            case nodes.Store() | nodes.Delete():
                written.add(here.place.root)
            case nodes.StoreResult():
                written.update(place.root for place in (here.ok, here.error) if place is not None)
            case nodes.Recover() if here.error is not None:
                written.add(here.error)
            case nodes.Loop():
                written.update(slot for slot in here.slots if slot is not None)
            case nodes.Closure():
                written.update(outer for _, outer in here.shadowed)
    return written - {EVENT, METADATA}
