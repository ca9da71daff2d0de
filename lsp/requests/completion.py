"""Completion lists, and the documentation of an item when it is looked at."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from dtl.ide.completion import complete, documentation
from dtl.ide.item import Item

from ..session import Session
from ..workspace import Document

_KINDS = {
    "field": 5,
    "variable": 6,
    "function": 3,
    "method": 2,
    "parameter": 10,
    "value": 20,
    "keyword": 14,
    "type": 25,
    "file": 17,
    "folder": 19,
}
_PLACE = re.compile(r"\$\{\d+\|([^,|}]*)[^}]*\}|\$\{\d+:([^}]*)\}|\$\d")


def completed(session: Session, params: Any) -> dict[str, Any]:
    """Answer with what may be written at a place."""
    document, offset = session.place(params)
    snippets = bool(session.capability("textDocument", "completion", "completionItem", "snippetSupport"))
    near = partial(session.workspace.near, document)
    found = complete(document.analysis, offset, near)
    ranges: dict[Any, Any] = {}
    return {"isIncomplete": False, "items": [_item(each, document, snippets, ranges) for each in found]}


def _item(item: Item, document: Document, snippets: bool, ranges: dict[Any, Any]) -> dict[str, Any]:
    if item.span not in ranges:
        ranges[item.span] = document.positions.range(item.span)
    text = (
        item.text
        if snippets or not item.is_snippet
        else _PLACE.sub(lambda m: m.group(1) or m.group(2) or "", item.text)
    )
    data: dict[str, Any] = {
        "label": item.label,
        "kind": _KINDS[item.kind],
        "sortText": f"{item.rank}{item.label}",
        "textEdit": {"range": ranges[item.span], "newText": text},
    }
    if item.detail:
        data["detail"] = item.detail
    if item.is_snippet and snippets:
        data["insertTextFormat"] = 2
    if item.filter:
        data["filterText"] = item.filter
    if item.note:
        data["documentation"] = {"kind": "markdown", "value": item.note}
    if item.documented:
        data["data"] = {"uri": document.uri, "function": item.documented}
    return data


def resolved(session: Session, item: Any) -> Any:
    """Answer with the item and its documentation."""
    data = item.get("data") if isinstance(item, dict) else None
    if isinstance(data, dict):
        document = session.workspace.documents.get(str(data.get("uri")))
        text = documentation(document.analysis, str(data.get("function"))) if document is not None else ""
        if text:
            return {**item, "documentation": {"kind": "markdown", "value": text}}
    return item


METHODS = {"textDocument/completion": completed, "completionItem/resolve": resolved}
