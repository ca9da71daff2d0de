"""Rules for what only dialect dtl has: methods, `deleted()`, filters, try and throw, loops."""

from __future__ import annotations

from dtl.check import problems
from dtl.check.calls import call_function, element_type
from dtl.check.checker import Checker, Result, rule
from dtl.check.control import condition
from dtl.check.scope import Binding, State
from dtl.functions.function import ABSENT
from dtl.hir import nodes as hir
from dtl.syntax import nodes as ast
from dtl.types.annotations import ELEMENT, KEY
from dtl.types.show import show
from dtl.types.type import (
    BOOLEAN_TYPE,
    CONTAINERS,
    INTEGER,
    NEVER,
    NULL_TYPE,
    STRING,
    STRING_TYPE,
    Type,
)

#: Methods that on anything but text stand for a wider function than the one of the same name.
METHODS = {"contains": "has", "includes": "has"}


@rule(ast.Invalid)
def invalid(checker: Checker, node: ast.Invalid) -> None:
    """A stretch that the parser has reported."""


@rule(ast.MethodCall)
def method(checker: Checker, node: ast.MethodCall) -> Result | None:
    """`receiver.f(a)` is `f(receiver, a)`."""
    arguments = (ast.Argument(node.receiver.span, None, node.receiver), *node.arguments)
    user = checker.user_functions.get(node.name.text)
    if user is not None:
        return user(checker, node, arguments)
    name = node.name.text
    if name in METHODS and not is_text(checker, node.receiver):
        name = METHODS[name]
    return call_function(checker, node, arguments, name)


def is_text(checker: Checker, node: ast.Expression) -> bool:
    """Tell whether an expression is known to be text; what it reports is forgotten."""
    diagnostics, pending, state = len(checker.diagnostics), len(checker.pending), checker.state
    found = checker.check(node)
    del checker.diagnostics[diagnostics:], checker.pending[pending:]
    checker.state = state
    return found is not None and found.type.within(STRING)


def drop(checker: Checker, node: ast.Call, arguments: tuple[ast.Argument, ...]) -> Result | None:
    """`deleted()`: the record is dropped."""
    if arguments:
        checker.fail(problems.too_many_arguments(arguments[0].span.to(arguments[-1].span), 0))
        return None
    return Result(hir.Drop(node.span, NEVER), NEVER)


@rule(ast.Filter)
def filter_(checker: Checker, node: ast.Filter) -> Result | None:
    """A final `if condition`: any other record is dropped."""
    mark = len(checker.pending)
    found = checker.check(node.condition)
    if found is None:
        return None
    if found.fallible:
        cause = checker.cause_since(mark)
        finding = checker.worded(cause if cause is not None else problems.unhandled_error(node.condition.span))
        if not checker.settle(finding, mark):
            return None
    test = condition(checker, found, node.condition.span)
    if test is None:
        return None
    keep = hir.Constant(node.span, BOOLEAN_TYPE, True)
    made = hir.Conditional(node.span, BOOLEAN_TYPE, test.hir, keep, hir.Drop(node.span, NEVER), test.hir.fallible)
    return Result(made, BOOLEAN_TYPE)


# --- failure ----------------------------------------------------------------------------------------


@rule(ast.Throw)
def throw(checker: Checker, node: ast.Throw) -> Result | None:
    """`throw message`: a failure of the program's own."""
    mark = len(checker.pending)
    found = checker.check(node.message)
    if found is None:
        return None
    if not checker.is_certain(node.message, found, mark):
        return None
    if not found.type.kinds & STRING and not found.type.is_never:
        checker.fail(problems.non_string_abort(node.message.span, found.type))
        return None
    checker.throws = True
    return Result(hir.Throw(node.span, NEVER, found.hir), NEVER)


@rule(ast.Try)
def try_(checker: Checker, node: ast.Try) -> Result | None:
    """`try { a } catch e { b }`: b when anything in a fails; `abort`, `return` and `deleted()` go on."""
    mark = len(checker.pending)
    before = checker.state
    body = checker.block(node.body)
    if body is None:
        return None
    del checker.pending[mark:]
    after = checker.state
    if before is not after:
        # The body may have failed between two assignments: nothing is sure of what it wrote.
        checker.is_sound = False
    checker.state = before.joined(after)
    slot: str | None = None
    if node.error is not None and node.error.text != "_":
        slot = checker.fresh_slot(node.error.text)
        checker.types[node.error.span] = STRING_TYPE
        checker.state = checker.state.bind(node.error.text, Binding(STRING_TYPE, ABSENT, slot))
    handler = checker.block(node.handler)
    if handler is None:
        return None
    checker.state = after.joined(before.leaving(checker.state))
    made = hir.Recover(
        node.span,
        body.hir.type | handler.hir.type,
        body.hir,
        handler.hir,
        slot,
        body.hir.fallible or handler.hir.fallible,
        is_try=True,
    )
    return Result(made, body.type | handler.type, handler.fallible)


# --- loops ------------------------------------------------------------------------------------------


@rule(ast.For)
def for_(checker: Checker, node: ast.For) -> Result | None:
    """`for item in e { }`, `for key, item in e { }`: objects in key order."""
    mark = len(checker.pending)
    items = checker.check(node.iterable)
    if items is None:
        return None
    if not checker.is_certain(node.iterable, items, mark):
        return None
    wanted = Type(CONTAINERS)
    if not items.type.intersects(wanted):
        checker.fail(
            problems.problem(
                1301, problems.here(node.iterable.span, f"this is {show(items.type)}, not an array or object")
            )
        )
        return None
    over = items.type.only(CONTAINERS)
    kinds = (ELEMENT,) if len(node.parameters) == 1 else (KEY, ELEMENT)
    slots: list[str | None] = []
    inner = checker.state
    for name, kind in zip(node.parameters, kinds, strict=True):
        if name.text == "_":
            slots.append(None)
            continue
        slot = checker.fresh_slot(name.text)
        slots.append(slot)
        type = element_type(kind, over)
        if kind is KEY and type.is_never:
            type = Type(STRING | INTEGER)
        checker.types[name.span] = type
        inner = inner.bind(name.text, Binding(type, ABSENT, slot))
    body = loop_body(checker, node.body, inner)
    if body is None:
        return None
    key, element = (None, slots[0]) if len(slots) == 1 else (slots[0], slots[1])
    fails = items.hir.fallible or body.hir.fallible or bool(items.hir.type.kinds & ~CONTAINERS)
    made = hir.Loop(node.span, NULL_TYPE, (key, element), items.hir, None, body.hir, fails)
    return Result(made, NULL_TYPE, body.fallible)


@rule(ast.While)
def while_(checker: Checker, node: ast.While) -> Result | None:
    """`while condition { }`."""
    before = checker.state
    mark = len(checker.pending)
    test = checker.check(node.condition)
    if test is None:
        return None
    if not checker.is_certain(node.condition, test, mark):
        return None
    found = condition(checker, test, node.condition.span)
    if found is None:
        return None
    body = loop_body(checker, node.body, checker.state)
    if body is None:
        return None
    checker.distrust(before, checker.state)
    made = hir.Loop(
        node.span, NULL_TYPE, (None, None), None, found.hir, body.hir, found.hir.fallible or body.hir.fallible
    )
    return Result(made, NULL_TYPE, body.fallible)


def loop_body(checker: Checker, node: ast.Block, inner: State) -> Result | None:
    """Check a loop's body: in any turn but the first it starts from where a turn ended."""
    outer = checker.state
    checker.loop_depth += 1
    diagnostics, pending = len(checker.diagnostics), len(checker.pending)
    checker.state = inner
    rehearses, checker.rehearses = checker.rehearses, True
    body = checker.block(node)
    checker.rehearses = rehearses
    # Within a rehearsal once is enough, or the work would double with every nested loop.
    if body is not None and not rehearses:
        del checker.diagnostics[diagnostics:], checker.pending[pending:]
        checker.state = inner.joined(inner.leaving(checker.state))
        again = checker.state
        body = checker.block(node)
        checker.distrust(again, again.leaving(checker.state))
    checker.loop_depth -= 1
    checker.state = outer.joined(outer.leaving(checker.state))
    return body


@rule(ast.Break, ast.Continue)
def loop_exit(checker: Checker, node: ast.Break | ast.Continue) -> Result | None:
    """`break`, `continue`."""
    if not checker.loop_depth:
        checker.fail(problems.problem(1300, problems.here(node.span, "there is no loop around this")))
        return None
    return Result(hir.LoopExit(node.span, NEVER, isinstance(node, ast.Break)), NEVER)
