"""What a program consists of, as a tree of symbols: functions, variables, fields that it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dtl.ide.analysis import Analysis
from dtl.ide.show import show_type, user_signature
from dtl.source import Span
from dtl.syntax import nodes
from dtl.syntax.show import show
from dtl.syntax.visit import children


@dataclass(frozen=True, slots=True)
class Symbol:
    """A named thing: `kind` is "function", "variable", "field", "metadata", "import" or "block"."""

    name: str
    kind: str
    span: Span
    name_span: Span
    detail: str = ""
    inner: tuple[Symbol, ...] = ()


def symbols(analysis: Analysis) -> list[Symbol]:
    """Return the symbols of a text, in its order."""
    return [symbol for node in analysis.tree.body for symbol in _of(analysis, node)]


def flat(found: list[Symbol]) -> Iterator[Symbol]:
    """Give symbols and those in them."""
    for each in found:
        yield each
        yield from flat(list(each.inner))


def _of(analysis: Analysis, node: object) -> Iterator[Symbol]:
    if isinstance(node, nodes.Function):
        inner = tuple(s for part in node.body.body for s in _of(analysis, part))
        detail = user_signature(node)[0].removeprefix(f"fn {node.name.text}")
        yield Symbol(node.name.text, "function", node.span, node.name.span, detail, inner)
    elif isinstance(node, nodes.Import):
        yield Symbol(node.path.value, "import", node.span, node.path.span)
    elif isinstance(node, nodes.Assign | nodes.AssignResult):
        targets = (node.target,) if isinstance(node, nodes.Assign) else (node.ok, node.error)
        inner = tuple(s for s in _of(analysis, node.value))
        for target in targets:
            if not isinstance(target, nodes.Discard):
                yield _written(analysis, target, node.span, inner)
                inner = ()
    elif isinstance(node, nodes.If):
        for index, branch in enumerate(node.branches):
            inner = tuple(s for part in branch.body.body for s in _of(analysis, part))
            if inner:
                title = ("if " if index == 0 else "else if ") + _short(analysis, branch.predicate_span)
                yield Symbol(title, "block", branch.span, branch.predicate_span, "", inner)
        if node.otherwise is not None:
            inner = tuple(s for part in node.otherwise.body for s in _of(analysis, part))
            if inner:
                yield Symbol(
                    "else",
                    "block",
                    node.otherwise.span,
                    Span(node.otherwise.span.start, node.otherwise.span.start + 1),
                    "",
                    inner,
                )
    elif isinstance(node, nodes.For | nodes.While | nodes.Try):
        title = {nodes.For: "for", nodes.While: "while", nodes.Try: "try"}[type(node)]
        inner = tuple(s for part in children(node) for s in _of(analysis, part))
        if inner:
            end = min(node.span.end, node.span.start + len(title))
            yield Symbol(title, "block", node.span, Span(node.span.start, end), "", inner)
    else:
        for child in children(node):
            yield from _of(analysis, child)


def _written(analysis: Analysis, target: nodes.Target, span: Span, inner: tuple[Symbol, ...]) -> Symbol:
    root = target.target if isinstance(target, nodes.Query) else target
    kind = {nodes.Event: "field", nodes.Metadata: "metadata"}.get(type(root), "variable")
    type_ = analysis.type_of(target)
    return Symbol(show(target), kind, span, target.span, show_type(type_) if type_ is not None else "", inner)


def _short(analysis: Analysis, span: Span, most: int = 40) -> str:
    text = " ".join(analysis.source.slice(span).split())
    return text if len(text) <= most else text[: most - 1] + "…"
