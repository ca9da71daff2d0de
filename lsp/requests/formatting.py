"""Formatting of a document or a range."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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


def edits(found: Iterable[Any], document: Document) -> list[dict[str, Any]]:
    """Return edits in the protocol's form; none if one of them cannot be written where the document stands."""
    made = [document.edit(edit) for edit in found]
    return [] if None in made else [each for each in made if each is not None]


METHODS = {"textDocument/formatting": formatted, "textDocument/rangeFormatting": formatted_range}
