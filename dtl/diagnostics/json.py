"""Diagnostics as JSON data, for other tools."""

from __future__ import annotations

from typing import Any

from dtl.diagnostics.codes import CODES
from dtl.diagnostics.diagnostic import Diagnostic
from dtl.diagnostics.render import all_notes
from dtl.source import Source, Span


def to_json(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    """Return a diagnostic as JSON data.

    Lines and columns count from 1, columns in characters; an end is the place after the last character.
    """
    source = diagnostic.source or source
    return {
        "code": f"E{diagnostic.code:03}",
        "severity": diagnostic.severity.value,
        "title": CODES[diagnostic.code].title if diagnostic.code in CODES else diagnostic.message,
        "message": diagnostic.message,
        "file": source.name,
        "span": span_to_json(diagnostic.span, source),
        "labels": [
            {"span": span_to_json(label.span, source), "text": label.text, "primary": label.primary}
            for label in diagnostic.labels
        ],
        "notes": all_notes(diagnostic),
        "fixes": [
            {
                "title": fix.title,
                "safe": fix.safe,
                "edits": [{"span": span_to_json(edit.span, source), "text": edit.text} for edit in fix.edits],
            }
            for fix in diagnostic.fixes
        ],
    }


def span_to_json(span: Span, source: Source) -> dict[str, Any]:
    """Return a span as the positions of its ends."""
    start, end = source.position(span.start), source.position(span.end)
    return {
        "start": {"line": start.line, "column": start.column, "offset": span.start},
        "end": {"line": end.line, "column": end.column, "offset": span.end},
    }
