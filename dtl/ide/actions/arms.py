"""Arms of `match`: those that are missing, and those that nothing reaches."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.check.matching import TYPE_WORDS
from dtl.diagnostics.diagnostic import Edit
from dtl.ide.actions.action import Action
from dtl.ide.actions.statement import indent_of
from dtl.ide.analysis import Analysis
from dtl.ide.findings import Finding
from dtl.source import Span
from dtl.syntax import nodes
from dtl.types import type as kind

# Kinds listed one by one; of more than these an arm for all others says the same.
_MOST = 4


def actions(analysis: Analysis, finding: Finding) -> Iterator[Action]:
    """Offer to complete a match, or to take an unreachable arm away."""
    if finding.origin.code not in (1000, 1001, 1002) or finding.origin.source is not None:
        return
    trail = analysis.trail(finding.span.start)
    node = next((each for each in reversed(trail) if isinstance(each, nodes.Match)), None)
    if node is None:
        return
    if finding.origin.code == 1000:
        missing = _missing(analysis, node)
        if missing:
            edit = _added(analysis, node, missing)
            yield Action("add the missing arms: " + ", ".join(missing), "quickfix", (edit,), finding=finding)
        yield Action("add an arm for everything else", "quickfix", (_added(analysis, node, ["_"]),), finding=finding)
        return
    arm = next((a for a in node.arms if a.span.start <= finding.span.start and finding.span.end <= a.span.end), None)
    if arm is not None and len(node.arms) > 1 and not isinstance(arm.pattern, nodes.AlternativePattern):
        yield Action("remove the arm", "quickfix", (_without(analysis.text, node, arm),), is_safe=True, finding=finding)


def _missing(analysis: Analysis, node: nodes.Match) -> list[str]:
    """Return the patterns that no arm takes, as far as they are few."""
    type = analysis.type_of(node.subject)
    if type is None:
        return []
    kinds, texts, booleans, has_null = type.kinds, set(type.texts or ()), {True, False}, False
    if kinds & kind.UNDEFINED:
        kinds = kinds & ~kind.UNDEFINED | kind.NULL
    for arm in node.arms:
        if arm.guard is not None:
            continue
        options = arm.pattern.options if isinstance(arm.pattern, nodes.AlternativePattern) else (arm.pattern,)
        for pattern in options:
            if isinstance(pattern, nodes.TypePattern):
                kinds &= ~TYPE_WORDS.get(pattern.kind.text, 0)
            elif isinstance(pattern, nodes.LiteralPattern):
                value = pattern.value
                has_null = has_null or isinstance(value, nodes.Null)
                if isinstance(value, nodes.String | nodes.RawString):
                    texts.discard(value.value)
                elif isinstance(value, nodes.Boolean):
                    booleans.discard(value.value)
    if has_null:
        kinds &= ~kind.NULL
    found: list[str] = []
    if kinds & kind.STRING and type.texts is not None:
        kinds &= ~kind.STRING
        found += [f'"{text}"' for text in sorted(texts)]
    if kinds & kind.BOOLEAN and len(booleans) < 2:
        kinds &= ~kind.BOOLEAN
        found += ["true" if value else "false" for value in sorted(booleans)]
    words = [word for word, mark in TYPE_WORDS.items() if mark & (mark - 1) == 0 and mark & kinds]
    unique = list({TYPE_WORDS[word]: word for word in reversed(words)}.values())[::-1]
    return [*found, *unique] if len(unique) <= _MOST else []


def _added(analysis: Analysis, node: nodes.Match, patterns: list[str]) -> Edit:
    """Return the edit that adds arms behind the last one."""
    text = analysis.text
    last = node.arms[-1].span.end if node.arms else text.find("{", node.subject.span.end) + 1
    at = last
    while at < len(text) and text[at] in " \t":
        at += 1
    comma = at < len(text) and text[at] == ","
    place = at + 1 if comma else last
    first = "" if comma or not node.arms else ","
    if "\n" in text[node.span.start : node.span.end]:
        indent = indent_of(text, node.arms[-1].span.start) if node.arms else indent_of(text, node.span.start) + "  "
        arms = "".join(f"\n{indent}{pattern} => null," for pattern in patterns)
    else:
        arms = " " + ", ".join(f"{pattern} => null" for pattern in patterns) + ("," if comma else "")
    return Edit(Span(place, place), first + arms)


def _without(text: str, node: nodes.Match, arm: nodes.Arm) -> Edit:
    """Return the edit that takes an arm away, with its comma."""
    index = node.arms.index(arm)
    if index + 1 < len(node.arms):
        return Edit(Span(arm.span.start, node.arms[index + 1].span.start), "")
    return Edit(Span(node.arms[index - 1].span.end, arm.span.end), "")
