"""Emission of writes: stores, deletions, and tests of existence."""

from __future__ import annotations

import ast

from dtl.backends.bytecode.calls import call_handler
from dtl.backends.bytecode.control import condition
from dtl.backends.bytecode.emit import Emitter, effects, emits, is_stable
from dtl.backends.bytecode.values import value_of
from dtl.backends.bytecode.whole import lend, merged_in
from dtl.hir import nodes
from dtl.hir.nodes import Hir, Place


@emits(nodes.Store)
def store(emitter: Emitter, node: nodes.Store) -> ast.expr:
    value = emitter.value(node.value)
    if not node.place.path and not node.place.is_external:
        emitter.add(emitter.assign(emitter.slot_target(node.place.root), value))
        return emitter.slot(node.place.root)
    value = emitter.kept(value)
    write(emitter, node.place, value)
    return value


@effects(nodes.Store)
def stored(emitter: Emitter, node: nodes.Store) -> None:
    put(emitter, node, is_fresh=_is_fresh(node.value))


def put(emitter: Emitter, node: nodes.Store, is_fresh: bool) -> None:
    """Store what nobody wants as a value; nobody else has it, if it is fresh."""
    if (other := merged_in(emitter, node)) is not None:
        value = emitter.value(other)
        emitter.add(emitter.expression(emitter.method(emitter.slot(node.place.root), "update", value)))
        return
    lend(emitter, node)
    write(emitter, node.place, emitter.value(node.value), is_fresh=is_fresh)


def _is_fresh(node: Hir) -> bool:
    """Tell whether nobody else has the object that a node gives."""
    if isinstance(node, nodes.MakeObject):
        return True
    return isinstance(node, nodes.Operation) and node.operator == "|"


def write(emitter: Emitter, place: Place, value: ast.expr, is_fresh: bool = False) -> None:
    """Write a value at a place."""
    root, path = place.root, place.path
    fixed = emitter.facts.roots.get(root)
    if fixed is not None and fixed.is_fixed:
        _write_field(emitter, place, value, is_fresh)
        return
    if not path:
        emitter.add(emitter.assign(emitter.slot_target(root), value))
        return
    emitter.add(emitter.assign(emitter.slot_target(root), inserted(emitter, emitter.slot(root), path, value)))


def _write_field(emitter: Emitter, place: Place, value: ast.expr, is_fresh: bool) -> None:
    """Write into an object that is the run's own."""
    root, path = place.root, place.path
    if not path:
        whole = value if is_fresh else emitter.method(value, "copy")
        emitter.add(emitter.assign(emitter.slot_target(root), whole))
        return
    first = emitter.constant(path[0])
    if len(path) > 1:
        inner = emitter.method(emitter.slot(root), "get", first)
        value = inserted(emitter, inner, path[1:], value if is_stable(value) else emitter.kept(value))
    emitter.add(emitter.assign(emitter.item_target(emitter.slot(root), first), value))


def inserted(emitter: Emitter, container: ast.expr, path: tuple[str | int, ...], value: ast.expr) -> ast.expr:
    """Return the expression for a container with a value at a path."""
    value = emitter.kept(value)
    if len(path) == 1 and type(path[0]) is str:
        return emitter.call("put", container, emitter.constant(path[0]), value)
    return emitter.call("insert", container, emitter.constant(path), value)


@emits(nodes.StoreResult)
def store_result(emitter: Emitter, node: nodes.StoreResult) -> ast.expr:
    value, message = _attempt(emitter, node, is_quiet=False)
    is_value = emitter.is_(emitter.name(message), emitter.constant(None))
    return emitter.choose(is_value, emitter.name(value), emitter.name(message))


@effects(nodes.StoreResult)
def stored_result(emitter: Emitter, node: nodes.StoreResult) -> None:
    _attempt(emitter, node, is_quiet=node.error is None)


def _attempt(emitter: Emitter, node: nodes.StoreResult, is_quiet: bool) -> tuple[str, str]:
    """Evaluate and store; return the names of the value and of the message."""
    value, message, stop = emitter.temporary(), emitter.temporary(), emitter.temporary()
    with emitter.block(blocks=1, nesting=1) as body, emitter.guarded(quiet=is_quiet):
        result = emitter.value(node.value)
        emitter.add(
            emitter.assign(emitter.target(value), result),
            emitter.assign(emitter.target(message), emitter.constant(None)),
        )
    text = emitter.attribute(emitter.name(stop), "message")
    treat = [
        emitter.assign(emitter.target(value), value_of(emitter, node.default)),
        emitter.assign(emitter.target(message), text),
    ]
    emitter.add(emitter.try_(body, "CAUGHT", stop, treat))
    for place, name in ((node.ok, value), (node.error, message)):
        if place is not None:
            write(emitter, place, emitter.name(name))
    return value, message


@emits(nodes.Delete)
def delete(emitter: Emitter, node: nodes.Delete) -> ast.expr:
    return emitter.name(_delete(emitter, node))


@effects(nodes.Delete)
def deleted(emitter: Emitter, node: nodes.Delete) -> None:
    _delete(emitter, node)


def _delete(emitter: Emitter, node: nodes.Delete) -> str:
    """Delete; return the name of what was there."""
    root, path = node.place.root, node.place.path
    compact = _compact(emitter, node)
    removed = emitter.temporary()
    fixed = emitter.facts.roots.get(root)
    if fixed is not None and fixed.is_fixed and len(path) == 1:
        if type(path[0]) is str:
            gone = emitter.method(emitter.slot(root), "pop", emitter.constant(path[0]), emitter.constant(None))
        else:
            gone = emitter.constant(None)
        emitter.add(emitter.assign(emitter.target(removed), gone))
        return removed
    both = emitter.pair(emitter.slot_target(root), emitter.target(removed), store=True)
    emitter.add(emitter.assign(both, emitter.call("remove", emitter.slot(root), emitter.constant(path), compact)))
    return removed


def _compact(emitter: Emitter, node: nodes.Delete) -> ast.expr:
    """Emit the flag of a deletion, as an argument of the call that it is."""
    flag = node.compact
    if flag is None:
        return emitter.constant(False)
    if isinstance(flag, nodes.Constant) and isinstance(flag.value, bool):
        return emitter.constant(flag.value)
    name = emitter.temporary()
    guards = not emitter.is_quiet
    with emitter.block(blocks=guards, nesting=1) as body, emitter.guarded(quiet=emitter.is_quiet):
        test = condition(emitter, flag)
        emitter.add(emitter.assign(emitter.target(name), test))
    call_handler(emitter, body, "del", emitter.source.byte_span(node.span))
    return emitter.name(name)


@emits(nodes.Exists)
def existence(emitter: Emitter, node: nodes.Exists) -> ast.expr:
    path = node.place.path
    if node.value is not None:
        return emitter.call("exists", emitter.value(node.value), emitter.constant(path))
    root = emitter.slot(node.place.root)
    fixed = emitter.facts.roots.get(node.place.root)
    if fixed is not None and fixed.is_fixed and len(path) == 1 and type(path[0]) is str:
        return emitter.compare(emitter.constant(path[0]), ast.In(), root)
    return emitter.call("exists", root, emitter.constant(path))
