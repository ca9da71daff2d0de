"""Statements around a place: which, in which body, and how to take one away."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.analysis import Analysis
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node


@dataclass(frozen=True, slots=True)
class Statement:
    """An expression in a body of several, and the nodes from it down to a place."""

    node: Node
    siblings: int
    below: tuple[Node, ...]


def statement_at(analysis: Analysis, span: Span) -> Statement | None:
    """Return the innermost statement that holds a span."""
    trail = analysis.trail(span.start)
    trail = [node for node in trail if node.span.start <= span.start and span.end <= node.span.end]
    for index in range(len(trail) - 1, 0, -1):
        outer = trail[index - 1]
        if isinstance(outer, nodes.Block) and trail[index] in outer.body and not _is_expression_body(trail, index - 1):
            return Statement(trail[index], len(outer.body), tuple(trail[index:]))
    return Statement(trail[0], len(analysis.statements), tuple(trail)) if trail else None


def _is_expression_body(trail: list[Node], index: int) -> bool:
    """Tell whether a block is that of a lambda with an expression for its body: it has no braces."""
    return index > 0 and isinstance(trail[index - 1], nodes.Closure) and trail[index].span == trail[index].body[0].span


def node_of(analysis: Analysis, span: Span, *kinds: type) -> Node | None:
    """Return the innermost node that takes up a span exactly, of one of the kinds if any are given."""
    found = None
    for node in analysis.trail(span.start):
        if node.span == span and (not kinds or isinstance(node, kinds)):
            found = node
    return found


def parent_of(analysis: Analysis, node: Node) -> Node | None:
    """Return the node right above one."""
    trail = analysis.trail(node.span.start)
    for outer, inner in itertools.pairwise(trail):
        if inner is node:
            return outer
    return None


def indent_of(text: str, offset: int) -> str:
    """Return the white space that the line of an offset begins with."""
    start = text.rfind("\n", 0, offset) + 1
    end = start
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[start:end]


def removal(text: str, span: Span) -> Edit:
    """Return the edit that takes a statement away, with its line where nothing else stands on it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end + 1
    if not text[start : span.start].strip() and not text[span.end : end].strip(" \t\r\n;"):
        return Edit(Span(start, end), "")
    after = span.end
    while after < len(text) and text[after] in " \t":
        after += 1
    if after < len(text) and text[after] == ";":
        after += 1
        while after < len(text) and text[after] in " \t":
            after += 1
        return Edit(Span(span.start, after), "")
    before = span.start
    while before > 0 and text[before - 1] in " \t":
        before -= 1
    if before > 0 and text[before - 1] == ";":
        return Edit(Span(before - 1, span.end), "")
    return Edit(span, "")
