"""Conditions over an event's fields: in them a bare name is a field."""

from __future__ import annotations

from typing import Any

from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import rebuild


def over_event(expression: nodes.Expression) -> nodes.Expression:
    """Turn the variables of a condition into fields of the event.

    Names that the condition itself binds, as a lambda's parameters and assigned variables, stay variables; `this`
    is the event.
    """
    result: nodes.Expression = _turn(expression, frozenset())
    return result


def _turn(node: Any, bound: frozenset[str]) -> Any:
    """Turn the variables that are not bound."""
    if isinstance(node, nodes.Variable):
        return node if node.name in bound else _field(node, ())
    if isinstance(node, nodes.Query) and isinstance(node.target, nodes.Variable):
        return node if node.target.name in bound else _field(node.target, node.path, node.span)
    if isinstance(node, nodes.Closure | nodes.For):
        bound |= {parameter.text for parameter in node.parameters}
    elif isinstance(node, nodes.Arm):
        bound |= _names(node.pattern)
    elif isinstance(node, nodes.Try) and node.error is not None:
        bound |= {node.error.text}
    elif isinstance(node, nodes.Block | nodes.Group | nodes.If):
        bound |= _assigned(node)
    return rebuild(node, lambda child: _turn(child, bound))


def _field(variable: nodes.Variable, path: tuple[nodes.Segment, ...], span: Span | None = None) -> nodes.Query:
    """Return the path into the event that a name stands for."""
    start = variable.span.start
    event = nodes.Event(Span(start, start))
    if variable.name != "this":
        path = (nodes.Field(variable.span, variable.name), *path)
    return nodes.Query(span or variable.span, event, path)


def _names(pattern: nodes.Pattern) -> set[str]:
    """Return the names a pattern binds."""
    if isinstance(pattern, nodes.NamePattern):
        return {pattern.name}
    if isinstance(pattern, nodes.TypePattern) and pattern.binding is not None:
        return {pattern.binding.text}
    return set()


def _assigned(node: nodes.Block | nodes.Group | nodes.If) -> set[str]:
    """Return the variables assigned right in a block, group or predicate."""
    if isinstance(node, nodes.Group):
        body: tuple[nodes.Expression, ...] = (node.inner,)
    elif isinstance(node, nodes.If):
        body = tuple(part for branch in node.branches for part in branch.predicate)
    else:
        body = node.body
    found: set[str] = set()
    for expression in body:
        targets = [expression.target] if isinstance(expression, nodes.Assign) else []
        if isinstance(expression, nodes.AssignResult):
            targets = [expression.ok, expression.error]
        found |= {target.name for target in targets if isinstance(target, nodes.Variable)}
    return found
