"""Turn a function call into a method call, and back."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.check.extensions import METHODS
from dtl.diagnostics.diagnostic import Edit
from dtl.ide.actions.action import Action
from dtl.ide.analysis import Analysis
from dtl.ide.called import function_of
from dtl.source import Span
from dtl.syntax import nodes
from dtl.types.type import STRING

_CHAINS = (nodes.Variable, nodes.Call, nodes.MethodCall, nodes.String, nodes.Group)


def actions(analysis: Analysis, span: Span) -> Iterator[Action]:
    """Offer the other way to write the call whose name is at a place; only dtl has methods."""
    if analysis.dialect != "dtl":
        return
    for node in reversed(analysis.trail(span.start)):
        if isinstance(node, nodes.Call | nodes.MethodCall) and node.name.span.start <= span.start <= node.name.span.end:
            found = to_method(analysis, node) if isinstance(node, nodes.Call) else to_function(analysis, node)
            if found is not None:
                yield found
            return


def to_method(analysis: Analysis, call: nodes.Call) -> Action | None:
    """Return the action that writes a call's first argument before it."""
    if not call.arguments or call.arguments[0].name is not None or call.name.text in METHODS:
        return None
    function = function_of(analysis, call.name.text)
    if function is None and call.name.text not in analysis.user_functions:
        return None
    if function is not None and (
        not function.parameters or function.parameters[0].query or function.parameters[0].static
    ):
        return None
    first = call.arguments[0].value
    text = analysis.source.slice(first.span)
    is_chain = isinstance(first, _CHAINS) or (isinstance(first, nodes.Query) and bool(first.path))
    if getattr(first, "closure", None) is not None or analysis.text[first.span.start : first.span.start + 1] == "'":
        is_chain = False
    receiver = text if is_chain else f"({text})"
    rest = call.arguments[1].span.start if len(call.arguments) > 1 else first.span.end
    edits = (
        Edit(Span(call.span.start, call.span.start), f"{receiver}."),
        Edit(Span(first.span.start, rest), ""),
    )
    return Action(f"write as a method: `.{call.name.text}(...)`", "refactor.rewrite", edits, is_safe=True)


def to_function(analysis: Analysis, call: nodes.MethodCall) -> Action | None:
    """Return the action that writes a method's receiver as the first argument."""
    type = analysis.type_of(call.receiver)
    if call.name.text in METHODS and (type is None or not type.within(STRING)):
        return None
    receiver = call.receiver.inner if isinstance(call.receiver, nodes.Group) else call.receiver
    text = analysis.source.slice(receiver.span)
    opened = analysis.text.find("(", call.name.span.end)
    separator = ", " if call.arguments else ""
    edits = (
        Edit(Span(call.span.start, call.name.span.start), ""),
        Edit(Span(opened + 1, opened + 1), text + separator),
    )
    return Action(f"write as a function: `{call.name.text}(...)`", "refactor.rewrite", edits, is_safe=True)
