"""Definition, references and highlights."""

from __future__ import annotations

from typing import Any

from dtl.ide.places import Place, definition, highlights, references

from ..session import Session
from ..workspace import Document


def location(session: Session, document: Document, place: Place) -> dict[str, Any]:
    """Return a place in this or another document in the protocol's form."""
    home = session.workspace.home_of(document, place.source)
    return {"uri": home.uri, "range": home.positions.range(place.span)}


def defined(session: Session, params: Any) -> dict[str, Any] | None:
    """Answer with where a name is made."""
    document, offset = session.place(params)
    found = definition(document.analysis, offset)
    return None if found is None else location(session, document, found)


def referred(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with every place of a name."""
    document, offset = session.place(params)
    context = params.get("context")
    declarations = not isinstance(context, dict) or bool(context.get("includeDeclaration", True))
    others = [each.analysis for each in session.workspace.programs() if each is not document]
    found = references(document.analysis, offset, others)
    if not declarations:
        made = definition(document.analysis, offset)
        found = [
            each for each in found if made is None or (each.source.name, each.span) != (made.source.name, made.span)
        ]
    return [location(session, document, each) for each in found]


def highlighted(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the places of a name in its document."""
    document, offset = session.place(params)
    return [
        {"range": document.positions.range(each.span), "kind": 3 if each.is_write else 2}
        for each in highlights(document.analysis, offset)
    ]


METHODS = {
    "textDocument/definition": defined,
    "textDocument/declaration": defined,
    "textDocument/references": referred,
    "textDocument/documentHighlight": highlighted,
}
