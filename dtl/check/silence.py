"""Comments that silence warnings: `# dtl: allow(E900)` after the code of a line, or above the statement it is for.

VRL takes them for comments, so they may stand in programs of either dialect.
"""

from __future__ import annotations

from dtl.check.problems import here, problem
from dtl.data import data, fresh
from dtl.diagnostics.codes import CODES
from dtl.diagnostics.codes.code import Stage
from dtl.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from dtl.pattern import pattern
from dtl.source import Source, Span
from dtl.syntax import nodes as ast
from dtl.syntax.visit import path_to

#: What every such comment contains; texts without it are not looked at.
MARK = "dtl: allow("
_UNUSED = 1800
_ALLOW = pattern(r"#\s*dtl: allow\(([^()\n]*)\)")
_WORD = pattern(r"[^\s,]+")
_LINE = pattern(r"[ \t\r]*(?:#[^\n]*)?\n|[ \t\r]*")


@data
class Allowance:
    """One comment: its place, the place of each code that it names, where findings are silenced, codes that were."""

    comment: Span
    codes: dict[str, Span]
    region: Span
    used: set[str] = fresh(factory=set)


def silenced(
    tree: ast.Program, source: Source, diagnostics: list[Diagnostic], *, tells_unused: bool = True
) -> list[Diagnostic]:
    """Return the findings without the warnings that comments allow, errors never being among them.

    With `tells_unused`, a comment that allows nothing is found itself, unless there are errors: then not all
    warnings are known.
    """
    if MARK not in source.text:
        return diagnostics
    allowances = allowances_in(tree, source.text)
    kept = [found for found in diagnostics if not _is_allowed(found, allowances)]
    if tells_unused and not any(found.is_error for found in kept):
        kept += [found for each in allowances for found in _unused(each)]
    return kept


def allowances_in(tree: ast.Program, text: str) -> list[Allowance]:
    """Return the comments of a program that silence something."""
    found = []
    for comment in tree.comments:
        match = _ALLOW.match(text, comment.span.start, comment.span.end)
        if match is not None:
            codes = {word.group(): Span(*word.span()) for word in _WORD.finditer(text, *match.span(1))}
            found.append(Allowance(comment.span, codes, _region(tree, text, comment.span)))
    return found


def _region(tree: ast.Program, text: str, comment: Span) -> Span:
    """Return where a comment silences: its line or, if it stands alone, the statement that follows."""
    line = text.rfind("\n", 0, comment.start) + 1
    if text[line : comment.start].strip():
        return Span(line, comment.end)
    at = comment.end
    while at < len(text) and (after := _LINE.match(text, at)) is not None and after.group().endswith("\n"):
        at = after.end()
    while at < len(text) and text[at] in " \t\r":
        at += 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    root = next((node for node in tree.body if node.span.start <= at < node.span.end), None)
    if root is not None:
        statement = next((node for node in path_to(root, at) if node.span.start == at), None)
        end = max(end, statement.span.end) if statement is not None else end
    return Span(at, end)


def _is_allowed(found: Diagnostic, allowances: list[Allowance]) -> bool:
    """Tell whether a comment silences a finding, and note it there."""
    if found.is_error or found.source is not None:
        return False
    name, start = f"E{found.code:03}", found.span.start
    at = [each for each in allowances if name in each.codes and each.region.start <= start <= each.region.end]
    for each in at:
        each.used.add(name)
    return bool(at)


def _unused(allowance: Allowance) -> list[Diagnostic]:
    """Return a warning for each code of a comment that it silences nothing of."""
    known = {code.name: code for code in CODES.values()}
    found = []
    for name, span in allowance.codes.items():
        code = known.get(name)
        # What the host finds is not known here.
        if name in allowance.used or (code is not None and code.stage is Stage.HOST):
            continue
        text = "there is no such code" if code is None else "nothing of that code is found here"
        place = allowance.comment if len(allowance.codes) == 1 else span
        fixes = (Fix("remove the comment", (Edit(place, ""),), safe=True),) if place is allowance.comment else ()
        found.append(problem(_UNUSED, here(span, text), severity=Severity.WARNING, fixes=fixes))
    return found
