"""Running a program on its sample: the lens, the command behind it, the values at line ends."""

from __future__ import annotations

import json
from typing import Any

from dtl.ide.lens import lenses
from dtl.source import Span

from ..session import DEFERRED, INVALID_PARAMS, METHOD_NOT_FOUND, Refused, Session
from ..workspace import Document

_RUN = "dtl.runOnSample"


def lensed(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the lines above the program."""
    document = session.document(params)
    return [
        {
            "range": document.positions.range(each.span),
            "command": {"title": each.title, "command": each.command, "arguments": document.address},
        }
        for each in (lenses(document.analysis) if document.is_runnable else ())
    ]


def executed(session: Session, params: Any) -> Any:
    """Carry out a command; the answer comes when the run is over."""
    command = params.get("command") if isinstance(params, dict) else None
    arguments = params.get("arguments") or [] if isinstance(params, dict) else []
    if command != _RUN:
        raise Refused(METHOD_NOT_FOUND, f"no command {command}")
    uri = arguments[0] if arguments and isinstance(arguments[0], str) else ""
    document = session.document({"textDocument": {"uri": uri}})
    if document.is_host:
        document = _step(document, arguments[1] if len(arguments) > 1 else None)
    job = job_of(document)
    events = next((each for each in arguments[1:] if isinstance(each, list)), None)
    if events is not None:
        job["events"] = events
    if not job["events"]:
        raise Refused(INVALID_PARAMS, "the program has no sample: put events into a file `NAME.sample.jsonl` beside it")
    id, text = session.current, document.text
    session.evaluator.submit(job, lambda found: session.post(lambda: session.reply(id, _result(found, document, text))))
    return DEFERRED


def _step(host: Document, named: Any) -> Document:
    """Return the program of a file that a command means: by its keys, by a position in it, or the only one."""
    path = named.get("path") if isinstance(named, dict) else None
    position = named.get("position") if isinstance(named, dict) else None
    for part in host.parts:
        if part.address[1] == {"path": path}:
            return part
    if position is not None:
        found = host.part_at(position)
        if found is not None:
            return found
    if path is None and len(host.parts) == 1:
        return host.parts[0]
    raise Refused(INVALID_PARAMS, "the file holds several programs: put the cursor into the one to run")


def job_of(document: Document) -> dict[str, Any]:
    """Return what the evaluator needs to run a program."""
    analysis = document.analysis
    return {
        "text": document.text,
        "name": document.name,
        "dialect": analysis.dialect,
        "events": [dict(event) for event in analysis.sample.events],
        "files": {source.name: source.text for source in analysis.imported},
    }


def _result(found: dict[str, Any], document: Document, text: str) -> dict[str, Any]:
    runs = []
    for each in found["runs"]:
        run = {"status": each["status"], "event": json.loads(each["event"])}
        if each["error"]:
            run["error"] = each["error"]
        if each["place"] and text == document.text:
            run["range"] = document.positions.range(each["place"])
        if each.get("inner"):
            run["inner"] = dict(zip(("file", "line", "column"), each["inner"], strict=True))
        runs.append(run)
    return {"problem": found["problem"] or None, "runs": runs}


def evaluate(session: Session, document: Document) -> None:
    """Have the values at line ends worked out for a document that has a sample and compiles."""
    analysis = document.analysis
    wanted = session.settings.get("sampleValues", True)
    if not wanted or not analysis.sample.events or any(found.is_error for found in analysis.diagnostics):
        return
    if document.evaluated == document.text or not document.is_runnable:
        return
    document.evaluated = document.text
    job = {**job_of(document), "events": [dict(analysis.sample.events[0])]}
    text = document.text
    session.evaluator.submit(job, lambda found: session.post(lambda: _take(session, document, text, found)))


def _take(session: Session, document: Document, text: str, found: dict[str, Any]) -> None:
    """Show values that have arrived, if the text is still the same."""
    if document.text == text:
        document.values = (text, [(Span(start, end), value) for start, end, value in found["values"]])
        if session.capability("workspace", "inlayHint", "refreshSupport"):
            session.ask("workspace/inlayHint/refresh")


METHODS = {"textDocument/codeLens": lensed, "workspace/executeCommand": executed}
