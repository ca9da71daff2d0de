"""Emission of what asks models: functions that stop at a request and go on with its answer."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from dtl.functions.function import Effect
from dtl.hir import nodes
from dtl.hir.visit import body_of, walk

if TYPE_CHECKING:
    from dtl.backends.bytecode.emit import Emitter


def asking_functions(functions: dict[int, nodes.UserFunction], reachable: dict[int, set[int]]) -> frozenset[int]:
    """Return the user functions that ask, or call others that do."""
    own = {
        key
        for key, function in functions.items()
        if function.body is not None and any(is_asking(node) for node in walk(body_of(function)))
    }
    return frozenset(key for key in functions if key in own or reachable[key] & own)


def is_asking(node: Any) -> bool:
    """Tell whether a node itself asks a model."""
    return isinstance(node, nodes.Call) and node.asks and node.function.effect is Effect.AI


def asks(emitter: Emitter, node: Any) -> bool:
    """Tell whether running a node may ask a model."""
    if not emitter.facts.asks:
        return False
    asking = emitter.facts.asking
    return any(
        is_asking(here) or (isinstance(here, nodes.Invoke) and id(here.function) in asking) for here in walk(node)
    )


def answered(emitter: Emitter, result: ast.expr) -> ast.expr:
    """Return the expression for the value of what a function gave: of a request, what its answer is read as."""
    request = emitter.kept(result)
    is_request = emitter.is_(emitter.type_of(request), emitter.name("Request"))
    return emitter.choose(is_request, emitter.method(request, "read", emitter.yield_(request)), request)


def with_closure(emitter: Emitter, evaluate: str, arguments: list[ast.expr], named: dict[str, ast.expr]) -> ast.expr:
    """Return the expression for a call whose closure asks (see `dtl.backends.asking.with_closure`)."""
    closure = named.pop("closure")
    function = emitter.name(evaluate)
    if named:
        function = emitter.call("partial", function, **named)
    return emitter.yield_from(emitter.call("with_closure", function, emitter.make_tuple(arguments), closure))
