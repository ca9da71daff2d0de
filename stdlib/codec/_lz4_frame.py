"""LZ4 frames, read in Python."""

from __future__ import annotations

import struct

from dtl.functions import FunctionError

from .._optional import optional
from ._lz4 import decode_block, measure

MAGIC = b"\x04\x22\x4d\x18"
# The largest block of a frame, by the number in its header.
_BLOCK_SIZES = {4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22}
_CUT_OFF = "failed to fill whole buffer"
# How far back blocks that are linked may copy from.
_WINDOW = 65536


def decode_frame(data: bytes) -> bytes:
    """Decode a frame; one that ends before its end mark is taken as it is, and what follows the end is left aside.

    Raises:
        FunctionError: The frame is wrong, or is cut off within a block.
    """
    if len(data) < 7:
        return b""
    flags, sizes = data[4], data[5]
    linked, block_sums, with_length, content_sum = (not flags & 32, flags & 16, flags & 8, flags & 4)
    head = 6 + (8 if with_length else 0) + (4 if flags & 1 else 0)
    if flags >> 6 != 1:
        raise FunctionError(f"UnsupportedVersion({flags & 0xC0})")
    if flags & 2 or sizes & 0x8F:
        raise FunctionError("ReservedBitsSet")
    if len(data) <= head:
        raise FunctionError(_CUT_OFF)
    if _checksum(data[4:head]) >> 8 & 255 != data[head]:
        raise FunctionError("HeaderChecksumError")
    largest = _BLOCK_SIZES.get(sizes >> 4 & 7)
    if largest is None:
        raise FunctionError("UnsupportedBlocksize")
    out = bytearray()
    at = head + 1
    while at + 4 <= len(data):
        size = _integer(data, at)
        at += 4
        if size == 0:
            if content_sum and _integer(data, at) != _checksum(bytes(out)):
                raise FunctionError("ContentChecksumError")
            break
        length = size & 0x7FFFFFFF
        if length > largest:
            raise FunctionError("BlockTooBig")
        block = data[at : at + length]
        at += length
        if at > len(data):
            raise FunctionError(_CUT_OFF)
        if block_sums:
            if _integer(data, at) != _checksum(block):
                raise FunctionError("BlockChecksumError")
            at += 4
        if size >> 31:
            out += block
            continue
        before = bytes(out[-_WINDOW:]) if linked else b""
        measure(block, largest, len(before))
        out += decode_block(block, before)
    return bytes(out)


def _integer(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise FunctionError(_CUT_OFF)
    number: int = struct.unpack_from("<I", data, at)[0]
    return number


def _checksum(data: bytes) -> int:
    digest: int = optional("decode_lz4", "xxhash", "xxhash").xxh32_intdigest(data)
    return digest
