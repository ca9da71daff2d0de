"""Lines above the program that can be clicked, and values at the ends of its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dtl.ide.analysis import Analysis
from dtl.source import Span


@dataclass(frozen=True, slots=True)
class Lens:
    """A line above a place: its text and the command behind it."""

    span: Span
    title: str
    command: str


def lenses(analysis: Analysis) -> list[Lens]:
    """Return the lens that runs the program, if it has a sample."""
    count = len(analysis.sample.events)
    if not count or not analysis.tree.body:
        return []
    start = analysis.tree.body[0].span.start
    title = "▶ run on sample" + (f" ({count} events)" if count > 1 else "")
    return [Lens(Span(start, start), title, "dtl.runOnSample")]


def line_ends(text: str, values: Iterable[tuple[Span, str]]) -> list[tuple[int, str]]:
    """Return the offset of each line's end with the value made last on the line."""
    found: dict[int, tuple[int, str]] = {}
    for span, value in values:
        end = text.find("\n", span.end)
        end = len(text) if end < 0 else end
        while end > span.end and text[end - 1] in " \t\r":
            end -= 1
        known = found.get(end)
        if known is None or span.start >= known[0]:
            found[end] = (span.start, value)
    return [(end, value) for end, (_, value) in sorted(found.items())]
