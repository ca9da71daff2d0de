"""What each word is, for colouring by meaning: what a grammar of regular expressions cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dtl.ide.analysis import Analysis
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.visit import Node, children


@dataclass(frozen=True, slots=True)
class Token:
    """A span on one line, its kind and what more is true of it."""

    span: Span
    kind: str
    modifiers: tuple[str, ...] = ()


def tokens(analysis: Analysis, within: Span | None = None) -> list[Token]:
    """Return the tokens of a text, or of a part of it, in order; none reaches over a line's end."""
    found: list[Token] = []
    for node in analysis.tree.body:
        if within is None or (node.span.start < within.end and node.span.end > within.start):
            found.extend(_of(analysis, node, None))
    for comment in analysis.tree.comments:
        if within is None or (comment.span.start < within.end and comment.span.end > within.start):
            found.append(Token(comment.span, "comment"))
    found.extend(_named(analysis, within))
    found.sort(key=lambda token: token.span)
    result: list[Token] = []
    for token in found:
        if token.span.start < token.span.end and (not result or result[-1].span.end <= token.span.start):
            result.extend(_by_line(analysis.text, token))
    return result


def _named(analysis: Analysis, within: Span | None) -> Iterator[Token]:
    """Give the tokens of names: variables, parameters, fields, functions."""
    for each in analysis.names.occurrences:
        if within is not None and not (each.span.start < within.end and each.span.end > within.start):
            continue
        modifiers = ("declaration",) if each.is_declaration else ("modification",) if each.is_write else ()
        kind = each.key[0]
        if kind == "field":
            yield Token(each.span, "property", modifiers)
        elif kind == "builtin":
            yield Token(each.span, "function", ("defaultLibrary",))
        else:
            yield Token(each.span, kind, modifiers)


def _of(analysis: Analysis, node: Node, outer: Node | None) -> Iterator[Token]:
    """Give the tokens of literals, operators and types."""
    if isinstance(node, nodes.String | nodes.RawString | nodes.Timestamp):
        yield Token(node.span, "string")
    elif isinstance(node, nodes.Regex):
        yield Token(node.span, "regexp")
    elif isinstance(node, nodes.Integer | nodes.Float):
        yield Token(node.span, "number")
    elif isinstance(node, nodes.Boolean | nodes.Null | nodes.Break | nodes.Continue):
        yield Token(node.span, "keyword")
    elif isinstance(node, nodes.Abort):
        yield Token(Span(node.span.start, node.span.start + 5), "keyword")
    elif isinstance(node, nodes.Return):
        yield Token(node.keyword, "keyword")
    elif isinstance(node, nodes.Template):
        yield from _template(analysis, node)
        return
    elif isinstance(node, nodes.TypePattern):
        yield Token(node.kind.span, "type")
        return
    elif isinstance(node, nodes.Name):
        if isinstance(outer, nodes.Binary | nodes.Unary | nodes.Assign | nodes.AssignResult):
            yield Token(node.span, "operator")
        elif isinstance(outer, nodes.Argument):
            yield Token(node.span, "parameter")
        elif (isinstance(outer, nodes.Parameter) and node is outer.type) or (
            isinstance(outer, nodes.Function) and node is outer.result
        ):
            yield Token(node.span, "type")
        return
    for child in children(node):
        yield from _of(analysis, child, node)


def _template(analysis: Analysis, node: nodes.Template) -> Iterator[Token]:
    """Give a template's text around what stands in it."""
    at = node.span.start
    for part in node.parts:
        if not isinstance(part, nodes.String):
            yield Token(Span(at, part.span.start), "string")
            at = part.span.end
    yield Token(Span(at, node.span.end), "string")


def _by_line(text: str, token: Token) -> Iterator[Token]:
    """Give a token in pieces that end with their lines."""
    start, end = token.span
    while (cut := text.find("\n", start, end)) >= 0:
        if cut > start:
            yield Token(Span(start, cut), token.kind, token.modifiers)
        start = cut + 1
    if end > start:
        yield Token(Span(start, end), token.kind, token.modifiers)
