"""Extract the selected expression to a variable."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.actions.action import Action
from dtl.ide.actions.statement import indent_of, statement_at
from dtl.ide.analysis import Analysis
from dtl.ide.called import bound, function_of
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.tokens import KEYWORDS, RESERVED
from dtl.syntax.visit import Node

_WORD = re.compile(r"[A-Za-z_]\w*\Z")
# Inside of these an expression is not evaluated every time, or names stand for something that is not known outside.
_BARRIERS = (nodes.Arm, nodes.Closure, nodes.Try, nodes.For, nodes.While, nodes.Template, nodes.Function, nodes.Filter)


def actions(analysis: Analysis, span: Span) -> Iterator[Action]:
    """Offer to extract an expression that is selected as a whole."""
    text = analysis.text
    while span.start < span.end and text[span.start].isspace():
        span = Span(span.start + 1, span.end)
    while span.start < span.end and text[span.end - 1].isspace():
        span = Span(span.start, span.end - 1)
    statement = statement_at(analysis, span) if span.start < span.end else None
    if statement is None:
        return
    path = [node for node in statement.below if node.span.start <= span.start and span.end <= node.span.end]
    at = next(
        (i for i, n in enumerate(path) if n.span == span and not isinstance(n, nodes.Argument | nodes.Block)), None
    )
    if not at or not _can_move(analysis, path[: at + 1]):
        return
    name = free_name(analysis, path[at])
    start = statement.node.span.start
    lead = text[text.rfind("\n", 0, start) + 1 : start]
    separator = "\n" + indent_of(text, start) if not lead.strip() else "; "
    declared = Edit(Span(start, start), f"{name} = {analysis.source.slice(span)}{separator}")
    yield Action(f"extract to a variable `{name}`", "refactor.extract", (declared, Edit(span, name)))


def _can_move(analysis: Analysis, path: list[Node]) -> bool:
    """Tell whether an expression may be evaluated before its statement; the statement comes first in the path."""
    node = path[-1]
    if isinstance(
        node, nodes.Name | nodes.Field | nodes.Index | nodes.Event | nodes.Metadata | nodes.Entry | nodes.Discard
    ):
        return False
    if any(isinstance(outer, _BARRIERS) for outer in path):
        return False
    for outer, inner in itertools.pairwise(path):
        if isinstance(outer, nodes.Assign | nodes.AssignResult) and inner is not outer.value:
            return False
        if isinstance(outer, nodes.AssignResult) and inner is node:
            return False
        if isinstance(outer, nodes.Binary) and outer.operator.text in ("??", "||", "&&"):
            return False
        if isinstance(outer, nodes.If) and inner is not outer.branches[0]:
            return False
        if isinstance(outer, nodes.Branch) and inner is outer.body:
            return False
        if isinstance(outer, nodes.Entry) and inner is outer.key:
            return False
        if isinstance(outer, nodes.Query) and inner is node:
            return False
        if isinstance(outer, nodes.Call | nodes.MethodCall) and _must_be_literal(analysis, outer, node):
            return False
    return True


def _must_be_literal(analysis: Analysis, call: nodes.Call | nodes.MethodCall, node: Node) -> bool:
    """Tell whether an argument must be written where it is: a constant, or a path."""
    function = function_of(analysis, call.name.text)
    if function is None:
        return False
    for parameter, argument in bound(function, call):
        marked = parameter.static or parameter.static_items or parameter.query or parameter.enum
        if marked and argument.span.start <= node.span.start and node.span.end <= argument.span.end:
            return True
    return False


def free_name(analysis: Analysis, node: Node) -> str:
    """Return a name for an expression's value that nothing has yet."""
    base = "value"
    if isinstance(node, nodes.Query) and node.path and isinstance(node.path[-1], nodes.Field):
        base = node.path[-1].name
    elif isinstance(node, nodes.Call | nodes.MethodCall):
        base = re.sub(r"^(parse|to|decode|encode|get)_", "", node.name.text)
    taken = {str(each.key[-1]) for each in analysis.names.occurrences} | set(KEYWORDS) | RESERVED
    taken |= {"fn", "match", "import", "as", "from", "catch", "throw", "in", "this"}
    base = base if _WORD.match(base) and len(base) > 1 else "value"
    count = 1
    name = base
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    return name
