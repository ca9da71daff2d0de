"""Parsing a text again after an edit: only the root expressions around the edit, the others are kept.

In:   what was parsed, and the new text
Out:  what a full parse of the new text gives
Law:  tree and diagnostics equal those of `parse`; wherever that is not certain, everything is parsed
"""

from __future__ import annotations

from bisect import bisect_left

from dtl.data import frozen
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.source import Source, Span
from dtl.syntax import nodes
from dtl.syntax.parser import parse, parse_part
from dtl.syntax.visit import shift

# Root expressions parsed again around an edit: first few, then more if the parser does not end well behind them.
_MARGINS = (1, 4, 32)


@frozen
class Parsed:
    """A text, its tree and its syntax errors."""

    source: Source
    dialect: str
    program: nodes.Program
    problems: tuple[Diagnostic, ...]


def parse_text(source: Source, dialect: str = "dtl") -> Parsed:
    """Parse a whole program."""
    program, problems = parse(source, dialect)
    return Parsed(source, dialect, program, tuple(problems))


def reparse(previous: Parsed, source: Source) -> Parsed:
    """Parse a text that differs from the previous one in one place."""
    old, new = previous.source.text, source.text
    if old == new:
        return Parsed(source, previous.dialect, previous.program, previous.problems)
    prefix = _common_prefix(old, new)
    suffix = _common_suffix(old, new, min(len(old), len(new)) - prefix)
    body = previous.program.body
    # Expressions that end before the edit, and those that begin after it, with an unchanged character between.
    before = bisect_left(body, prefix, key=lambda expression: expression.span.end)
    after = bisect_left(body, len(old) - suffix + 1, key=lambda expression: expression.span.start)
    for margin in _MARGINS:
        found = _replace(previous, source, max(0, before - margin), after + margin)
        if found is not None:
            return found
    return parse_text(source, previous.dialect)


def _replace(previous: Parsed, source: Source, first: int, last: int) -> Parsed | None:
    """Parse anew in the place of the root expressions from `first` up to `last`, or return None if that is unsafe."""
    program, old, new = previous.program, previous.source.text, source.text
    body = program.body
    by = len(new) - len(old)
    start = body[first].span.start if first else 0
    end = body[last].span.start if last < len(body) else len(old)
    if any(isinstance(expression, nodes.Invalid) for expression in body[:first] + body[last:]):
        return None
    if any(not start <= problem.span.start < (end if last < len(body) else end + 1) for problem in previous.problems):
        return None
    part = parse_part(new, previous.dialect, start, end + by)
    if part is None:
        return None
    middle, comments, problems = part
    kept = [comment for comment in program.comments if comment.span.end <= start]
    moved = [shift(comment, by) for comment in program.comments if comment.span.start >= end]
    tail = [shift(expression, by) for expression in body[last:]]
    whole = nodes.Program(Span(0, len(new)), (*body[:first], *middle, *tail), (*kept, *comments, *moved))
    return Parsed(source, previous.dialect, whole, tuple(problems))


def _common_prefix(one: str, other: str) -> int:
    """Return how many characters two texts share at their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(one: str, other: str, limit: int) -> int:
    """Return how many characters, up to a limit, two texts share at their end."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
