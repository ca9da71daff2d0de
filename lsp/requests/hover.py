"""Hovers."""

from __future__ import annotations

from typing import Any

from dtl.ide.hover import hover

from ..session import Session


def hovered(session: Session, params: Any) -> dict[str, Any] | None:
    """Answer with what is to be said of a place."""
    document, offset = session.place(params)
    found = hover(document.analysis, offset)
    if found is None:
        return None
    return {"contents": {"kind": "markdown", "value": found.text}, "range": document.positions.range(found.span)}


METHODS = {"textDocument/hover": hovered}
