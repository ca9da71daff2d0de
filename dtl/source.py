"""Source text: a named text, spans in it, where lines begin, and what of it a terminal may be shown."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of character offsets into a source text."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of another."""
        return Span(self.start, other.end)


class Position(NamedTuple):
    """A place as people count: line and column from 1, the column in characters."""

    line: int
    column: int


class Source:
    """A program's text and the name under which messages mention it. It never changes."""

    def __init__(self, text: str, name: str = "") -> None:
        self.text = text
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and (self.text, self.name) == (other.text, other.name)

    def __hash__(self) -> int:
        return hash((self.text, self.name))

    def __repr__(self) -> str:
        return f"Source(text={self.text!r}, name={self.name!r})"

    @cached_property
    def line_starts(self) -> list[int]:
        """Return the offset at which each line begins."""
        starts = [0]
        find, at = self.text.find, 0
        while (at := find("\n", at)) >= 0:
            at += 1
            starts.append(at)
        return starts

    @cached_property
    def is_ascii(self) -> bool:
        """Tell whether character and byte offsets are the same."""
        return self.text.isascii()

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of a line and column, kept within the text."""
        line = min(max(position.line, 1), len(self.line_starts))
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        return min(max(start + position.column - 1, start), end)

    def line(self, number: int) -> str:
        """Return a line's text without its line feed."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def byte_offset(self, offset: int) -> int:
        """Return the UTF-8 byte offset of a character offset, as VRL's messages count."""
        return offset if self.is_ascii else len(self.text[:offset].encode("utf-8", "surrogatepass"))

    def byte_span(self, span: Span) -> tuple[int, int]:
        """Return a span in UTF-8 bytes."""
        return self.byte_offset(span.start), self.byte_offset(span.end)

    def slice(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[span.start : span.end]


# Control characters move the cursor, change colours, or have the terminal type; the marks of direction show a text in
# another order than it has. Line feeds and tabs are left.
_DOING = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - {ord("\n"), ord("\t")}
)


def without_controls(text: str) -> str:
    """Return a text without the characters that a terminal obeys; none of them has a width."""
    return text.translate(_DOING)
