"""What can be folded away: blocks, lists, calls over several lines, runs of comments and imports."""

from __future__ import annotations

from dataclasses import dataclass

from dtl.ide.analysis import Analysis, descend
from dtl.source import Span
from dtl.syntax import nodes

_FOLDED = (nodes.Block, nodes.Object, nodes.Array, nodes.Call, nodes.MethodCall, nodes.Match, nodes.Group)


@dataclass(frozen=True, slots=True)
class Fold:
    """A range of whole lines, counted from 1; `kind` is "", "comment" or "imports"."""

    first: int
    last: int
    kind: str = ""


def folds(analysis: Analysis) -> list[Fold]:
    """Return what can be folded."""

    def line(offset: int) -> int:
        return analysis.source.position(offset).line

    found: dict[int, Fold] = {}
    for root in analysis.tree.body:
        if "\n" not in analysis.source.slice(root.span):
            continue
        for node in descend(root):
            if isinstance(node, _FOLDED):
                first, last = line(node.span.start), line(max(node.span.end - 1, node.span.start))
                closes = analysis.text[node.span.end - 1 : node.span.end] in ("}", "]", ")")
                last -= closes
                if last > first and (first not in found or found[first].last < last):
                    found[first] = Fold(first, last)
    runs = [
        ("comment", [c.span for c in analysis.tree.comments if _is_alone(analysis, c.span)]),
        ("imports", [n.span for n in analysis.tree.body if isinstance(n, nodes.Import)]),
    ]
    for kind, spans in runs:
        start = 0
        for index in range(1, len(spans) + 1):
            if index == len(spans) or line(spans[index].start) != line(spans[index - 1].end) + 1:
                first, last = line(spans[start].start), line(spans[index - 1].end)
                if last > first:
                    found.setdefault(first, Fold(first, last, kind))
                start = index
    return sorted(found.values(), key=lambda fold: fold.first)


def _is_alone(analysis: Analysis, span: Span) -> bool:
    """Tell whether a comment is all there is on its line."""
    start = analysis.text.rfind("\n", 0, span.start) + 1
    return not analysis.text[start : span.start].strip()
