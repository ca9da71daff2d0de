"""Code actions."""

from __future__ import annotations

from typing import Any

from dtl.ide.actions import Action, actions, fix_all

from ..session import Session
from ..workspace import Document
from .diagnostics import to_data
from .formatting import edits

_FIX_ALL = "source.fixAll.dtl"


def offered(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with what is offered for a range."""
    document, span = session.range(params)
    context = params.get("context")
    only = context.get("only") if isinstance(context, dict) else None
    found = [_action(each, document) for each in actions(document.analysis, span)]
    found = [each for each in found if each["edit"]["changes"][document.uri]]  # the others cannot be written there
    every = fix_all(document.analysis)
    if every is not None:
        found.append({**_action(every, document), "kind": _FIX_ALL})
    if isinstance(only, list):
        found = [each for each in found if any(f"{each['kind']}.".startswith(f"{kind}.") for kind in only)]
    return found


def _action(action: Action, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": action.title,
        "kind": action.kind,
        "edit": {"changes": {document.uri: edits(action.edits, document)}},
        "data": {"safe": action.is_safe},
    }
    if action.finding is not None:
        data["diagnostics"] = [to_data(action.finding, document)]
        data["isPreferred"] = action.is_safe
    return data


METHODS = {"textDocument/codeAction": offered}
