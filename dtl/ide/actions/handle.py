"""Ways to handle what can fail: a default, the error as a value."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.actions.action import Action
from dtl.ide.actions.statement import node_of, parent_of, statement_at
from dtl.ide.analysis import Analysis
from dtl.ide.findings import Finding
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node
from dtl.types import type as kind

FALLIBLE = frozenset((100, 103, 110, 630, 631))
_DEFAULTS = (
    (kind.STRING, '""'),
    (kind.INTEGER, "0"),
    (kind.FLOAT, "0.0"),
    (kind.BOOLEAN, "false"),
    (kind.ARRAY, "[]"),
    (kind.OBJECT, "{}"),
    (kind.TIMESTAMP, "now()"),
)
#: Around these an operator needs parentheses.
_TIGHT = (nodes.Binary, nodes.Unary, nodes.MethodCall, nodes.Query)
_LOOSE = (nodes.Binary, nodes.Unary, nodes.If, nodes.Match, nodes.Assign, nodes.AssignResult, nodes.Try)


def actions(analysis: Analysis, finding: Finding) -> Iterator[Action]:
    """Offer to handle a failure that nobody handles."""
    if finding.origin.code not in FALLIBLE or finding.origin.source is not None:
        return
    node = failing(analysis, finding)
    if node is None:
        return
    fallback = default_for(analysis, node)
    text = analysis.source.slice(node.span)
    outer = parent_of(analysis, node)
    handled = f"({text}) ?? {fallback}" if isinstance(node, _LOOSE) else f"{text} ?? {fallback}"
    if isinstance(outer, _TIGHT):
        handled = f"({handled})"
    yield Action(f"fall back to a default: `?? {fallback}`", "quickfix", (Edit(node.span, handled),), finding=finding)
    statement = statement_at(analysis, node.span)
    if statement is None:
        return
    has_own = any("err" in fix.title for fix in finding.origin.fixes)
    if isinstance(statement.node, nodes.Assign) and statement.node.value is node and not has_own:
        end = statement.node.target.span.end
        title = "handle the error: `, err = ...`"
        yield Action(title, "quickfix", (Edit(Span(end, end), ", err"),), finding=finding)
    elif statement.node is node:
        start = node.span.start
        yield Action(
            "take the error: `_, err = ...`", "quickfix", (Edit(Span(start, start), "_, err = "),), finding=finding
        )


def failing(analysis: Analysis, finding: Finding) -> Node | None:
    """Return the expression that can fail: a finding on an argument is about its call."""
    if finding.origin.code == 110:
        trail = analysis.trail(finding.span.start)
        holds = [n for n in trail if n.span.start <= finding.span.start and finding.span.end <= n.span.end]
        for node in reversed(holds):
            if isinstance(node, nodes.Call | nodes.MethodCall) and node.span != finding.span:
                return (
                    None
                    if any("intersect" in fix.title for fix in finding.origin.fixes) or not _is_possible(finding)
                    else node
                )
        return None
    for node in reversed(analysis.trail(finding.span.start)):
        if node.span == finding.span and not isinstance(node, nodes.Argument | nodes.Name | nodes.Block):
            return node
    return node_of(analysis, finding.span)


def _is_possible(finding: Finding) -> bool:
    """Tell whether the argument may be of the right type: then the call takes a `!`, which the compiler offers."""
    return any("abort" in fix.title for fix in finding.origin.fixes)


def default_for(analysis: Analysis, node: Node) -> str:
    """Return a value of the type that an expression has."""
    type = analysis.type_of(node)
    if type is not None:
        for mark, text in _DEFAULTS:
            if type.kinds and type.kinds & ~kind.UNDEFINED == mark:
                return text
    return "null"
