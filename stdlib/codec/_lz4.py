"""LZ4 blocks, read in Python: for their length, and for the reason when they are wrong."""

from __future__ import annotations

from collections.abc import Iterator

from dtl.functions import FunctionError

_CUT_OFF = "expected another byte, found none"


class InvalidBlock(FunctionError):
    """A block is not LZ4."""


def sequences(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Give the steps of a block: where literals begin and end, or how far back and how much is copied.

    Raises:
        InvalidBlock: The block is cut off.
    """
    end = len(data)
    at = 0

    def length_at(at: int, start: int) -> tuple[int, int]:
        if start < 15:
            return start, at
        while True:
            if at >= end:
                raise InvalidBlock(_CUT_OFF)
            start += data[at]
            at += 1
            if data[at - 1] != 255:
                return start, at

    while True:
        if at >= end:
            raise InvalidBlock(_CUT_OFF)
        token = data[at]
        literals, at = length_at(at + 1, token >> 4)
        if literals > end - at:
            raise InvalidBlock("literal is out of bounds of the input")
        start, at = at, at + literals
        yield start, at, 0, 0
        if at >= end:
            return
        if at + 1 >= end:
            raise InvalidBlock(_CUT_OFF)
        offset = data[at] | data[at + 1] << 8
        copied, at = length_at(at + 2, token & 15)
        yield at, at, offset, copied + 4


def measure(data: bytes, limit: int, before: int = 0) -> int:
    """Return how long the content of a block is, without decoding it.

    Args:
        data: The block.
        limit: The length that it may have.
        before: How many bytes before it may be copied from.

    Raises:
        InvalidBlock: The block is wrong, or its content is longer than the limit.
    """
    length = 0
    for start, end, offset, copied in sequences(data):
        length += end - start + copied
        if length > limit:
            raise InvalidBlock(
                f"provided output is too small for the decompressed data, actual {limit}, expected {length}"
            )
        if copied and not 0 < offset <= before + length - copied:
            raise InvalidBlock("the offset to copy is not contained in the decompressed buffer")
    return length


def decode_block(data: bytes, before: bytes = b"") -> bytes:
    """Decode a block that is known to be right; what precedes it in its frame may be copied from."""
    out = bytearray(before)
    for start, end, offset, copied in sequences(data):
        out += data[start:end]
        if copied:
            out += (bytes(out[-offset:]) * (copied // offset + 1))[:copied]
    return bytes(out[len(before) :])
