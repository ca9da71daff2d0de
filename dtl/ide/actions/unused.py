"""What nobody reads: take it away, or say that it is meant."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.diagnostics.diagnostic import Edit
from dtl.functions.function import Effect
from dtl.ide.actions.action import Action
from dtl.ide.actions.statement import removal, statement_at
from dtl.ide.analysis import Analysis, descend
from dtl.ide.called import can_fail, function_of
from dtl.ide.findings import Finding
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node


def actions(analysis: Analysis, finding: Finding) -> Iterator[Action]:
    """Offer to remove or to silence what is unused."""
    if finding.origin.code != 900 or finding.origin.source is not None:
        return
    statement = statement_at(analysis, finding.span)
    if statement is None:
        return
    if "unused variable" in finding.origin.message:
        yield from _variable(analysis, finding, statement.node, statement.siblings)
    else:
        yield from _value(analysis, finding, statement.node, statement.siblings)


def _variable(analysis: Analysis, finding: Finding, node: Node, siblings: int) -> Iterator[Action]:
    found = analysis.names.at(finding.span.start)
    places = analysis.names.of_key(found.key) if found is not None else []
    if isinstance(node, nodes.Assign) and node.target.span == finding.span and len(places) == 1:
        quiet = is_quiet(analysis, node.value)
        if siblings > 1 and quiet:
            edit = removal(analysis.text, node.span)
            yield Action("remove the unused variable", "quickfix", (edit,), is_safe=True, finding=finding)
    elif isinstance(node, nodes.AssignResult) and len(places) == 1:
        yield Action("discard it: `_`", "quickfix", (Edit(finding.span, "_"),), is_safe=True, finding=finding)
    name = analysis.source.slice(finding.span)
    if f"_{name}" not in {each.key[-1] for each in analysis.names.occurrences if each.key[0] == "variable"}:
        edits = tuple(Edit(Span(each.span.start, each.span.start), "_") for each in places)
        yield Action(f"silence: rename to `_{name}`", "quickfix", edits, finding=finding)


def _value(analysis: Analysis, finding: Finding, node: Node, siblings: int) -> Iterator[Action]:
    if node.span == finding.span and siblings > 1:
        quiet = is_quiet(analysis, node)
        edit = removal(analysis.text, node.span)
        yield Action("remove the unused expression", "quickfix", (edit,), is_safe=quiet, finding=finding)
    fails = isinstance(node, nodes.Call | nodes.MethodCall) and node.bang is None and can_fail(analysis, node)
    if node.span == finding.span and not fails:
        edit = Edit(Span(node.span.start, node.span.start), "_unused = ")
        yield Action("silence: keep the value as `_unused`", "quickfix", (edit,), finding=finding)


def is_quiet(analysis: Analysis, node: Node) -> bool:
    """Tell whether evaluating an expression does nothing but give a value: it calls nothing that acts or aborts."""
    for each in descend(node):
        if isinstance(each, nodes.Assign | nodes.AssignResult | nodes.Abort | nodes.Return | nodes.Throw):
            return False
        if isinstance(each, nodes.Call | nodes.MethodCall):
            function = function_of(analysis, each.name.text)
            if function is None or each.bang is not None or can_fail(analysis, each):
                return False
            if function.effect not in (Effect.PURE, Effect.TIME, Effect.RANDOM):
                return False
    return True
