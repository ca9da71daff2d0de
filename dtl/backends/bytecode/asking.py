"""Emission of what asks models: functions that stop at a request and go on with its answer."""

from __future__ import annotations

import ast

from dtl.backends.bytecode.emit import Emitter
from dtl.hir import nodes


def answered(emitter: Emitter, result: ast.expr) -> ast.expr:
    """Return the expression for the value of what a function gave: of a request, what its answer is read as."""
    request = emitter.kept(result)
    is_request = emitter.is_(emitter.type_of(request), emitter.name("Request"))
    return emitter.choose(is_request, emitter.method(request, "read", emitter.yield_(request)), request)


def asked_once(emitter: Emitter, node: nodes.Call, evaluate: str, arguments: list[ast.expr]) -> ast.expr:
    """Return the expression for the value of a call that is the same for all records of a run."""
    constants = [each.value if isinstance(each, nodes.Constant) else None for each in node.arguments]
    question = emitter.constant(f"{node.function.name} {constants!r}")
    called = emitter.call("once", question, emitter.name(evaluate), emitter.make_tuple(arguments))
    return emitter.yield_from(called)


def with_closure(emitter: Emitter, evaluate: str, arguments: list[ast.expr], named: dict[str, ast.expr]) -> ast.expr:
    """Return the expression for a call whose closure asks (see `dtl.backends.asking.with_closure`)."""
    closure = named.pop("closure")
    function = emitter.name(evaluate)
    if named:
        function = emitter.call("partial", function, **named)
    return emitter.yield_from(emitter.call("with_closure", function, emitter.make_tuple(arguments), closure))
