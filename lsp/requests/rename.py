"""Renaming."""

from __future__ import annotations

from typing import Any

from dtl.ide.rename import CannotRename, prepare, rename

from ..session import INVALID_PARAMS, Refused, Session

# What the protocol calls a request that is well-formed but cannot be carried out.
_FAILED = -32803


def prepared(session: Session, params: Any) -> dict[str, Any] | None:
    """Answer with the name that would be changed, or nothing."""
    document, offset = session.place(params)
    try:
        span, name = prepare(document.analysis, offset)
    except CannotRename:
        return None
    return {"range": document.positions.range(span), "placeholder": name}


def renamed(session: Session, params: Any) -> dict[str, Any]:
    """Answer with the edits of a renaming."""
    document, offset = session.place(params)
    new = params.get("newName")
    if not isinstance(new, str):
        raise Refused(INVALID_PARAMS, "newName is missing")
    others = [each.analysis for each in session.workspace.programs() if each is not document]
    try:
        found = rename(document.analysis, offset, new, others)
    except CannotRename as reason:
        raise Refused(_FAILED, str(reason)) from None
    changes: dict[str, list[Any]] = {}
    for each in found:
        home = session.workspace.home_of(document, each.source)
        made = [home.edit(edit) for edit in each.edits]
        if None in made:
            raise Refused(_FAILED, f"`{new}` cannot be written where the program stands")
        changes.setdefault(home.uri, []).extend(made)
    return {"changes": changes}


METHODS = {"textDocument/prepareRename": prepared, "textDocument/rename": renamed}
