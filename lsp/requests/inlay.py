"""Inlay hints; values from the sample at the ends of lines are among them once they are worked out."""

from __future__ import annotations

from typing import Any

from dtl.ide.inlay import hints
from dtl.ide.lens import line_ends

from ..session import Session

_KINDS = {"type": 1, "parameter": 2}


def hinted(session: Session, params: Any) -> list[dict[str, Any]]:
    """Answer with the hints of a range."""
    document, span = session.range(params)
    found = []
    for hint in hints(document.analysis, span):
        data: dict[str, Any] = {"position": document.positions.position(hint.offset), "label": hint.text}
        if hint.kind in _KINDS:
            data["kind"] = _KINDS[hint.kind]
        if hint.tooltip:
            data["tooltip"] = hint.tooltip
        if hint.kind == "parameter":
            data["paddingRight"] = True
        if hint.kind in ("fallible", "model"):
            data["paddingLeft"] = True
        found.append(data)
    text, values = document.values
    if text == document.text:
        for offset, value in line_ends(text, values):
            if span.start <= offset <= span.end:
                position = document.positions.position(offset)
                found.append(
                    {"position": position, "label": f"= {value}", "paddingLeft": True, "tooltip": "from the sample"}
                )
    return found


METHODS = {"textDocument/inlayHint": hinted}
