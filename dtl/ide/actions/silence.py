"""A comment that silences a warning."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.check.silence import allowances_in
from dtl.diagnostics.diagnostic import Edit, Severity
from dtl.ide.actions.action import Action
from dtl.ide.actions.statement import indent_of, statement_at
from dtl.ide.analysis import Analysis
from dtl.ide.findings import Finding
from dtl.source import Span

_UNUSED_COMMENT = 1800


def actions(analysis: Analysis, finding: Finding) -> Iterator[Action]:
    """Offer to allow a warning where it is: above its statement or, where that does not begin a line, after it."""
    origin = finding.origin
    if origin.severity is not Severity.WARNING or origin.source is not None or origin.code == _UNUSED_COMMENT:
        return
    edit = _edit(analysis, finding.span, finding.code)
    if edit is not None:
        yield Action(f"allow {finding.code} here with a comment", "quickfix", (edit,), is_safe=True, finding=finding)


def _edit(analysis: Analysis, span: Span, code: str) -> Edit | None:
    """Return the edit that adds a comment, or a code to the comment that is there."""
    for each in allowances_in(analysis.tree, analysis.text):
        if each.codes and each.region.start <= span.start <= each.region.end:
            last = list(each.codes.values())[-1].end
            return Edit(Span(last, last), f", {code}")
    found = statement_at(analysis, Span(span.start, span.start))
    if found is None:
        return None
    text, (start, end) = analysis.text, found.node.span
    line = text.rfind("\n", 0, start) + 1
    indent = indent_of(text, start)
    if line + len(indent) == start:
        is_inner = analysis.trail(start)[0] is not found.node
        if is_inner and analysis.dialect == "vrl" and line == start and text[start] == '"':
            return None  # VRL may misread a literal in column 0 that follows a comment in brackets
        return Edit(Span(line, line), f"{indent}# dtl: allow({code})\n")
    ending = text.find("\n", start)
    ending = len(text) if ending < 0 else ending
    if end <= ending and not any(line <= comment.span.start <= ending for comment in analysis.tree.comments):
        return Edit(Span(ending, ending), f"  # dtl: allow({code})")
    return None
