"""Emission of control flow."""

from __future__ import annotations

import ast

from dtl.backends.bytecode.emit import Emitter, effects, emits
from dtl.hir import nodes
from dtl.hir.nodes import Hir
from dtl.types.type import BOOLEAN, STRING


def condition(emitter: Emitter, node: Hir) -> ast.expr:
    """Return the expression for a condition, a Python boolean."""
    value = emitter.value(node)
    return value if node.type.kinds == BOOLEAN else emitter.call("truth", value)


@emits(nodes.Conditional)
def conditional(emitter: Emitter, node: nodes.Conditional) -> ast.expr:
    test = condition(emitter, node.test)
    name = emitter.temporary()
    then, then_value = _branch(emitter, node.then)
    otherwise, other_value = _branch(emitter, node.otherwise)
    if not then and not otherwise:
        return emitter.choose(test, then_value, other_value)
    then.append(emitter.assign(emitter.target(name), then_value))
    otherwise.append(emitter.assign(emitter.target(name), other_value))
    emitter.add(emitter.if_(test, then, otherwise))
    return emitter.name(name)


def _branch(emitter: Emitter, node: Hir | None) -> tuple[list[ast.stmt], ast.expr]:
    if node is None:
        return [], emitter.constant(None)
    with emitter.block(nesting=1) as statements:
        value = emitter.value(node)
    return statements, value


@effects(nodes.Conditional)
def branch(emitter: Emitter, node: nodes.Conditional) -> None:
    test = condition(emitter, node.test)
    with emitter.block(nesting=1) as then:
        emitter.effect(node.then)
    with emitter.block(nesting=1) as otherwise:
        if node.otherwise is not None:
            emitter.effect(node.otherwise)
    emitter.add(emitter.if_(test, then, otherwise))


@emits(nodes.Sequence)
def sequence(emitter: Emitter, node: nodes.Sequence) -> ast.expr:
    for item in node.body[:-1]:
        emitter.step()
        emitter.effect(item)
    if not node.body:
        return emitter.constant(None)
    emitter.step()
    return emitter.value(node.body[-1])


@effects(nodes.Sequence)
def statements(emitter: Emitter, node: nodes.Sequence) -> None:
    for item in node.body:
        emitter.step()
        emitter.effect(item)


@emits(nodes.Recover)
def recovery(emitter: Emitter, node: nodes.Recover) -> ast.expr:
    name = emitter.temporary()
    body = _attempt(emitter, node, name)
    with emitter.block(blocks=2, nesting=1) as treat:
        stop = _note_error(emitter, node)
        value = emitter.value(node.right)
        emitter.add(emitter.assign(emitter.target(name), value))
    emitter.add(emitter.try_(body, _caught(node), stop, treat))
    return emitter.name(name)


@effects(nodes.Recover)
def recovered(emitter: Emitter, node: nodes.Recover) -> None:
    body = _attempt(emitter, node, None)
    with emitter.block(blocks=2, nesting=1) as treat:
        stop = _note_error(emitter, node)
        emitter.effect(node.right)
    emitter.add(emitter.try_(body, _caught(node), stop, treat))


def _caught(node: nodes.Recover) -> str:
    """Return the name of what the handler is for."""
    return "Failure" if node.is_try else "CAUGHT"


def _attempt(emitter: Emitter, node: nodes.Recover, name: str | None) -> list[ast.stmt]:
    """Write the left side, which may fail; into a variable, if its value is wanted."""
    quiet = node.error is None and not node.is_try
    with emitter.block(blocks=1, nesting=1) as body, emitter.guarded(quiet=quiet, may_return=node.is_try):
        if name is None:
            emitter.effect(node.left)
        else:
            value = emitter.value(node.left)
            emitter.add(emitter.assign(emitter.target(name), value))
    return body


def _note_error(emitter: Emitter, node: nodes.Recover) -> str | None:
    """Write the message into the slot that takes it; return the name of what was caught, if it is needed."""
    if node.error is None:
        return None
    stop = emitter.temporary()
    message = emitter.attribute(emitter.name(stop), "message")
    emitter.add(emitter.assign(emitter.slot_target(node.error), message))
    return stop


@emits(nodes.Abort)
def abort(emitter: Emitter, node: nodes.Abort) -> ast.expr:
    if node.message is None:
        emitter.add(emitter.raise_(emitter.call("Abort"), plain=False))
    else:
        message = emitter.value(node.message)
        if node.message.type.kinds != STRING:
            message = emitter.call("message_text", message)
        emitter.add(emitter.raise_(emitter.call("Abort", message), plain=False))
    return emitter.constant(None)


@emits(nodes.Return)
def return_(emitter: Emitter, node: nodes.Return) -> ast.expr:
    emitter.return_value(emitter.value(node.value))
    return emitter.constant(None)


@emits(nodes.Throw)
def throw(emitter: Emitter, node: nodes.Throw) -> ast.expr:
    message = emitter.call("thrown_text", emitter.value(node.message))
    emitter.add(emitter.raise_(emitter.call("Failure", message), plain=False))
    return emitter.constant(None)


@emits(nodes.Drop)
def drop(emitter: Emitter, node: nodes.Drop) -> ast.expr:
    emitter.add(emitter.raise_(emitter.call("Drop"), plain=False))
    return emitter.constant(None)


@emits(nodes.Loop)
def loop(emitter: Emitter, node: nodes.Loop) -> ast.expr:
    if node.items is not None:
        _loop_over(emitter, node, node.items)
    else:
        _loop_while(emitter, node)
    return emitter.constant(None)


def _loop_over(emitter: Emitter, node: nodes.Loop, items: Hir) -> None:
    entries = emitter.call("entries", emitter.value(items))
    key, element = (emitter.target("_") if slot is None else emitter.slot_target(slot) for slot in node.slots)
    with emitter.block(blocks=1, nesting=1) as body:
        _turn(emitter, node)
    emitter.add(emitter.for_(emitter.pair(key, element, store=True), entries, body))


def _loop_while(emitter: Emitter, node: nodes.Loop) -> None:
    with emitter.block(blocks=1, nesting=1) as body:
        emitter.scope.loops += 1
        test = emitter.constant(True) if node.test is None else condition(emitter, node.test)
        emitter.scope.loops -= 1
        is_plain = not body
        if not is_plain:
            emitter.add(emitter.if_(emitter.not_(test), [emitter.break_()]))
        _turn(emitter, node)
    emitter.add(emitter.while_(test if is_plain else emitter.constant(True), body))


def _turn(emitter: Emitter, node: nodes.Loop) -> None:
    emitter.scope.loops += 1
    emitter.step()
    emitter.effect(node.body)
    emitter.scope.loops -= 1


@emits(nodes.LoopExit)
def loop_exit(emitter: Emitter, node: nodes.LoopExit) -> ast.expr:
    emitter.exit_loop(node.is_break)
    return emitter.constant(None)
