"""Folding and growing selections."""

from __future__ import annotations

from typing import Any

from dtl.ide.folding import folds
from dtl.ide.selection import selections

from ..session import INVALID_PARAMS, Refused, Session


def folded(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with what can be folded."""
    document = session.document(params)
    found = []
    for fold in folds(document.analysis):
        data: dict[str, Any] = {"startLine": fold.first - 1, "endLine": fold.last - 1}
        if fold.kind:
            data["kind"] = fold.kind
        found.append(data)
    return found


def selected(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the ranges around each place."""
    document = session.document(params)
    found = []
    try:
        offsets = [document.positions.offset(position) for position in params["positions"]]
    except (TypeError, KeyError, ValueError):
        raise Refused(INVALID_PARAMS, "positions is malformed") from None
    for offset in offsets:
        ranges: dict[str, Any] = {}
        for span in reversed(selections(document.analysis, offset)):
            ranges = {"range": document.positions.range(span), **({"parent": ranges} if ranges else {})}
        found.append(ranges)
    return found


METHODS = {"textDocument/foldingRange": folded, "textDocument/selectionRange": selected}
