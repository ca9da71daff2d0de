"""What the compiler itself offers to settle a finding, and near names that it does not list."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.check.foreign import FUNCTIONS, VALUES
from dtl.diagnostics.diagnostic import Edit
from dtl.functions.registry import distance
from dtl.ide.actions.action import Action
from dtl.ide.analysis import Analysis
from dtl.ide.called import function_of
from dtl.ide.findings import Finding
from dtl.ide.knowledge import fields, variables
from dtl.source import Span
from dtl.syntax import nodes

# Names further away than this share of their letters are no likely slips.
_SHARE = 0.5
_MOST = 3


def actions(analysis: Analysis, finding: Finding) -> Iterator[Action]:
    """Offer the compiler's own fixes, then other near names."""
    if finding.origin.source is not None:
        return
    for fix in finding.origin.fixes:
        if finding.origin.code not in (105, 701) and "make sure" not in fix.title:  # those are made better elsewhere
            yield Action(fix.title, "quickfix", fix.edits, fix.safe, finding)
    for name in _near(analysis, finding):
        edit = Edit(finding.span, name)
        yield Action(f"did you mean `{name}`?", "quickfix", (edit,), finding=finding)


def _near(analysis: Analysis, finding: Finding) -> list[str]:
    """Return the names that an unknown one may stand for, the nearest first."""
    code = finding.origin.code
    wrong = analysis.source.slice(finding.span)
    known: list[str] = []
    if code == 701:
        known = list(variables(analysis, finding.span.start))
        if wrong in VALUES:
            return [VALUES[wrong]]
    elif code == 105:
        known = [*analysis.user_functions, *analysis.functions.names(analysis.dialect)]
        if FUNCTIONS.get(wrong.lower()) in known:
            return [FUNCTIONS[wrong.lower()]]
    elif code == 108:
        for node in reversed(analysis.trail(finding.span.start)):
            if isinstance(node, nodes.Call | nodes.MethodCall):
                function = function_of(analysis, node.name.text)
                known = [each.name for each in function.parameters] if function is not None else []
                given = {each.name.text for each in node.arguments if each.name is not None}
                known = [name for name in known if name not in given]
                break
    limit = max(2, int(len(wrong) * _SHARE))
    if code == 701 and any(each.name == wrong for each in fields(analysis, "event", (), finding.span.start)):
        return [f".{wrong}"]
    ranked = sorted((distance(wrong, name), name) for name in known if name != wrong)
    return [name for apart, name in ranked if apart <= limit][:_MOST]


def concerns(analysis: Analysis, finding: Finding, span: Span) -> bool:
    """Tell whether a finding is about a place: one of its labels is there, or the call whose argument is wrong."""
    if any(overlaps(label.span, span) for label in finding.origin.labels):
        return True
    if finding.origin.code != 110:
        return False
    calls = [
        n
        for n in analysis.trail(finding.span.start)
        if isinstance(n, nodes.Call | nodes.MethodCall) and n.span != finding.span
    ]
    return bool(calls) and overlaps(calls[-1].span, span)


def overlaps(one: Span, other: Span) -> bool:
    """Tell whether two spans share a place."""
    return one.start <= other.end and other.start <= one.end
