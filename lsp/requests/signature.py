"""Signature help."""

from __future__ import annotations

from typing import Any

from dtl.ide.signature import signature_help

from ..convert import Positions
from ..session import Session


def helped(session: Session, params: Any) -> dict[str, Any] | None:
    """Answer with help on the call around a place."""
    document, offset = session.place(params)
    found = signature_help(document.analysis, offset)
    if found is None:
        return None
    width = Positions(found.head, session.workspace.encoding).width
    parameters = []
    for each in found.parameters:
        data: dict[str, Any] = {"label": [width(0, each.place[0]), width(0, each.place[1])]}
        if each.text:
            data["documentation"] = {"kind": "markdown", "value": each.text}
        parameters.append(data)
    # An index behind the last parameter stands for none of them.
    active = len(parameters) if found.active is None else found.active
    signature: dict[str, Any] = {"label": found.head, "parameters": parameters, "activeParameter": active}
    if found.text:
        signature["documentation"] = {"kind": "markdown", "value": found.text}
    return {"signatures": [signature], "activeSignature": 0, "activeParameter": active}


METHODS = {"textDocument/signatureHelp": helped}
