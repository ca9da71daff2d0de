"""Findings: sent when the client is at rest, or given when it asks."""

from __future__ import annotations

import importlib
import sys
import zlib
from typing import Any

from dtl.ide.findings import Finding, findings

from ..capabilities import HOMES
from ..convert import Positions, uri_of
from ..session import Session
from ..workspace import Document

_SEVERITIES = {"error": 1, "warning": 2, "information": 3, "hint": 4}
# More notes than these are a page of advice, which is for the hover.
_NOTES = 2
_TAGS = {"unnecessary": 1, "deprecated": 2}


def mark(session: Session, document: Document) -> None:
    """Note that a document's findings are to be sent."""
    session.dirty[document.uri] = None
    if publish not in session.chores:
        session.chores.insert(0, publish)


def publish(session: Session) -> bool:
    """Send the findings of one document; tell whether there are more."""
    if session.dirty:
        uri = next(iter(session.dirty))
        del session.dirty[uri]
        document = session.workspace.documents.get(uri)
        if document is not None and session.capability("textDocument", "diagnostic") is None:
            report: dict[str, Any] = {"uri": uri, "diagnostics": listed(session, document)}
            if document.version is not None:
                report["version"] = document.version
            session.notify("textDocument/publishDiagnostics", report)
        for each in () if document is None else (document, *document.parts):
            if each.analysis.sample.events:
                importlib.import_module(f"{__package__}.sample").evaluate(session, each)
        if prepare not in session.chores and document is not None and not session.is_prepared:
            session.chores.append(prepare)
    return bool(session.dirty)


def prepare(session: Session) -> bool:
    """Load what later requests need, a little at a time, so that none of them must wait for it."""
    package = __name__.rpartition(".")[0]
    missing = [name for name in sorted({*HOMES.values()}) if f"{package}.{name}" not in sys.modules]
    if missing:
        importlib.import_module(f"{package}.{missing[0]}")
        return True
    completion = importlib.import_module("dtl.ide.completion")
    if completion.load_functions(3):
        return True
    document = next(iter(session.workspace.documents.values()), None)
    if document is not None:
        completion.library(document.analysis)
        session.is_prepared = True
    return False


def listed(session: Session, document: Document) -> list[dict[str, Any]]:
    """Return a document's findings."""
    pages = session.settings.get("codePages")
    found = findings(document.analysis, pages if isinstance(pages, str) else None)
    return [to_data(each, document) for each in found] + [
        data for part in document.parts for data in listed(session, part)
    ]


def to_data(found: Finding, document: Document) -> dict[str, Any]:
    """Return a finding in the protocol's form."""
    data: dict[str, Any] = {
        "range": document.positions.range(found.span),
        "severity": _SEVERITIES[found.severity.value],
        "source": "dtl",
        "message": "\n".join([found.message, *found.notes[: _NOTES if len(found.notes) <= _NOTES else 0]]),
    }
    if found.code:
        data["code"] = found.code
    if found.link:
        data["codeDescription"] = {"href": found.link}
    if found.tag:
        data["tags"] = [_TAGS[found.tag]]
    related = []
    for each in found.related:
        is_here = each.source.name == document.name
        positions = document.positions if is_here else Positions(each.source.text, document.workspace.encoding)
        uri = document.uri if is_here else uri_of(each.source.name)
        related.append({"location": {"uri": uri, "range": positions.range(each.span)}, "message": each.text})
    if related:
        data["relatedInformation"] = related
    return data


def pulled(session: Session, params: Any) -> dict[str, Any]:
    """Answer with a document's findings."""
    document = session.document(params)
    return _report(session, document, params.get("previousResultId"))


def workspace_pulled(session: Session, params: Any) -> dict[str, Any]:
    """Answer with the findings of every program in the workspace."""
    previous = {each["uri"]: each["value"] for each in (params or {}).get("previousResultIds", [])}
    items = []
    for document in session.workspace.texts():
        report = _report(session, document, previous.get(document.uri))
        items.append({**report, "uri": document.uri, "version": document.version})
    return {"items": items}


def _report(session: Session, document: Document, previous: str | None) -> dict[str, Any]:
    items = listed(session, document)
    id = f"{zlib.crc32(repr(items).encode('utf-8', 'replace')):08x}-{len(items)}"
    if id == previous:
        return {"kind": "unchanged", "resultId": id}
    return {"kind": "full", "resultId": id, "items": items}


METHODS = {"textDocument/diagnostic": pulled, "workspace/diagnostic": workspace_pulled}
