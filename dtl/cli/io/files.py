"""Input files as streams of bytes, decompressed by their endings."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from typing import BinaryIO

# Large enough that the work per block does not show, small enough that what is made of it stays in a core's cache.
BLOCK = 1 << 18
_ZSTD_FEED = 1 << 14


class UnreadableFile(Exception):
    """A file cannot be read, or not to its end."""


def blocks(name: str, standard_input: BinaryIO) -> Iterator[bytes]:
    """Yield the contents of a file in blocks; `-` is the standard input, of which each read is a block.

    Raises:
        UnreadableFile: it cannot be opened or read, or its compressed data are damaged.
    """
    try:
        if name == "-":
            yield from _reads(standard_input)
        elif name.endswith((".gz", ".gzip")):
            # Few inputs are compressed, and the module takes a while to import.
            yield from _unpacked(name)
        elif name.endswith((".zst", ".zstd")):
            with open(name, "rb", buffering=0) as raw:
                yield from _decompressed(raw)
        else:
            with open(name, "rb", buffering=0) as raw:
                yield from _reads(raw)
    except (OSError, EOFError) as reason:
        where = "standard input" if name == "-" else name
        raise UnreadableFile(f"cannot read {where}: {_text(reason)}") from reason


def size(names: list[str]) -> int | None:
    """Return the bytes of plain files together; None when they cannot be told beforehand."""
    total = 0
    for name in names:
        if name == "-" or name.endswith((".gz", ".gzip", ".zst", ".zstd")) or not os.path.isfile(name):
            return None
        total += os.path.getsize(name)
    return total


def unreadable(names: list[str]) -> str | None:
    """Return what is wrong with the first file that is missing, a folder or not ours to read."""
    for name in names:
        if name == "-":
            continue
        if not os.path.exists(name):
            return f"cannot read {name}: no such file"
        if os.path.isdir(name):
            return f"cannot read {name}: it is a folder"
        if not os.access(name, os.R_OK):
            return f"cannot read {name}: permission denied"
    return None


def _text(reason: BaseException) -> str:
    return getattr(reason, "strerror", None) or str(reason)


def _reads(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def _unpacked(name: str) -> Iterator[bytes]:
    with importlib.import_module("gzip").open(name, "rb") as file:
        try:
            yield from _reads(file)
        except importlib.import_module("zlib").error as reason:
            raise OSError(str(reason)) from reason


def _decompressed(raw: BinaryIO) -> Iterator[bytes]:
    """Decompress Zstandard frames as they come."""
    try:
        zstandard = importlib.import_module("zstandard")  # an extra: most runs need no codecs
    except ImportError:
        raise UnreadableFile("reading .zst files needs an extra: pip install 'dtl-lang[codecs]'") from None
    # The library's own reader takes a cut-off frame for a whole one, so the frames are followed here. The feeds
    # are small because what a feed expands to is held at once.
    frame = None
    try:
        while feed := raw.read(_ZSTD_FEED):
            while feed:
                frame = frame or zstandard.ZstdDecompressor().decompressobj()
                yield frame.decompress(feed)
                feed = frame.unused_data if frame.eof else b""
                frame = None if frame.eof else frame
    except zstandard.ZstdError as reason:
        raise OSError(str(reason)) from reason
    if frame is not None:
        raise EOFError("the compressed data end before the end of a frame")
