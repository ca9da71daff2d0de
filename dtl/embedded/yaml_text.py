"""Where the characters of a YAML scalar stand, for each of its five forms.

PyYAML says what a scalar's value is and where its source lies, but not how one became the other. Here the source is
read again; should the two readings differ, all of the value is said to stand at the scalar's start.
"""

from __future__ import annotations

import re

from dtl.embedded.program import Piece
from dtl.embedded.quoting import Quoting
from dtl.embedded.tree import Text
from dtl.source import Span

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BLANK = " \t"
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n\r]*)?")
_IN_SINGLE = re.compile(r"''|[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])")
_IN_DOUBLE = re.compile(r"\\|[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_SHORT = {
    "0": "\0", "a": "\x07", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\x0b", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def read(text: str, start: int, end: int, style: str, value: str) -> Text:
    """Return the scalar whose source is `text[start:end]` and whose value PyYAML found to be `value`."""
    if style in ("|", ">"):
        span, pieces, margin = _block(text, start, end, value)
        quoting = Quoting("lines" if style == "|" else "folded", margin)
    elif style in ("'", '"'):
        span = Span(start + 1, max(end - 1, start + 1))
        pieces = _quoted(text, span, style, value)
        quoting = Quoting("double" if style == '"' else "single")
    else:
        span = Span(start, end)
        pieces = _flow_lines(text, span, value)
        quoting = Quoting("plain")
    if pieces is None:
        pieces = [Piece(0, span.start, len(value), span.end - span.start)] if value else []
    return Text(value, span, tuple(pieces), quoting, is_quoted=bool(style))


# --- blocks -----------------------------------------------------------------------------------------


def _block(text: str, start: int, end: int, value: str) -> tuple[Span, list[Piece] | None, str]:
    """Return a block's span, map and margin."""
    header = _HEADER.match(text, start)
    first = _BREAK.match(text, header.end()) if header is not None else None
    if first is None:
        return Span(end, end), None, ""
    lines = _lines(text, first.end(), end)
    found = next(((at, stop) for at, stop, _ in lines if text[at:stop].strip(_BLANK)), None)
    content = value.lstrip("\n")
    if found is None or not content:
        return Span(first.end(), max(first.end(), end)), None, ""
    # The margin is what of the first line is not in the value; a block may say it wants less than it has.
    head = text[found[0] : found[1]]
    blank = len(head) - len(head.lstrip(" "))
    indent = next((size for size in range(blank + 1) if content.startswith(head[size:])), -1)
    if indent < 0:
        return Span(first.end(), end), None, ""
    pieces: list[Piece] = []
    at = 0
    last = first.end()
    for begin, stop, after in lines:
        line_start = min(begin + indent, stop)
        line = text[line_start:stop]
        gap = value.find(line, at) if line else at
        if gap < 0 or value[at:gap].strip(" \n"):
            break
        if not line and not value.startswith("\n", at):
            continue
        if gap > at and pieces:
            pieces.append(Piece(at, last, gap - at, line_start - last))
        at = gap
        size = len(line)
        broken = after > stop and value.startswith("\n", at + size)
        if broken and after - stop == 1:
            pieces.append(Piece(at, line_start, size + 1, size + 1))
        else:
            if size:
                pieces.append(Piece(at, line_start, size, size))
            if broken:
                pieces.append(Piece(at + size, stop, 1, after - stop))
        at += size + broken
        last = after if broken else stop
        if at >= len(value):
            break
    margin = text[found[0] : found[0] + indent]
    span = Span(first.end(), max(last, first.end()))
    return span, pieces if at == len(value) else None, margin


def _lines(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the lines of a stretch: where each begins, ends, and the next begins."""
    lines = []
    while start < end:
        found = _BREAK.search(text, start)
        stop, after = found.span() if found is not None else (len(text), len(text))
        lines.append((start, stop, after))
        start = after
    return lines


# --- plain and quoted -------------------------------------------------------------------------------


def _flow_lines(text: str, span: Span, value: str) -> list[Piece] | None:
    """Return the map of a plain scalar: lines without the white space around them, folded."""
    pieces: list[Piece] = []
    at, last = 0, span.start
    for begin, stop, _ in _lines(text, span.start, span.end):
        line = text[begin : min(stop, span.end)]
        start = begin + len(line) - len(line.lstrip(_BLANK))
        line = line.strip(_BLANK)
        if not line:
            continue
        gap = value.find(line, at)
        if gap < 0 or value[at:gap].strip(" \n"):
            return None
        if gap > at:
            pieces.append(Piece(at, last, gap - at, start - last))
        pieces.append(Piece(gap, start, len(line), len(line)))
        at, last = gap + len(line), start + len(line)
    return pieces if at == len(value) else None


def _quoted(text: str, span: Span, quote: str, value: str) -> list[Piece] | None:
    """Return the map of a quoted scalar."""
    special = _IN_SINGLE if quote == "'" else _IN_DOUBLE
    pieces: list[Piece] = []
    made: list[str] = []
    size = 0
    at = span.start

    def add(part: str, start: int, width: int) -> None:
        nonlocal size
        if part:
            pieces.append(Piece(size, start, len(part), width))
            made.append(part)
            size += len(part)

    while at < span.end:
        found = special.search(text, at, span.end)
        stop = found.start() if found is not None else span.end
        add(text[at:stop], at, stop - at)
        if found is None or stop >= span.end:
            break
        mark = found.group()
        if mark == "''":
            add("'", stop, 2)
            at = stop + 2
        elif mark.startswith("\\"):
            at, part = _escape(text, stop, span.end)
            add(part, stop, at - stop)
        else:
            at, part = _fold(text, stop, span.end)
            add(part, stop, at - stop)
    return pieces if "".join(made) == value else None


def _escape(text: str, at: int, end: int) -> tuple[int, str]:
    """Return where an escape ends and what it stands for; one before a line's end swallows the break."""
    if _BREAK.match(text, at + 1, end) is not None:
        stop, part = _fold(text, at + 1, end)
        return stop, part if part.startswith("\n") else ""
    found = _ESCAPE.match(text, at, end)
    if found is None:
        return end, ""
    mark = found.group()[1:]
    if mark[0] in "xuU" and len(mark) > 1:
        code = int(mark[1:], 16)
        return found.end(), chr(code) if code < 0x110000 else "?"
    return found.end(), _SHORT.get(mark, mark)


def _fold(text: str, at: int, end: int) -> tuple[int, str]:
    """Return where line breaks and the white space around them end, and what they are folded to."""
    breaks = 0
    while at < end:
        if (found := _BREAK.match(text, at, end)) is not None:
            breaks += 1
            at = found.end()
        elif text[at] in _BLANK:
            at += 1
        else:
            break
    return at, " " if breaks == 1 else "\n" * (breaks - 1)
