"""Input formats: bytes to records, each with its place.

A reader yields a list of items for each block of input: what came in together goes out together, so that a
pipe's reader waits for nothing. What is no record is an item too: a problem with its reason.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import NamedTuple, TypeAlias

from dtl.cli.io.lines import DEFAULT_LIMIT, LongLine, split
from dtl.pattern import pattern
from dtl.values.decode import InvalidJson, from_json
from dtl.values.text import from_bytes, to_bytes
from dtl.values.value import Value


class Problem(NamedTuple):
    """Why a piece of input is no record."""

    reason: str


class Item(NamedTuple):
    """A record or a problem, the number of the line where it begins, and its bytes."""

    line: int
    record: Value | Problem
    raw: bytes


# Rows of CSV that are handed on together.
_ROWS = 1000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Reader: TypeAlias = Callable[[Iterable[bytes], int], Iterator[list[Item]]]


def read_ndjson(blocks: Iterable[bytes], limit: int = DEFAULT_LIMIT) -> Iterator[list[Item]]:
    """Read a JSON document from every line; blank lines count but are no records."""
    for first, lines in split(blocks, limit):
        yield read_lines(first, lines, limit)


def read_lines(first: int, lines: Sequence[bytes | LongLine], limit: int = DEFAULT_LIMIT) -> list[Item]:
    """Return the items of some lines, of which the first has a number."""
    items = []
    for number, line in enumerate(lines, first):
        if isinstance(line, LongLine):
            items.append(_too_long(number, line, limit))
            continue
        try:
            items.append(Item(number, from_json(line), line))
        except InvalidJson as reason:
            if number == 1 and line.startswith(BYTE_ORDER_MARK):
                line = line[len(BYTE_ORDER_MARK) :]
                items.append(Item(number, _json(line), line))
            elif line.strip():
                items.append(Item(number, Problem(f"not JSON: {reason}"), line))
    return items


def read_raw(blocks: Iterable[bytes], limit: int = DEFAULT_LIMIT) -> Iterator[list[Item]]:
    """Make a record `{"message": line}` of every line."""
    for first, lines in split(blocks, limit):
        items = []
        for number, line in enumerate(lines, first):
            if isinstance(line, LongLine):
                items.append(_too_long(number, line, limit))
            else:
                text = line[:-1] if line.endswith(b"\r") else line
                items.append(Item(number, {"message": from_bytes(text)}, line))
        yield items


def read_json(blocks: Iterable[bytes], limit: int = DEFAULT_LIMIT) -> Iterator[list[Item]]:
    """Read JSON documents that may span lines; an array's elements are records of their own.

    A document is held in memory as a whole.
    """
    for number, document in _documents(blocks, limit):
        if isinstance(document, LongLine):
            yield [_too_long(number, document, limit)]
            continue
        value = _json(document)
        if isinstance(value, list):
            yield [Item(number, element, document) for element in value]
        else:
            yield [Item(number, value, document)]


def read_csv(blocks: Iterable[bytes], limit: int = DEFAULT_LIMIT) -> Iterator[list[Item]]:
    """Read a record of strings from every row; the first row names the fields."""
    csv = import_module("csv")  # few inputs are CSV
    csv.field_size_limit(limit)
    source = _TextLines(blocks)
    rows = csv.reader(source, strict=True)
    header: list[str] | None = None
    items: list[Item] = []
    while True:
        start = source.read + 1
        source.taken.clear()
        record: Value | Problem
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as reason:
            record = Problem(f"not CSV: {reason}")
        else:
            if not row:
                continue
            if header is None:
                header = row
                continue
            record = _csv_record(header, row)
        items.append(Item(start, record, source.bytes_taken()))
        if source.block_is_used_up or len(items) == _ROWS:
            yield items
            items = []
    yield items


class _TextLines:
    """The lines of some blocks as text with their ends; keeps those of the row at hand."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self.read = 0
        self.taken: list[str] = []
        self.block_is_used_up = False
        self._lines = self._split(blocks)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.read += 1
        self.taken.append(line)
        return line

    def bytes_taken(self) -> bytes:
        """Return the row's bytes as they were read."""
        return to_bytes("".join(self.taken)).rstrip(b"\r\n")

    def _split(self, blocks: Iterable[bytes]) -> Iterator[str]:
        decode = getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        begun = ""
        for block in blocks:
            *lines, begun = (begun + decode(block)).split("\n")
            self.block_is_used_up = False
            for left, line in enumerate(lines, 1 - len(lines)):
                self.block_is_used_up = left == 0
                yield line + "\n"
        begun += decode(b"", True)
        if begun:
            self.block_is_used_up = True
            yield begun


READERS: dict[str, Reader] = {"ndjson": read_ndjson, "json": read_json, "csv": read_csv, "raw": read_raw}


def _json(text: bytes) -> Value | Problem:
    try:
        return from_json(text)
    except InvalidJson as reason:
        return Problem(f"not JSON: {reason}")


def _too_long(number: int, line: LongLine, limit: int) -> Item:
    return Item(number, Problem(f"the line has more than {limit} bytes (--limit-line)"), line.start)


def _csv_record(header: list[str], row: list[str]) -> Value | Problem:
    if len(row) != len(header):
        return Problem(f"the row has {len(row)} fields, the header names {len(header)}")
    return dict(zip(header, row, strict=True))


_TOKEN = pattern(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]|[^\s\[\]{}"]+|"', re.DOTALL)


def _documents(blocks: Iterable[bytes], limit: int) -> Iterator[tuple[int, bytes | LongLine]]:
    """Yield the documents of a stream of concatenated JSON, each with the line where it begins."""
    text = b"".join(blocks)
    line, counted = 1, 0
    depth, begun = 0, -1
    for token in _TOKEN.finditer(text):
        first = token.group()[:1]
        if depth == 0:
            begun = token.start()
            line += text.count(b"\n", counted, begun)
            counted = begun
        if first in b"[{":
            depth += 1
        elif first in b"]}":
            depth -= 1
        if depth <= 0:
            depth = 0
            yield line, _limited(text[begun : token.end()], limit)
    if depth > 0:
        yield line, _limited(text[begun:], limit)


def _limited(document: bytes, limit: int) -> bytes | LongLine:
    return LongLine(len(document), document[:200]) if len(document) > limit else document
