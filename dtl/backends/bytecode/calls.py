"""Emission of calls, closures and user functions."""

from __future__ import annotations

import ast

from dtl.backends.bytecode.asking import answered, asked_once, with_closure
from dtl.backends.bytecode.binding import to_data
from dtl.backends.bytecode.emit import Emitter, Scope, effects, emits
from dtl.backends.bytecode.facts import is_asking, written_slots
from dtl.backends.bytecode.special import is_kept, special_evaluator
from dtl.backends.bytecode.values import CLASS_NAMES, kinds_of
from dtl.backends.meaning import default_argument
from dtl.functions.function import Function
from dtl.hir import nodes
from dtl.hir.nodes import EVENT, METADATA, Guard, Hir
from dtl.hir.stop import may_stop
from dtl.hir.visit import body_of, walk
from dtl.types.type import BOOLEAN, NULL, UNDEFINED


@emits(nodes.Call)
def call(emitter: Emitter, node: nodes.Call) -> ast.expr:
    name = emitter.temporary()
    _call(emitter, node, name)
    return emitter.name(name)


@emits(nodes.Together)
def together(emitter: Emitter, node: nodes.Together) -> ast.expr:
    """Make the requests, each kept or what stopped it; then ask for them all."""
    for slot, call in zip(node.slots, node.calls, strict=True):
        function = call.function
        emitter.bindings.functions[function.name] = function
        named: dict[str, ast.expr] = {"context": emitter.name("context")} if function.takes_context else {}
        before = emitter.move(call.span)
        with emitter.block(blocks=1, nesting=1) as body, emitter.guarded(quiet=False):
            arguments = _arguments(emitter, call)
            result = emitter.call(_evaluate(emitter, function), *arguments, **named)
            emitter.add(emitter.assign(emitter.slot_target(slot), result))
        stop = emitter.temporary()
        kept = emitter.name(stop)
        if any(argument is not None and may_stop(argument) for argument in call.arguments):
            # It may have been raised deeper than the call; else its place is the call's that takes the answer.
            kept = emitter.call("held", kept)
        emitter.add(emitter.try_(body, "Stop", stop, [emitter.assign(emitter.slot_target(slot), kept)]))
        emitter.back(before)
    asked = emitter.yield_from(emitter.call("together", emitter.make_list([emitter.slot(slot) for slot in node.slots])))
    answers = emitter.kept(asked)
    for index, slot in enumerate(node.slots):
        emitter.add(emitter.assign(emitter.slot_target(slot), emitter.item(answers, emitter.constant(index))))
    return emitter.value(node.then)


@emits(nodes.Taken)
def taken(emitter: Emitter, node: nodes.Taken) -> ast.expr:
    """Give what was kept, or raise it as the failure of this call."""
    words = (emitter.constant(node.name), emitter.constant(node.place[0]), emitter.constant(node.place[1]))
    return emitter.kept(emitter.call("taken", emitter.slot(node.slot), *words))


@effects(nodes.Call)
def called(emitter: Emitter, node: nodes.Call) -> None:
    _call(emitter, node, None)


def _call(emitter: Emitter, node: nodes.Call, name: str | None) -> None:
    """Emit a call, its value into a variable if it is wanted."""
    function = node.function
    emitter.bindings.functions[function.name] = function
    named: dict[str, ast.expr] = {"context": emitter.name("context")} if function.takes_context else {}
    with emitter.block(blocks=not emitter.is_quiet, nesting=1) as body, emitter.guarded(quiet=emitter.is_quiet):
        if node.closure is not None:
            named["closure"] = emitter.name(closure(emitter, node.closure, node))
        special = special_evaluator(emitter, node)
        evaluate, taken_in = special or (_evaluate(emitter, function), frozenset())
        arguments = _arguments(emitter, node, taken_in)
        if node.closure is not None and emitter.facts.asks_in(node.closure):
            result = with_closure(emitter, evaluate, arguments, named)
        elif function.keeps and len(arguments) == 1:
            value = emitter.kept(arguments[0])
            result = emitter.choose(is_kept(emitter, node, value), value, emitter.call(evaluate, value))
        elif special is not None:
            # Python calls its own functions more quickly without names.
            result = emitter.call(evaluate, *arguments, *named.values())
        else:
            result = emitter.call(evaluate, *arguments, **named)
        if node.once and special is None and not named:
            result = asked_once(emitter, node, evaluate, arguments)
        elif is_asking(node):
            result = answered(emitter, result)
        elif not node.asks:
            emitter.add(emitter.expression(result))
            result = emitter.constant(None)
        emitter.add(_taken(emitter, name, result))
    call_handler(emitter, body, function.name, node.place)


def _evaluate(emitter: Emitter, function: Function) -> str:
    return emitter.bindings.add("f", ("evaluate", function.name), function.evaluate)


def _taken(emitter: Emitter, name: str | None, result: ast.expr) -> ast.stmt:
    return emitter.expression(result) if name is None else emitter.assign(emitter.target(name), result)


def call_handler(emitter: Emitter, body: list[ast.stmt], name: str, place: tuple[int, int]) -> None:
    """Add the body of a call, what stops it worded as the call's failure unless nobody will see that."""
    if emitter.is_quiet:
        emitter.add(*body)
        return
    stop = emitter.temporary()
    words = (emitter.name(stop), emitter.constant(name), emitter.constant(place[0]), emitter.constant(place[1]))
    emitter.add(emitter.try_(body, "Stop", stop, [emitter.raise_(emitter.call("call_failed", *words))]))


def _arguments(emitter: Emitter, node: nodes.Call, taken_in: frozenset[int] = frozenset()) -> list[ast.expr]:
    """Emit the arguments in their order; return them as the evaluator wants them, in the order of parameters.

    Args:
        emitter: Where to emit.
        node: The call.
        taken_in: The indexes of constants that the evaluator knows already.
    """
    function = node.function
    order = [index for index in node.order if node.arguments[index] is not None and index not in taken_in]
    is_moved = order != sorted(order)
    at_once = {guard.index: guard for guard in node.guards if guard.at_once}
    given: dict[int, ast.expr] = {}
    waiting: list[int] = []
    for index in order:
        waiting.append(index)
        if index in at_once:
            given |= _kept(emitter, _given(emitter, node, waiting))
            _add_guard(emitter, node, at_once[index], given)
            waiting = []
    rest = _given(emitter, node, waiting)
    # Every argument is evaluated before the first is looked at.
    given |= _kept(emitter, rest) if node.guards or is_moved else rest
    for guard in node.guards:
        if not guard.at_once:
            _add_guard(emitter, node, guard, given)
    arguments = []
    for index, parameter in enumerate(function.parameters):
        preparation = function.preparations.get(parameter.name)
        if index in taken_in:
            continue
        if index not in given:
            arguments.append(_default(emitter, node, index))
        elif preparation is None or index in node.prepared:
            arguments.append(given[index])
        else:
            spec = ("prepare", function.name, parameter.name)
            prepare = emitter.bindings.add("p", spec, preparation.prepare)
            arguments.append(emitter.call(prepare, given[index]))
    return arguments


def _kept(emitter: Emitter, given: dict[int, ast.expr]) -> dict[int, ast.expr]:
    return {index: emitter.kept(expression) for index, expression in given.items()}


def _add_guard(emitter: Emitter, node: nodes.Call, guard: Guard, given: dict[int, ast.expr]) -> None:
    argument = node.arguments[guard.index]
    assert argument is not None
    add_guard(emitter, guard, given[guard.index], argument.type.kinds)


def _given(emitter: Emitter, node: nodes.Call, order: list[int]) -> dict[int, ast.expr]:
    """Emit the arguments that are given; prepared ones are bound."""
    plain: list[tuple[int, Hir]] = []
    bound: dict[int, ast.expr] = {}
    for index in order:
        argument = node.arguments[index]
        assert argument is not None
        if isinstance(argument, nodes.Constant) and (index in node.prepared or isinstance(argument.value, list | dict)):
            bound[index] = _bound(emitter, node, index, argument)
        else:
            plain.append((index, argument))
    expressions = emitter.values([argument for _, argument in plain])
    return bound | {index: found for (index, _), found in zip(plain, expressions, strict=True)}


def _bound(emitter: Emitter, node: nodes.Call, index: int, argument: nodes.Constant) -> ast.expr:
    if index not in node.prepared:
        return emitter.bound("c", ("constant", to_data(argument.value)), argument.value)
    parameter = node.function.parameters[index].name
    return emitter.bound("c", ("prepared", node.function.name, parameter, to_data(argument.raw)), argument.value)


def _default(emitter: Emitter, node: nodes.Call, index: int) -> ast.expr:
    """Return what stands for an argument that is not given."""
    function = node.function
    parameter = function.parameters[index]
    value = parameter.default
    if value is None or (parameter.name not in function.preparations and type(value) in (bool, int, float, str)):
        return emitter.constant(value)
    return emitter.bound("c", ("default", function.name, index), default_argument(function, index))


def add_guard(emitter: Emitter, guard: Guard, value: ast.expr, possible: int) -> None:
    """Refuse a value of another kind than those wanted."""
    wanted = guard.kinds & ~UNDEFINED
    refused = possible & ~UNDEFINED & ~wanted
    if possible & UNDEFINED and not wanted & NULL:
        refused |= NULL
    if not refused:
        return
    if refused == NULL:
        test = emitter.is_(value, emitter.constant(None))
    elif wanted in CLASS_NAMES or wanted == BOOLEAN:
        test = emitter.is_not(emitter.type_of(value), emitter.name(CLASS_NAMES.get(wanted, "bool")))
    else:
        test = emitter.not_(kinds_of(emitter, value, wanted))
    failure = emitter.call("unseen") if emitter.is_quiet else _refusal(emitter, wanted, value)
    emitter.add(emitter.if_(test, [emitter.raise_(failure, plain=False)]))


def _refusal(emitter: Emitter, wanted: int, value: ast.expr) -> ast.expr:
    return emitter.call("refuse_kind", emitter.constant(wanted), value)


# --- closures -----------------------------------------------------------------------------------------


def closure(emitter: Emitter, node: nodes.Closure, call: nodes.Call) -> str:
    """Emit a closure as a function; return its name."""
    shape = call.function.closure
    missing = max(len(shape.parameters) - len(node.slots), 0) if shape is not None else 0
    slots = (None,) * missing + node.slots
    parameters = [f"_{index}" if slot is None else emitter.variable(slot) for index, slot in enumerate(slots)]
    before = emitter.move(node.span)
    scope = Scope(
        is_body=False,
        depth=emitter.scope.depth,
        locals=frozenset(slot for slot in slots if slot is not None),
        can_return=False,
    )
    with emitter.function_scope(scope):
        emitter.step()
        with emitter.block(blocks=1 if node.shadowed else 0) as body:
            value = emitter.value(node.body)
            emitter.add(emitter.return_(value))
        if node.shadowed:
            body = _leaking(emitter, node, parameters, body)
        emitter.add(*body)
        body = emitter.finished(scope)
    name = emitter.temporary()
    emitter.add(emitter.function(name, parameters, body))
    emitter.back(before)
    return name


def _leaking(emitter: Emitter, node: nodes.Closure, parameters: list[str], body: list[ast.stmt]) -> list[ast.stmt]:
    """Leave the parameters in the variables that they shadow when the body is stopped."""
    stop = emitter.temporary()
    arguments = (emitter.name(stop), emitter.constant(len(parameters)), emitter.name(parameters[0]))
    leaks: list[ast.stmt] = []
    for slot, shadowed in node.shadowed:
        leaks.append(emitter.assign(emitter.slot_target(shadowed), emitter.slot(slot)))
    treat = [emitter.if_(emitter.call("is_leaking", *arguments), leaks), emitter.reraise()]
    return [emitter.try_(body, "Stop", stop, treat)]


# --- user functions -----------------------------------------------------------------------------------


@emits(nodes.Invoke)
def invoke(emitter: Emitter, node: nodes.Invoke) -> ast.expr:
    function = node.function
    name = emitter.temporary()
    with emitter.block(blocks=not emitter.is_quiet, nesting=1) as body, emitter.guarded(quiet=emitter.is_quiet):
        arguments = emitter.values(list(node.arguments))
        if node.guards or emitter.counted:
            arguments = [emitter.kept(argument) for argument in arguments]
        for guard in node.guards:
            add_guard(emitter, guard, arguments[guard.index], node.arguments[guard.index].type.kinds)
        emitter.step()
        if emitter.facts.is_recursive:
            depth = emitter.scope.depth
            here = emitter.constant(depth) if isinstance(depth, int) else emitter.name(depth)
            arguments.append(emitter.call("deeper", here))
        result = emitter.call(emitter.functions[id(function)], *arguments)
        if id(function) in emitter.facts.asking:
            result = emitter.yield_from(result)
        emitter.add(emitter.assign(emitter.target(name), result))
    call_handler(emitter, body, function.name, node.place)
    return emitter.name(name)


def user_function(emitter: Emitter, function: nodes.UserFunction) -> ast.stmt:
    """Emit a user function: a Python function whose variables are its own."""
    slots = _slots(function)
    parameters = [emitter.variable(slot) for slot in function.parameters]
    is_recursive = emitter.facts.is_recursive
    outer = emitter.scope if id(function) in emitter.facts.inner else None
    scope = Scope(is_body=True, depth="depth" if is_recursive else 0, locals=frozenset(slots))
    with emitter.text_of(function.source), emitter.at(body_of(function).span), emitter.function_scope(scope):
        scope.outer = outer
        others = [slot for slot in slots if slot not in function.parameters]
        for slot in others:
            emitter.add(emitter.assign(emitter.slot_target(slot), emitter.constant(None)))
        value = emitter.value(body_of(function))
        emitter.add(emitter.return_(emitter.result(scope, value)))
        body = emitter.finished(scope)
        name = emitter.functions[id(function)]
        return emitter.function(name, [*parameters, *(["depth"] if is_recursive else [])], body)


def _slots(function: nodes.UserFunction) -> list[str]:
    """Return the slots that a user function uses."""
    found = dict.fromkeys((*function.parameters, *function.slots))
    for node in walk(body_of(function)):
        if isinstance(node, nodes.Load | nodes.Store | nodes.Delete | nodes.Exists):
            found.setdefault(node.place.root)
    found.update(dict.fromkeys(sorted(written_slots(body_of(function)))))
    return [slot for slot in found if slot not in (EVENT, METADATA, "")]
