"""DEFLATE in its two wrappers, zlib and gzip."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from typing import Any

from dtl.functions import Arguments, FunctionError, Result
from dtl.types.type import STRING_TYPE

_LARGEST = 10
# How much is given to the compressor at once. It decides where blocks end, and so the very bytes of the result.
_PIECE = 32768
_RAW = -15


@cache
def _implementation() -> Any:
    """Return zlib-ng, which writes the same bytes as VRL's compressor, or else Python's own zlib."""
    try:
        from zlib_ng import zlib_ng  # an optional package: any other DEFLATE will do

        return zlib_ng
    except ImportError:
        return zlib


def check_level(level: int) -> int:
    """Return the compression level that is meant.

    Raises:
        FunctionError: It is out of range.
    """
    if not 0 <= level <= _LARGEST:
        raise FunctionError(f"compression level must be <= {_LARGEST}")
    return min(level, 9)  # no implementation has a level 10


def to_zlib(data: bytes, level: int) -> bytes:
    """Compress into the zlib format."""
    return _compress(data, _implementation().compressobj(check_level(level)))


def to_gzip(data: bytes, level: int) -> bytes:
    """Compress into the gzip format, without a name or a time, from an unknown system."""
    level = check_level(level)
    speed = 2 if level == 9 else 4 if level <= 1 else 0
    head = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, speed, 255))
    body = _compress(data, _implementation().compressobj(level, zlib.DEFLATED, _RAW))
    return head + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def _compress(data: bytes, compressor: Any) -> bytes:
    pieces = [compressor.compress(data[at : at + _PIECE]) for at in range(0, len(data), _PIECE)]
    rest: bytes = compressor.flush()
    return b"".join(pieces) + rest


def from_zlib(data: bytes) -> bytes:
    """Decompress the zlib format; what follows its end is left aside.

    Raises:
        zlib.error: The data is not in that format, or is cut off.
    """
    decompressor = zlib.decompressobj()
    found = decompressor.decompress(data)
    if not decompressor.eof:
        raise zlib.error("incomplete data")
    return found


def from_gzip(data: bytes) -> bytes:
    """Decompress the gzip format: one member or several.

    Raises:
        zlib.error: The data is not in that format, or is cut off.
    """
    pieces = []
    while True:
        decompressor = zlib.decompressobj(31)
        pieces.append(decompressor.decompress(data))
        if not decompressor.eof:
            raise zlib.error("incomplete data")
        data = decompressor.unused_data
        if not data:
            return b"".join(pieces)


def level_rule(arguments: Arguments) -> Result:
    """Return the result of a call with a compression level: it cannot fail when a constant level is small enough."""
    level = arguments.constant("compression_level") if arguments.given("compression_level") else 0
    return Result(STRING_TYPE, not (isinstance(level, int) and level <= _LARGEST))
