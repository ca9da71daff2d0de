"""Ways to give an argument the type that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.diagnostics.diagnostic import Edit
from dtl.functions.function import Function, Parameter
from dtl.ide.actions.action import Action
from dtl.ide.actions.handle import FALLIBLE, failing
from dtl.ide.analysis import Analysis
from dtl.ide.called import Call, bound, constants_of, function_of, result_of
from dtl.ide.findings import Finding
from dtl.source import Span
from dtl.syntax import nodes
from dtl.types import type as kind
from dtl.types.type import ANY, Type

#: For each kind of value the function that insists on it, the one that converts to it, and a default.
_WAYS = {
    kind.STRING: ("string", "to_string", '""'),
    kind.INTEGER: ("int", "to_int", "0"),
    kind.FLOAT: ("float", "to_float", "0.0"),
    kind.BOOLEAN: ("bool", "to_bool", "false"),
    kind.TIMESTAMP: ("timestamp", "", ""),
    kind.OBJECT: ("object", "", ""),
    kind.ARRAY: ("array", "", ""),
}
#: Findings on a single expression that must be of a kind.
_MUST_BE = {102: kind.BOOLEAN, 113: kind.STRING}


def actions(analysis: Analysis, finding: Finding) -> Iterator[Action]:
    """Offer conversions of what does not surely have the wanted type."""
    code = finding.origin.code
    if finding.origin.source is not None:
        return
    if code in _MUST_BE:
        for node in reversed(analysis.trail(finding.span.start)):
            if node.span == finding.span:
                yield from _ways(analysis, finding, node.span, analysis.type_of(node) or ANY, _MUST_BE[code], False)
                return
        return
    if code not in FALLIBLE and code != 110:
        return
    call = failing(analysis, finding)
    if call is None and code == 110:
        trail = analysis.trail(finding.span.start)
        call = next(
            (n for n in reversed(trail) if isinstance(n, nodes.Call | nodes.MethodCall) and n.span != finding.span),
            None,
        )
    if not isinstance(call, nodes.Call | nodes.MethodCall):
        return
    function = function_of(analysis, call.name.text)
    for parameter, argument in bound(function, call) if function is not None else ():
        type = analysis.type_of(argument.value)
        if type is None or parameter.query or parameter.type.includes(type):
            continue
        if code == 110 and argument.value.span != finding.span:
            continue
        if call.bang is None and _still_fails(analysis, function, call, parameter):
            continue
        is_receiver = isinstance(call, nodes.MethodCall) and argument.value is call.receiver
        yield from _ways(analysis, finding, argument.value.span, type, parameter.type.kinds, is_receiver)


def _still_fails(analysis: Analysis, function: Function | None, call: Call, settled: Parameter) -> bool:
    """Tell whether a call can fail even if one of its arguments is of the right type."""
    if function is None:
        return False
    types: dict[str, Type] = {}
    for parameter, argument in bound(function, call):
        type = settled.type if parameter is settled else analysis.type_of(argument.value) or ANY
        types[parameter.name] = type
        if not parameter.query and not parameter.type.includes(type):
            return True
    return result_of(function, types, constants_of(function, call))[1]


def _ways(
    analysis: Analysis, finding: Finding, span: Span, type: Type, wanted: int, is_receiver: bool
) -> Iterator[Action]:
    """Offer the conversions of one expression to a kind."""
    if wanted not in _WAYS:
        return
    strict, convert, default = _WAYS[wanted]
    text = analysis.source.slice(span)
    if type.kinds & wanted:
        yield Action(
            f"make sure of the type: `{strict}!(...)`", "quickfix", (Edit(span, f"{strict}!({text})"),), finding=finding
        )
    function = analysis.functions.get(convert, analysis.dialect) if convert else None
    if function is not None:
        accepts = function.parameters[0].type
        fails = not accepts.includes(type) or result_of(function, {"value": type}, {})[1]
        if accepts.intersects(type):
            new = f"{convert}({text}) ?? {default}" if fails else f"{convert}({text})"
            new = f"({new})" if is_receiver and fails else new
            title = f"convert: `{convert}(...)" + (f" ?? {default}`" if fails else "`")
            yield Action(title, "quickfix", (Edit(span, new),), finding=finding)
