"""Blocks of bytes as numbered lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

DEFAULT_LIMIT = 64 << 20
# How much of a line that is too long is kept to recognise it by.
_KEPT = 200


class LongLine(NamedTuple):
    """A line that exceeded the limit: its length in bytes so far, and how it began."""

    length: int
    start: bytes


class Lines(NamedTuple):
    """The lines that ended within one block, and the number of the first."""

    first: int
    lines: list[bytes | LongLine]


def split(blocks: Iterable[bytes], limit: int = DEFAULT_LIMIT) -> Iterator[Lines]:
    """Yield the complete lines of each block, without line feeds; the last line may lack its own.

    A line of more than `limit` bytes is skipped without being held.
    """
    number = 1
    begun: list[bytes] = []  # pieces of a line whose end is still to come
    length = 0
    for block in blocks:
        found: list[bytes | LongLine] = list(block.split(b"\n"))
        last = found.pop()
        assert isinstance(last, bytes)
        if begun and found:
            length += len(found[0])
            whole = b"".join([*begun, found[0]])  # type: ignore[list-item]
            found[0] = LongLine(length, whole[:_KEPT]) if length > limit else whole
            begun, length = [], 0
        if last:
            length += len(last)
            begun.append(last)
            if length > limit:
                begun = [b"".join(begun)[:_KEPT]]
        if len(block) > limit:
            found = [_checked(line, limit) for line in found]
        if found:
            yield Lines(number, found)
            number += len(found)
    if begun:
        rest = b"".join(begun)
        yield Lines(number, [LongLine(length, rest[:_KEPT]) if length > limit else rest])


def _checked(line: bytes | LongLine, limit: int) -> bytes | LongLine:
    if isinstance(line, bytes) and len(line) > limit:
        return LongLine(len(line), line[:_KEPT])
    return line
