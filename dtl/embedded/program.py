"""A program inside another file: its text, its form, and where each of its characters stands in that file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from dtl.diagnostics.diagnostic import Diagnostic, Edit, Fix
from dtl.embedded.quoting import Quoting
from dtl.source import Source, Span


class Piece(NamedTuple):
    """A stretch of a program and the stretch of the file that it was read from.

    Both are `length` characters and stand for each other one by one, unless `width` differs: then the piece is one
    whole, as an escape sequence is.
    """

    program: int
    file: int
    length: int
    width: int


@dataclass(frozen=True)
class Embedded:
    """One program found in a file.

    Attributes:
        source: The program's text, under the file's name.
        dialect: "dtl" or "vrl".
        start: "program", or "condition" for an expression in which a bare name is a field of the event.
        span: Where the text stands in the file, without quotes or the header of a block.
        host: The file's text.
        path: The keys and indexes that lead to it, from the top of the file.
        pieces: The map of offsets, in order; none for an empty program.
        quoting: How text must be written there.
        name: What the file calls the step that it belongs to; "" for a program at the top.
    """

    source: Source
    dialect: str
    start: str
    span: Span
    host: Source
    path: tuple[str | int, ...] = ()
    pieces: Sequence[Piece] = field(default=(), repr=False)
    quoting: Quoting = field(default_factory=Quoting, repr=False)
    name: str = ""

    @cached_property
    def _program_starts(self) -> list[int]:
        return [piece.program for piece in self.pieces]

    @cached_property
    def _file_starts(self) -> list[int]:
        return [piece.file for piece in self.pieces]

    def to_file(self, offset: int) -> int:
        """Return where in the file a character of the program stands; what lies outside is kept within."""
        at = bisect_right(self._program_starts, offset) - 1
        if at < 0:
            return self.span.start
        piece = self.pieces[at]
        inside = offset - piece.program
        if piece.width == piece.length:
            return min(piece.file + min(inside, piece.length), self.span.end)
        return piece.file if inside < piece.length else piece.file + piece.width

    def to_program(self, offset: int) -> int | None:
        """Return the offset in the program of a place in the file; None outside of it.

        A place in the margin of a line is that line's start; one within an escape sequence is the escape.
        """
        if not self.span.start <= offset <= self.span.end:
            return None
        at = bisect_right(self._file_starts, offset) - 1
        if at < 0:
            return 0
        piece = self.pieces[at]
        inside = offset - piece.file
        if inside >= piece.width:
            # Between two pieces: a line's margin, or what a fold swallowed.
            return piece.program + piece.length
        return piece.program + (inside if piece.width == piece.length else 0)

    def span_in_file(self, span: Span) -> Span:
        """Return a span of the program in the file; it ends right after its last character."""
        start = self.to_file(span.start)
        if span.end <= span.start:
            return Span(start, start)
        last = span.end - 1
        at = bisect_right(self._program_starts, last) - 1
        if at < 0:
            return Span(start, start)
        piece = self.pieces[at]
        inside = last - piece.program
        size = min(inside + 1, piece.length) if piece.width == piece.length else piece.width
        return Span(start, max(piece.file + size, start))

    def edit_in_file(self, edit: Edit) -> Edit | None:
        """Return an edit of the program as one of the file, quoted as the place needs; None where that cannot be."""
        if edit.span.end >= len(self.source.text) and not self.source.text.endswith("\n"):
            edit = Edit(edit.span, edit.text.removesuffix("\n"))
        if self.quoting.style == "lines":
            return self._edit_lines(edit)
        text = self.quoting.write(edit.text)
        return None if text is None else Edit(self.span_in_file(edit.span), text)

    def _edit_lines(self, edit: Edit) -> Edit:
        """Return an edit of a block: each line that begins in the new text gets the margin that it needs."""
        margin, size = self.quoting.margin, len(self.source.text)
        start, end = self.to_file(edit.span.start), self.to_file(edit.span.end)
        is_last = edit.span.end >= size
        text, tail = edit.text, ""
        if is_last and text.endswith("\n"):
            # After the program's last line comes a line of the file, which has its own margin.
            text, tail = text[:-1], "\n" if self.source.text.endswith("\n") else ""
            end = self.span.end
        elif text.endswith("\n") and self.source.text.startswith("\n", edit.span.end):
            text, tail = text[:-1], "\n"  # the line after it is blank and has no margin
        text = text.replace("\n", f"\n{margin}").replace(f"\n{margin}\n", "\n\n")
        if edit.span.start >= size and self.source.text.endswith("\n") and text:
            tail = "\n"
        is_line_start = edit.span.start == 0 or self.source.text[edit.span.start - 1] == "\n"
        if is_line_start and text and not text.startswith("\n"):
            # A blank line may have less than the margin, and what comes after the last line has none.
            text = margin[start - self.host.text.rfind("\n", 0, start) - 1 :] + text
        return Edit(Span(start, max(start, end)), text + tail)

    def in_file(self, found: Diagnostic) -> Diagnostic:
        """Return a finding of the program as one of the file: labels and fixes moved there."""
        if found.source is not None and found.source is not self.source:
            return found
        labels = tuple(replace(label, span=self.span_in_file(label.span)) for label in found.labels)
        fixes = tuple(fix for each in found.fixes if (fix := self._fix_in_file(each)) is not None)
        return replace(found, labels=labels, fixes=fixes, source=None)

    def _fix_in_file(self, fix: Fix) -> Fix | None:
        edits = tuple(moved for edit in fix.edits if (moved := self.edit_in_file(edit)) is not None)
        return replace(fix, edits=edits) if len(edits) == len(fix.edits) else None
