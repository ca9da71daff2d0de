"""Our offsets to the protocol's positions and back; the only file that knows UTF-16."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from dtl.source import Span

#: What a column may count, by the protocol's names; the first is what every client knows.
ENCODINGS = ("utf-16", "utf-32")
_LINE_END = re.compile(r"\r\n|\n|\r")


class Positions:
    """One text's lines and columns, from 0."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.encoding = encoding

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _is_simple(self) -> bool:
        """Tell whether every character is one column."""
        return self.encoding == "utf-32" or self.text.isascii() or max(self.text) < "\U00010000"

    def position(self, offset: int) -> dict[str, int]:
        """Return an offset as a position."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        column = offset - start
        if not self._is_simple:
            column += sum(character > "\uffff" for character in self.text[start:offset])
        return {"line": line, "character": column}

    def range(self, span: Span | tuple[int, int]) -> dict[str, Any]:
        """Return a span as a range."""
        return {"start": self.position(span[0]), "end": self.position(span[1])}

    def offset(self, position: Any) -> int:
        """Return a position as an offset; one outside the text is moved to the nearest place in it.

        Raises:
            TypeError, KeyError: It is no position.
        """
        line, column = int(position["line"]), int(position["character"])
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        if self._is_simple:
            return min(start + max(column, 0), end)
        at = start
        while column > 0 and at < end:
            column -= 2 if self.text[at] > "\uffff" else 1
            at += column >= 0  # a place within a surrogate pair is that before it
        return at

    def span(self, range: Any) -> Span:
        """Return a range as a span, its ends in order."""
        start, end = self.offset(range["start"]), self.offset(range["end"])
        return Span(min(start, end), max(start, end))

    def width(self, start: int, end: int) -> int:
        """Return how many columns a part of a line takes."""
        if self._is_simple:
            return end - start
        return end - start + sum(character > "\uffff" for character in self.text[start:end])


def edited(text: str, changes: Any, encoding: str) -> str:
    """Return a text after a client's changes, each of which applies to the result of the one before.

    Raises:
        TypeError, KeyError: A change is malformed.
    """
    for change in changes:
        new = change["text"]
        if not isinstance(new, str):
            raise TypeError("a change's text is no string")
        if change.get("range") is None:
            text = new
        else:
            span = Positions(text, encoding).span(change["range"])
            text = text[: span.start] + new + text[span.end :]
    return text


def path_of(uri: str) -> str | None:
    """Return the file that an address names, or None if it is no file."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if parts.netloc and parts.netloc != "localhost":
        return f"//{parts.netloc}{path}"
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path


def uri_of(path: str) -> str:
    """Return the address of a file."""
    text = path.replace(os.sep, "/")
    return "file://" + quote(text if text.startswith("/") else f"/{text}")
