"""Call hierarchy of user functions."""

from __future__ import annotations

from typing import Any

from dtl.ide.calls import Caller, function_at, incoming, outgoing

from ..convert import path_of
from ..session import INVALID_PARAMS, Refused, Session
from ..workspace import Document


def prepared(session: Session, params: Any) -> list[dict[str, Any]] | None:
    """Answer with the function at a place."""
    document, offset = session.place(params)
    found = function_at(document.analysis, offset)
    return None if found is None else [_item(session, document, found)]


def _item(session: Session, document: Document, caller: Caller) -> dict[str, Any]:
    home = session.workspace.home_of(document, caller.source)
    return {
        "name": caller.name,
        "kind": 12 if caller.node is not None else 1,
        "uri": home.uri,
        "range": home.positions.range(caller.span),
        "selectionRange": home.positions.range(caller.name_span),
    }


def _named(session: Session, params: Any) -> tuple[Document, Caller]:
    """Return the function that a request's item stands for, and its document."""
    try:
        item = params["item"]
        uri, name, place = item["uri"], item["name"], item["selectionRange"]["start"]
    except (TypeError, KeyError):
        raise Refused(INVALID_PARAMS, "item is malformed") from None
    path = path_of(str(uri))
    document = session.workspace.documents.get(uri) or (session.workspace.file(path) if path is not None else None)
    if document is not None and document.is_host:
        document = document.part_at(place)
    if document is None:
        raise Refused(INVALID_PARAMS, f"{uri} cannot be read")
    found = function_at(document.analysis, document.positions.offset(place))
    if found is None or found.name != name:
        found = Caller(document.analysis.source, None)
    return document, found


def came_in(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with who calls a function."""
    document, target = _named(session, params)
    others = [each for each in session.workspace.programs() if each.analysis.source != document.analysis.source]
    return [
        {"from": _item(session, home, caller), "fromRanges": [home.positions.range(span) for span in spans]}
        for home in (document, *others)
        for caller, spans in incoming(target, [home.analysis])
    ]


def go_out(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the functions that one calls."""
    document, origin = _named(session, params)
    return [
        {"to": _item(session, document, callee), "fromRanges": [document.positions.range(span) for span in spans]}
        for callee, spans in outgoing(origin, document.analysis)
    ]


METHODS = {
    "textDocument/prepareCallHierarchy": prepared,
    "callHierarchy/incomingCalls": came_in,
    "callHierarchy/outgoingCalls": go_out,
}
