"""Code actions: what an editor offers to do at a place, one file per kind of offer."""

from __future__ import annotations

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.actions import arms, coerce, compiler, extract, handle, inline, method, silence, unused
from dtl.ide.actions.action import Action, applied
from dtl.ide.analysis import Analysis
from dtl.ide.findings import findings
from dtl.source import Span

__all__ = ["Action", "actions", "applied", "fix_all"]

#: What settles findings, the likeliest first, and what rewrites code that is in order.
_FIXES = (compiler, handle, coerce, arms, unused)
_REWRITES = (extract, inline, method)


def actions(analysis: Analysis, span: Span) -> list[Action]:
    """Return what is offered for a selection or a place."""
    found: list[Action] = []
    for finding in findings(analysis):
        if compiler.concerns(analysis, finding, span):
            for fixes in _FIXES:
                found.extend(fixes.actions(analysis, finding))
            found.extend(silence.actions(analysis, finding))  # not among the fixes: these are all applied at once
    for rewrites in _REWRITES:
        found.extend(rewrites.actions(analysis, span))
    unique = {(each.title, each.edits): each for each in reversed(found)}
    return [each for each in found if unique[each.title, each.edits] is each]


def fix_all(analysis: Analysis) -> Action | None:
    """Return one action that applies every safe fix; where two touch, the first is taken."""
    edits: list[Edit] = []
    for finding in findings(analysis):
        for fixes in _FIXES:
            safe = next((each for each in fixes.actions(analysis, finding) if each.is_safe), None)
            if safe is not None and not any(compiler.overlaps(a.span, b.span) for a in safe.edits for b in edits):
                edits.extend(safe.edits)
                break
    return Action("apply all safe fixes", "source.fixAll", tuple(edits), is_safe=True) if edits else None
