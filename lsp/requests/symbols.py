"""Symbols of a document and of the workspace."""

from __future__ import annotations

from typing import Any

from dtl.ide.symbols import Symbol, flat, symbols

from ..session import Session
from ..workspace import Document

_KINDS = {"function": 12, "variable": 13, "field": 8, "metadata": 20, "import": 2, "block": 3}
_MOST = 1_000


def listed(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with a document's symbols, as a tree if the client knows trees."""
    document = session.document(params)
    found = symbols(document.analysis)
    if session.capability("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"):
        return [_tree(each, document) for each in found]
    return [_flat(each, document) for each in flat(found)]


def _tree(symbol: Symbol, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": symbol.name or " ",
        "kind": _KINDS[symbol.kind],
        "range": document.positions.range(symbol.span),
        "selectionRange": document.positions.range(symbol.name_span),
    }
    if symbol.detail:
        data["detail"] = symbol.detail
    if symbol.inner:
        data["children"] = [_tree(each, document) for each in symbol.inner]
    return data


def _flat(symbol: Symbol, document: Document) -> dict[str, Any]:
    place = {"uri": document.uri, "range": document.positions.range(symbol.name_span)}
    return {"name": symbol.name or " ", "kind": _KINDS[symbol.kind], "location": place}


def searched(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the symbols of all programs whose names hold the query's letters in order."""
    query = str((params or {}).get("query", "")).lower()
    found = []
    for document in session.workspace.programs():
        for symbol in flat(symbols(document.analysis)):
            if symbol.kind != "block" and _fits(query, symbol.name.lower()):
                found.append(_flat(symbol, document))
                if len(found) >= _MOST:
                    return found
    return found


def _fits(query: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in query)


METHODS = {"textDocument/documentSymbol": listed, "workspace/symbol": searched}
