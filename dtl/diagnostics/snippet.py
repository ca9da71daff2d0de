"""The picture of a diagnostic's labels under their source lines, as lines of styled text.

The layout is that of the codespan-reporting library, which Rust programmers and VRL's users know:
labels of one line hang under it from right to left, labels over several lines are brackets at its left.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple, TypeAlias

from dtl.data import data, fresh
from dtl.diagnostics.diagnostic import Label
from dtl.source import Source

TAB_WIDTH = 4
# How many lines after the start and before the end of a bracket are shown; the rest is cut out.
START_CONTEXT, END_CONTEXT = 3, 1


class Style(Enum):
    """What a piece of text is, so that a terminal can colour it."""

    TEXT = ""
    SEVERITY = "severity"
    TITLE = "title"
    GUTTER = "gutter"
    PRIMARY = "primary"
    SECONDARY = "secondary"


class Piece(NamedTuple):
    """A run of text in one style."""

    text: str
    style: Style = Style.TEXT


Line: TypeAlias = list[Piece]


class Mark(NamedTuple):
    """A label within one line, in characters from the line's start; never empty."""

    start: int
    end: int
    primary: bool
    text: str

    @property
    def style(self) -> Style:
        """Return the style in which this is drawn."""
        return Style.PRIMARY if self.primary else Style.SECONDARY

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether this and a range have a character in common."""
        return max(self.start, start) < min(self.end, end)


class Edge(Enum):
    """The part of a bracket that falls on one line."""

    TOP = "top"
    SIDE = "side"
    BOTTOM = "bottom"


class Bracket(NamedTuple):
    """The part of a label over several lines that falls on one of them.

    `column` is where its side stands. `at` is the column of its first character for a top, and the column after its
    last one for a bottom.
    """

    column: int
    primary: bool
    edge: Edge
    at: int = 0
    text: str = ""

    @property
    def style(self) -> Style:
        """Return the style in which this is drawn."""
        return Style.PRIMARY if self.primary else Style.SECONDARY


@data
class Row:
    """A source line and everything that is drawn at it."""

    shown: bool = False
    marks: list[Mark] = fresh(factory=list)
    brackets: list[Bracket] = fresh(factory=list)

    def add(self, mark: Mark) -> None:
        """Insert a mark in order of place; of equal ones the first stays last, as it is drawn first."""
        at = bisect_right(self.marks, mark[:2], key=lambda other: other[:2])
        if at and self.marks[at - 1][:2] == mark[:2]:
            at -= 1
        self.marks.insert(at, mark)


def draw(labels: Iterable[Label], source: Source) -> tuple[int, list[Line]]:
    """Return the width of the line numbers, and the lines from the place's name to the last label."""
    rows: dict[int, Row] = {}
    brackets = 0
    last_number = 0
    place: Label | None = None
    for label in labels:
        if place is None or _is_better_place(label, place):
            place = label
        start, end = source.position(label.span.start), source.position(max(label.span))
        last_number = max(last_number, end.line)
        if start.line == end.line:
            row = rows.setdefault(start.line, Row())
            row.shown = True
            row.add(Mark(start.column - 1, max(end.column - 1, start.column), label.primary, label.text))
            continue
        _add_bracket(rows, brackets, label, (start.line, start.column - 1), (end.line, end.column - 1))
        brackets += 1
    if place is None:
        return 0, []
    drawing = _Drawing(source, len(str(last_number)), brackets)
    return drawing.width, list(drawing.all_lines(rows, place))


def _is_better_place(label: Label, than: Label) -> bool:
    """Tell whether the header should name this label's place: primary ones first, then the earliest."""
    if label.primary != than.primary:
        return label.primary
    return label.span.start < than.span.start


def _add_bracket(rows: dict[int, Row], index: int, label: Label, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Enter a label over several lines into every row that it touches."""
    for number in range(start[0], end[0] + 1):
        row = rows.setdefault(number, Row())
        if number == start[0]:
            row.brackets.append(Bracket(index, label.primary, Edge.TOP, start[1]))
            row.shown = True
        elif number == end[0]:
            row.brackets.append(Bracket(index, label.primary, Edge.BOTTOM, end[1], label.text))
            row.shown = True
        else:
            row.brackets.append(Bracket(index, label.primary, Edge.SIDE))
            row.shown |= number - start[0] <= START_CONTEXT or end[0] - number <= END_CONTEXT


def display_widths(text: str) -> list[int]:
    """Return how many columns each character takes; a tab reaches to the next multiple of four."""
    widths = []
    column = 0
    for character in text:
        width = TAB_WIDTH - column % TAB_WIDTH if character == "\t" else _width(character)
        widths.append(width)
        column += width
    return widths


def _width(character: str) -> int:
    if " " <= character <= "~":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


class _Drawing:
    """Draws the rows of one snippet; holds what all its lines share."""

    def __init__(self, source: Source, width: int, brackets: int) -> None:
        self.source = source
        self.width = width
        self.brackets = brackets

    def all_lines(self, rows: dict[int, Row], place: Label) -> Iterator[Line]:
        """Yield the place, the shown rows and the cuts between them."""
        at = self.source.position(place.span.start)
        yield [
            Piece(" " * (self.width + 1)),
            Piece("┌─", Style.GUTTER),
            Piece(f" {self.source.name}:{at.line}:{at.column}"),
        ]
        yield self._gutter()
        numbers = sorted(number for number, row in rows.items() if row.shown)
        for number, following in zip(numbers, [*numbers[1:], 0], strict=True):
            yield from self._row(number, rows[number])
            if following - number == 2:
                between = Row(brackets=rows[number + 1].brackets if number + 1 in rows else [])
                yield from self._row(number + 1, between)
            elif following - number > 2:
                yield [*self._gutter("·"), *self._inner(rows[following].brackets)]

    def _gutter(self, border: str = "│", number: int | None = None) -> Line:
        text = f"{number:>{self.width}} " if number is not None else " " * (self.width + 1)
        return [Piece(text + border, Style.GUTTER)]

    def _inner(self, brackets: list[Bracket]) -> Line:
        """Return the columns of brackets beside a line that is not source."""
        sides = {b.column: b for b in brackets if b.edge is not Edge.TOP}
        return [Piece(" │", sides[column].style) if column in sides else Piece("  ") for column in range(self.brackets)]

    def _row(self, number: int, row: Row) -> Iterator[Line]:
        text = self.source.line(number).rstrip("\r\n\0")
        widths = display_widths(text)
        yield [*self._gutter(number=number), *self._beside_source(row, text), Piece(" "), *_source(text, widths, row)]
        yield from self._marks(row, widths)
        yield from self._bracket_ends(row, text, widths)

    def _beside_source(self, row: Row, text: str) -> Line:
        """Return the columns of brackets beside a source line."""
        own = {bracket.column: bracket for bracket in row.brackets}
        line = []
        for column in range(self.brackets):
            bracket = own.get(column)
            if bracket is None or (bracket.edge is Edge.TOP and not _starts_line(bracket, text)):
                line.append(Piece("  "))
            else:
                line.append(Piece(" ╭" if bracket.edge is Edge.TOP else " │", bracket.style))
        return line

    def _marks(self, row: Row, widths: list[int]) -> Iterator[Line]:
        """Yield the line of carets, the pointers and the texts that hang from them."""
        if not row.marks:
            return
        beside = [*self._gutter(), *self._inner(row.brackets)]
        trailing = _trailing(row.marks)
        carets = _carets(row.marks, widths)
        if trailing is not None:
            carets.append(Piece(" " + trailing.text, trailing.style))
        yield [*beside, Piece(" "), *carets]
        hanging = [mark for mark in row.marks if mark.text and mark is not trailing]
        if not hanging:
            return
        rightmost = max(mark.start for mark in row.marks)
        yield [*beside, Piece(" "), *_pointers(hanging, widths, rightmost + 1)]
        for mark in reversed(hanging):
            yield [*beside, Piece(" "), *_pointers(hanging, widths, mark.start), Piece(mark.text, mark.style)]

    def _bracket_ends(self, row: Row, text: str, widths: list[int]) -> Iterator[Line]:
        """Yield the lines that lead from brackets to their first and last characters."""
        for position, end in enumerate(row.brackets):
            if end.edge is Edge.SIDE or (end.edge is Edge.TOP and _starts_line(end, text)):
                continue
            line = self._gutter()
            reached = False
            own = {bracket.column: (at, bracket) for at, bracket in enumerate(row.brackets)}
            for column in range(self.brackets):
                at, bracket = own.get(column, (position, end))
                dash = Piece("─" if reached else " ", end.style if reached else Style.TEXT)
                if bracket.column == column == end.column:
                    line.append(Piece(" ╭" if end.edge is Edge.TOP else " ╰", end.style))
                    reached = True
                elif column in own and _passes(bracket.edge, at, position):
                    line += [dash, Piece("│", bracket.style)]
                else:
                    line += [dash, dash]
            caret = "^" if end.primary else "'"
            if end.edge is Edge.TOP:
                dashes = sum(widths[: end.at]) + (end.at < len(widths))
            else:
                dashes = 1 + sum(widths[: end.at - 1]) if end.at else 0
            tail = f" {end.text}" if end.text else ""
            yield [*line, Piece("─" * dashes + caret + tail, end.style)]


def _starts_line(bracket: Bracket, text: str) -> bool:
    """Tell whether only white space lies before a bracket's start, so that it needs no line to it."""
    return bracket.at <= len(text) - len(text.lstrip())


def _passes(edge: Edge, at: int, position: int) -> bool:
    """Tell whether a bracket's side crosses the line that leads to the end of another one."""
    if edge is Edge.SIDE:
        return True
    return at < position if edge is Edge.TOP else at > position


def _trailing(marks: list[Mark]) -> Mark | None:
    """Return the mark whose text can stand on the line of carets: the last one, if it is clear of the others."""
    furthest, found = 0, None
    for mark in marks:
        furthest = max(furthest, mark.end)
        if mark.end == furthest:
            found = mark if mark.text else None
    if found is None or any(other is not found and other.overlaps(found.start, found.end) for other in marks):
        return None
    return found


def _carets(marks: list[Mark], widths: list[int]) -> Line:
    furthest = max(mark.end for mark in marks)
    line: Line = []
    for at, width in enumerate([*widths, 1]):
        styles = [mark.style for mark in marks if mark.overlaps(at, at + 1)]
        if Style.PRIMARY in styles:
            line.append(Piece("^" * width, Style.PRIMARY))
        elif styles:
            line.append(Piece("-" * width, Style.SECONDARY))
        elif at < furthest:
            line.append(Piece(" " * width))
    return line


def _pointers(hanging: list[Mark], widths: list[int], end: int) -> Line:
    """Return the vertical lines down from the marks that start before a column."""
    line: Line = []
    for at, width in enumerate(widths[:end]):
        styles = [mark.style for mark in hanging if mark.start == at]
        if styles:
            line.append(Piece("│", Style.PRIMARY if Style.PRIMARY in styles else Style.SECONDARY))
            width -= 1
        line.append(Piece(" " * width))
    return line


def _source(text: str, widths: list[int], row: Row) -> Line:
    """Return a source line, its primary parts in their style and its tabs as spaces."""
    line: Line = []
    for at, character in enumerate(text):
        primary = any(mark.primary and mark.overlaps(at, at + 1) for mark in row.marks) or any(
            bracket.primary and _covers(bracket, at) for bracket in row.brackets
        )
        shown = " " * widths[at] if character == "\t" else character
        line.append(Piece(shown, Style.PRIMARY if primary else Style.TEXT))
    return line


def _covers(bracket: Bracket, at: int) -> bool:
    if bracket.edge is Edge.SIDE:
        return True
    return bracket.at <= at if bracket.edge is Edge.TOP else at < bracket.at
