"""Which argument of a call goes to which parameter."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.functions.function import Function, Parameter
from dtl.syntax import nodes

Call = nodes.Call | nodes.MethodCall


def arguments_of(call: Call) -> tuple[nodes.Argument, ...]:
    """Return a call's arguments, the receiver of a method first."""
    if isinstance(call, nodes.MethodCall):
        return (nodes.Argument(call.receiver.span, None, call.receiver), *call.arguments)
    return call.arguments


def bound(function: Function, call: Call) -> Iterator[tuple[Parameter, nodes.Argument]]:
    """Give each argument with its parameter; arguments that fit none are left out."""
    cursor = 0
    for argument in arguments_of(call):
        if argument.name is None:
            if cursor < len(function.parameters):
                yield function.parameters[cursor], argument
            cursor += 1
            continue
        for position, parameter in enumerate(function.parameters):
            if parameter.name == argument.name.text:
                yield parameter, argument
                cursor += position == cursor
