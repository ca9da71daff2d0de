"""Documents: opened, changed, saved, closed; files changed on disk."""

from __future__ import annotations

from typing import Any

from ..convert import path_of
from ..session import INVALID_PARAMS, Refused, Session
from .diagnostics import mark

_WATCHED = ("**/*.{dtl,vrl}", "**/*.sample.{json,jsonl}", "**/dtl.toml")


def opened(session: Session, params: Any) -> None:
    """Take over a document."""
    try:
        item = params["textDocument"]
        uri, text, version = item["uri"], item["text"], item.get("version")
    except (TypeError, KeyError, AttributeError):
        raise Refused(INVALID_PARAMS, "textDocument is malformed") from None
    if not isinstance(uri, str) or not isinstance(text, str):
        raise Refused(INVALID_PARAMS, "textDocument is malformed")
    mark(session, session.workspace.open(uri, text, version))
    _dependants(session, uri)


def changed(session: Session, params: Any) -> None:
    """Apply changes to a document."""
    document = session.document(params)
    try:
        document.change(params["contentChanges"], params["textDocument"].get("version"))
    except (TypeError, KeyError, AttributeError, ValueError) as problem:
        raise Refused(INVALID_PARAMS, f"contentChanges is malformed: {problem}") from None
    mark(session, document)
    _dependants(session, document.uri)


def closed(session: Session, params: Any) -> None:
    """Let a document go, and its findings with it."""
    document = session.document(params)
    session.workspace.close(document.uri)
    session.dirty.pop(document.uri, None)
    session.notify("textDocument/publishDiagnostics", {"uri": document.uri, "diagnostics": []})
    _dependants(session, document.uri)


def begun(session: Session, params: Any) -> None:
    """Ask the client to tell of changes of samples, configurations and imported files, if it can be asked."""
    if session.capability("workspace", "didChangeWatchedFiles", "dynamicRegistration"):
        watchers = [{"globPattern": pattern} for pattern in _WATCHED]
        method = "workspace/didChangeWatchedFiles"
        registration = {"id": "dtl-files", "method": method, "registerOptions": {"watchers": watchers}}
        session.ask("client/registerCapability", {"registrations": [registration]})


def saved(session: Session, params: Any) -> None:
    """Nothing depends on saving."""


def files_changed(session: Session, params: Any) -> None:
    """Look again at what depends on files that have changed."""
    for change in (params or {}).get("changes", []):
        _dependants(session, str(change.get("uri", "")))


def folders_changed(session: Session, params: Any) -> None:
    """Follow the workspace's folders."""
    event = (params or {}).get("event", {})
    gone = {path_of(folder["uri"]) for folder in event.get("removed", [])}
    new = [path_of(folder["uri"]) for folder in event.get("added", [])]
    roots = [root for root in session.workspace.roots if root not in gone]
    session.workspace.roots = [*roots, *(path for path in new if path is not None)]


def _dependants(session: Session, uri: str) -> None:
    path = path_of(uri)
    found = session.workspace.changed_file(path) if path is not None else []
    for document in found:
        mark(session, document)
    if found and session.capability("workspace", "diagnostics", "refreshSupport"):
        session.ask("workspace/diagnostic/refresh")


METHODS = {
    "initialized": begun,
    "textDocument/didOpen": opened,
    "textDocument/didChange": changed,
    "textDocument/didClose": closed,
    "textDocument/didSave": saved,
    "workspace/didChangeWatchedFiles": files_changed,
    "workspace/didChangeWorkspaceFolders": folders_changed,
    "workspace/didChangeConfiguration": saved,
}
