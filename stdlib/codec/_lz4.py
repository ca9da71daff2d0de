"""LZ4 blocks and frames decoded in Python: slow, but with the reason when the data is wrong."""

from __future__ import annotations

import struct

from dtl.functions import FunctionError

from .._optional import optional

MAGIC = b"\x04\x22\x4d\x18"
# The largest block of a frame, by the number in its header.
_BLOCK_SIZES = {4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22}


class InvalidBlock(FunctionError):
    """A block is not LZ4."""


def decode_block(data: bytes, limit: int, before: bytes = b"") -> bytes:
    """Decode a block.

    Args:
        data: The block.
        limit: The length that the result may have.
        before: What precedes it in its frame and may be copied from.

    Raises:
        InvalidBlock: The block is wrong, or its content is longer than the limit.
    """
    out = bytearray(before)
    end = len(data)
    at = 0

    def length_at(at: int, start: int) -> tuple[int, int]:
        if start < 15:
            return start, at
        while True:
            if at >= end:
                raise InvalidBlock("expected another byte, found none")
            start += data[at]
            at += 1
            if data[at - 1] != 255:
                return start, at

    def check_room(more: int) -> None:
        needed = len(out) - len(before) + more
        if needed > limit:
            raise InvalidBlock(
                f"provided output is too small for the decompressed data, actual {limit}, expected {needed}"
            )

    while True:
        if at >= end:
            raise InvalidBlock("expected another byte, found none")
        token = data[at]
        at += 1
        literals, at = length_at(at, token >> 4)
        if literals > end - at:
            raise InvalidBlock("literal is out of bounds of the input")
        check_room(literals)
        out += data[at : at + literals]
        at += literals
        if at >= end:
            return bytes(out[len(before) :])
        if at + 1 >= end:
            raise InvalidBlock("expected another byte, found none")
        offset = data[at] | data[at + 1] << 8
        at += 2
        copied, at = length_at(at, token & 15)
        copied += 4
        check_room(copied)
        if not 0 < offset <= len(out):
            raise InvalidBlock("the offset to copy is not contained in the decompressed buffer")
        pattern = bytes(out[-offset:])
        out += (pattern * (copied // offset + 1))[:copied]


def decode_frame(data: bytes) -> bytes:
    """Decode a frame; one that ends before its end mark is taken as it is, and what follows the end is left aside.

    Raises:
        FunctionError: The frame is wrong, or is cut off within a block.
    """
    if len(data) < 7:
        return b""
    flags, sizes = data[4], data[5]
    head = 6 + 8 * (flags >> 3 & 1) + 4 * (flags & 1)
    if flags >> 6 != 1:
        raise FunctionError("UnsupportedVersion")
    if len(data) <= head:
        raise FunctionError("failed to fill whole buffer")
    xxh32 = optional("decode_lz4", "xxhash", "xxhash").xxh32_intdigest
    if xxh32(data[4:head]) >> 8 & 255 != data[head]:
        raise FunctionError("HeaderChecksumError")
    largest = _BLOCK_SIZES.get(sizes >> 4 & 7)
    if largest is None:
        raise FunctionError("UnsupportedBlocksize")
    linked, with_checks = not flags >> 5 & 1, flags >> 4 & 1
    out = bytearray()
    at = head + 1
    while at + 4 <= len(data):
        (size,) = struct.unpack_from("<I", data, at)
        at += 4
        if size == 0:
            break
        length = size & 0x7FFFFFFF
        block = data[at : at + length]
        at += length + 4 * with_checks
        if at > len(data):
            raise FunctionError("failed to fill whole buffer")
        out += block if size >> 31 else decode_block(block, largest, bytes(out[-65536:]) if linked else b"")
    return bytes(out)
