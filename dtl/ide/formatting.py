"""Formatting of a document or of some of its root expressions, as edits."""

from __future__ import annotations

from difflib import SequenceMatcher

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.analysis import Analysis
from dtl.source import Source, Span
from dtl.syntax.format import format_source


def format_document(analysis: Analysis) -> list[Edit]:
    """Return the edits that bring a text into canonical form; none if it does not parse."""
    if analysis.parsed.problems or (not analysis.tree.body and not analysis.tree.comments):
        return []
    return line_edits(analysis.text, format_source(analysis.source, analysis.dialect))


def format_range(analysis: Analysis, span: Span) -> list[Edit]:
    """Return the edits of the root expressions which a range touches; none if one of them does not parse."""
    first, last = _lines(analysis.text, span)
    for node in analysis.tree.body:
        if node.span.start < last and node.span.end > first:
            lines = _lines(analysis.text, node.span)
            first, last = min(first, lines[0]), max(last, lines[1])
    part = analysis.text[first:last]
    new = format_source(Source(part), analysis.dialect)
    if not part.endswith("\n"):
        new = new.removesuffix("\n")
    return [Edit(Span(e.span.start + first, e.span.end + first), e.text) for e in line_edits(part, new)]


def _lines(text: str, span: Span) -> tuple[int, int]:
    """Return the range of whole lines around a span."""
    end = text.find("\n", max(span.end - 1, span.start))
    return text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end + 1


def line_edits(old: str, new: str) -> list[Edit]:
    """Return edits of whole lines that make one text of another."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle, wanted = before[head : len(before) - tail], after[head : len(after) - tail]
    matcher = SequenceMatcher(None, middle, wanted, autojunk=False)
    return [
        Edit(Span(starts[head + a], starts[head + b]), "".join(wanted[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
