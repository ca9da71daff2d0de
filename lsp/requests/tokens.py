"""Semantic tokens: all of them, those of a range, or what changed since the last answer."""

from __future__ import annotations

from typing import Any

from dtl.ide.token_words import KINDS, MODIFIERS
from dtl.ide.tokens import tokens
from dtl.source import Span

from ..session import Session
from ..workspace import Document

_KIND = {name: index for index, name in enumerate(KINDS)}
_MODIFIER = {name: 1 << index for index, name in enumerate(MODIFIERS)}


def encoded(document: Document, within: Span | None = None) -> list[int]:
    """Return a document's tokens as the protocol's numbers, five to a token, places relative to the one before."""
    data: list[int] = []
    line = column = 0
    positions = document.positions
    for token in tokens(document.analysis, within):
        place = positions.position(token.span.start)
        if place["line"] != line:
            column = 0
        width = positions.width(token.span.start, token.span.end)
        modifiers = sum(_MODIFIER[name] for name in token.modifiers)
        data += [place["line"] - line, place["character"] - column, width, _KIND[token.kind], modifiers]
        line, column = place["line"], place["character"]
    return data


def full(session: Session, params: Any) -> dict[str, Any]:
    """Answer with all tokens."""
    return _remembered(session.document(params))


def _remembered(document: Document) -> dict[str, Any]:
    data = encoded(document)
    number = document.tokens[0] + 1
    document.tokens = (number, data)
    return {"resultId": str(number), "data": data}


def delta(session: Session, params: Any) -> dict[str, Any]:
    """Answer with what changed since an answer that the client still has."""
    document = session.document(params)
    number, before = document.tokens
    if str(number) != params.get("previousResultId"):
        return _remembered(document)
    answer = _remembered(document)
    after = answer["data"]
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    edits = []
    if head + tail < max(len(before), len(after)):
        edits = [{"start": head, "deleteCount": len(before) - head - tail, "data": after[head : len(after) - tail]}]
    return {"resultId": answer["resultId"], "edits": edits}


def ranged(session: Session, params: Any) -> dict[str, Any]:
    """Answer with the tokens of a range."""
    document, span = session.range(params)
    return {"data": encoded(document, span)}


METHODS = {
    "textDocument/semanticTokens/full": full,
    "textDocument/semanticTokens/full/delta": delta,
    "textDocument/semanticTokens/range": ranged,
}
