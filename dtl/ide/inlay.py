"""Hints between the words: types of variables, names of parameters, what can fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dtl.ide.analysis import Analysis
from dtl.ide.called import Call, arguments_of, bound, can_fail, function_of
from dtl.ide.configuration import describe
from dtl.ide.show import show_type
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node, children
from dtl.types.type import ALL, UNDEFINED

_SELF_EVIDENT = (
    nodes.String,
    nodes.Integer,
    nodes.Float,
    nodes.Boolean,
    nodes.Null,
    nodes.Regex,
    nodes.RawString,
    nodes.Template,
    nodes.Timestamp,
)
_LITERALS = (*_SELF_EVIDENT, nodes.Object, nodes.Array)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Hint:
    """A text at an offset; `kind` is "type", "parameter", "fallible" or "model"."""

    offset: int
    text: str
    kind: str
    tooltip: str = ""


def hints(analysis: Analysis, within: Span) -> list[Hint]:
    """Return the hints of a part of a text."""
    found: list[Hint] = []
    for root in analysis.tree.body:
        if root.span.start < within.end and root.span.end > within.start:
            _collect(analysis, root, False, found)
    return [hint for hint in found if within.start <= hint.offset <= within.end]


def _collect(analysis: Analysis, node: Node, is_handled: bool, found: list[Hint]) -> None:
    """Add the hints of a node and all below it; `is_handled` tells whether someone takes care of failures in it."""
    found.extend(_of(analysis, node, is_handled))
    handler = isinstance(node, nodes.AssignResult | nodes.Try)
    coalesced = node.left if isinstance(node, nodes.Binary) and node.operator.text == "??" else None
    for child in children(node):
        _collect(analysis, child, is_handled or handler or child is coalesced, found)


def _of(analysis: Analysis, node: Node, is_handled: bool) -> Iterator[Hint]:
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Variable):
        if not isinstance(node.value, _SELF_EVIDENT):
            yield from _type(analysis, node.target.span)
    elif isinstance(node, nodes.AssignResult):
        for target in (node.ok, node.error):
            if isinstance(target, nodes.Variable):
                yield from _type(analysis, target.span)
    elif isinstance(node, nodes.Closure):
        for name in node.parameters:
            yield from _type(analysis, name.span)
    elif isinstance(node, nodes.Call | nodes.MethodCall):
        yield from _parameters(analysis, node)
        yield from _model(analysis, node)
        if node.bang is None and not is_handled and can_fail(analysis, node):
            yield Hint(node.arguments_end, "can fail", "fallible", "Handle it with `!`, `??` or `, err =`.")


def _model(analysis: Analysis, call: Call) -> Iterator[Hint]:
    """Give what the configured model behind a name is."""
    function = function_of(analysis, call.name.text) if analysis.models.is_configured else None
    for parameter, argument in bound(function, call) if function is not None else ():
        if isinstance(argument.value, nodes.String):
            entry = analysis.models.entries(parameter.name).get(argument.value.value)
            if entry is not None and entry.model:
                yield Hint(argument.span.end, f"= {entry.model}", "model", describe(entry))


def _type(analysis: Analysis, span: Span) -> Iterator[Hint]:
    type = analysis.checked.types.get(span)
    if type is not None and type.kinds & ~UNDEFINED != ALL & ~UNDEFINED and not type.is_never:
        text = show_type(type)
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        yield Hint(span.end, f": {shown}", "type", text if shown != text else "")


def _parameters(analysis: Analysis, call: Call) -> Iterator[Hint]:
    """Give the names of the parameters of literals; of other arguments the code itself tells enough."""
    user = analysis.user_functions.get(call.name.text)
    if user is not None:
        names = [parameter.name.text for parameter in user[0].parameters]
        pairs = list(zip(names, arguments_of(call), strict=False))
    else:
        function = function_of(analysis, call.name.text)
        if function is None or len(function.parameters) < 2:
            return
        pairs = [(parameter.name, argument) for parameter, argument in bound(function, call)]
    for index, (name, argument) in enumerate(pairs):
        if argument.name is None and isinstance(argument.value, _LITERALS) and not (index == 0 and name == "value"):
            yield Hint(argument.span.start, f"{name}:", "parameter")
