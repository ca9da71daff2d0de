"""Inline a variable: its value in the place of every read."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.diagnostics.diagnostic import Edit
from dtl.functions.function import Effect
from dtl.ide.actions.action import Action
from dtl.ide.actions.statement import removal, statement_at
from dtl.ide.actions.unused import is_quiet
from dtl.ide.analysis import Analysis, descend
from dtl.ide.called import function_of
from dtl.ide.names import Occurrence, path_of
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node

# Values that may stand anywhere without parentheses.
_SIMPLE = (
    nodes.String, nodes.RawString, nodes.Integer, nodes.Float, nodes.Boolean, nodes.Null, nodes.Variable, nodes.Query,
    nodes.Call, nodes.MethodCall, nodes.Group, nodes.Array, nodes.Object, nodes.Regex, nodes.Timestamp,
)  # fmt: skip


def actions(analysis: Analysis, span: Span) -> Iterator[Action]:
    """Offer to inline the variable at a place, where that cannot change what the program does."""
    found = analysis.names.at(span.start)
    if found is None or found.key[0] != "variable":
        return
    places = analysis.names.of_key(found.key)
    writes = [each for each in places if each.is_write]
    reads = [each for each in places if not each.is_write]
    if len(writes) != 1 or not reads:
        return
    statement = statement_at(analysis, writes[0].span)
    if statement is None or statement.siblings < 2 or not isinstance(statement.node, nodes.Assign):
        return
    node = statement.node
    if node.target.span != writes[0].span or node.operator.text != "=" or not _is_stable(analysis, node, reads):
        return
    text = analysis.source.slice(node.value.span)
    edits = [removal(analysis.text, node.span)]
    for read in reads:
        outer = _outer(analysis, read.span)
        if outer is None:
            return
        is_tight = isinstance(outer, nodes.Binary | nodes.Unary | nodes.MethodCall | nodes.Query)
        is_simple = isinstance(node.value, _SIMPLE)
        if isinstance(outer, nodes.Query) and not isinstance(
            node.value, nodes.Variable | nodes.Call | nodes.MethodCall
        ):
            is_simple = isinstance(node.value, nodes.Query) and bool(node.value.path)
        edits.append(Edit(read.span, text if is_simple or not is_tight else f"({text})"))
    name = found.key[-1]
    yield Action(f"inline `{name}`", "refactor.inline", tuple(edits))


def _outer(analysis: Analysis, span: Span) -> Node | None:
    """Return the node right above a read, or None where its value cannot be written."""
    trail = analysis.trail(span.start)
    for index, node in enumerate(trail):
        if isinstance(node, nodes.Variable) and node.span == span:
            outer = trail[index - 1] if index else nodes.Program(span, (), ())
            if isinstance(outer, nodes.Argument):
                outer = next((n for n in reversed(trail[:index]) if not isinstance(n, nodes.Argument)), outer)
                return outer if not isinstance(outer, nodes.MethodCall) else nodes.Program(span, (), ())
            return None if isinstance(outer, nodes.Template) else outer
    return None


def _is_stable(analysis: Analysis, node: nodes.Assign, reads: list[Occurrence]) -> bool:
    """Tell whether the value would be the same wherever the variable is read."""
    if not is_quiet(analysis, node.value):
        return False
    last = max(read.span.end for read in reads)
    keys = set()
    paths: list[tuple[object, tuple[str | int, ...]]] = []
    for each in descend(node.value):
        if isinstance(each, nodes.Variable):
            found = analysis.names.at(each.span.start)
            keys.add(found.key if found is not None else None)
        elif isinstance(each, nodes.Query) and isinstance(each.target, nodes.Event | nodes.Metadata):
            paths.append(("event" if isinstance(each.target, nodes.Event) else "metadata", path_of(each.path)))
        elif isinstance(each, nodes.Call | nodes.MethodCall):
            function = function_of(analysis, each.name.text)
            if function is None or function.effect is not Effect.PURE:
                return False
    for name in analysis.names.occurrences:
        if not (node.span.end <= name.span.start < last and name.is_write):
            continue
        if name.key in keys or (name.key[0] == "field" and name.key[1] in keys):
            return False
        if name.key[0] == "field" and any(_overlap((name.key[1], name.key[2]), path) for path in paths):
            return False
    return not paths or not _changes_event(analysis, node.span.end, last)


def _overlap(one: tuple[object, tuple[str | int, ...]], other: tuple[object, tuple[str | int, ...]]) -> bool:
    """Tell whether one of two paths is within the other."""
    shorter = min(len(one[1]), len(other[1]))
    return one[0] == other[0] and one[1][:shorter] == other[1][:shorter]


def _changes_event(analysis: Analysis, start: int, end: int) -> bool:
    """Tell whether something between two places changes the event in a way that names do not tell."""
    for root in analysis.tree.body:
        if root.span.end <= start or root.span.start >= end:
            continue
        for each in descend(root):
            if not start <= each.span.start < end:
                continue
            if isinstance(each, nodes.Call | nodes.MethodCall):
                name = each.name.text
                if (
                    name in ("del", "remove", "set", "unnest", "set_semantic_meaning")
                    or name in analysis.user_functions
                ):
                    return True
            if isinstance(each, nodes.Assign) and isinstance(each.target, nodes.Query) and not each.target.path:
                return True
    return False
