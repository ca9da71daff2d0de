"""Growing selections: from the word at the cursor outwards, node by node."""

from __future__ import annotations

import re

from dtl.ide.analysis import Analysis
from dtl.source import Span

_WORD = re.compile(r"\w+")


def selections(analysis: Analysis, offset: int) -> list[Span]:
    """Return the ranges around an offset, the innermost first, each within the next."""
    spans = [Span(0, len(analysis.text))]
    spans += [node.span for node in analysis.trail(offset)]
    line = Span(analysis.text.rfind("\n", 0, offset) + 1, _line_end(analysis.text, offset))
    for match in _WORD.finditer(analysis.text, line.start, line.end):
        if match.start() <= offset <= match.end():
            spans.append(Span(match.start(), match.end()))
            break
    found: list[Span] = []
    for span in spans:
        outer = found[-1] if found else None
        if outer is None or (span != outer and outer.start <= span.start and span.end <= outer.end):
            found.append(span)
    return found[::-1]


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
