"""Formatting of a document or a range."""

from __future__ import annotations

from typing import Any

from dtl.diagnostics.diagnostic import Edit
from dtl.ide.formatting import format_document, format_range

from ..session import Session
from ..workspace import Document


def formatted(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the edits of a document."""
    document = session.document(params)
    return edits(format_document(document.analysis), document)


def formatted_range(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the edits of a range."""
    document, span = session.range(params)
    return edits(format_range(document.analysis, span), document)


def edits(found: list[Edit] | tuple[Edit, ...], document: Document) -> list[dict[str, Any]]:
    """Return edits in the protocol's form."""
    return [{"range": document.positions.range(edit.span), "newText": edit.text} for edit in found]


METHODS = {"textDocument/formatting": formatted, "textDocument/rangeFormatting": formatted_range}
