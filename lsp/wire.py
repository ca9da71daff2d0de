"""Messages on a byte stream: headers, a length, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Lock
from typing import Any, BinaryIO

#: The longest message that is read, in bytes: several times the longest text that is analysed.
MAX_LENGTH = 64 * 1024 * 1024
_MAX_HEADER = 4096


class BrokenStream(Exception):
    """What arrives is not the protocol: where the next message begins cannot be told."""


class NotJson(Exception):
    """A message's body cannot be read; the next one can."""


def read_messages(stream: BinaryIO) -> Iterator[Any]:
    """Give each message, or the NotJson that stands for one; end with the stream.

    Raises:
        BrokenStream: A header is malformed, or a message is too long.
    """
    while True:
        length = _read_header(stream)
        if length is None:
            return
        body = stream.read(length)
        if len(body) < length:
            return
        try:
            yield json.loads(body)
        except (ValueError, RecursionError) as reason:
            yield NotJson(str(reason))


def _read_header(stream: BinaryIO) -> int | None:
    """Return the length of the next body, or None at the end."""
    length: int | None = None
    while True:
        line = stream.readline(_MAX_HEADER)
        if not line:
            return None
        if len(line) >= _MAX_HEADER:
            raise BrokenStream("a header line has no end")
        text = line.strip()
        if not text:
            if length is None:
                raise BrokenStream("a message has no Content-Length")
            return length
        name, colon, value = text.partition(b":")
        if not colon:
            raise BrokenStream(f"not a header: {text[:60]!r}")
        if name.strip().lower() == b"content-length":
            if not value.strip().isdigit():
                raise BrokenStream(f"not a length: {value[:60]!r}")
            length = int(value)
            if length > MAX_LENGTH:
                raise BrokenStream(f"a message of {length:,} bytes; at most {MAX_LENGTH:,} are read")


class Writer:
    """Writes messages, from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = Lock()

    def write(self, message: dict[str, Any]) -> None:
        """Write one message.

        Raises:
            OSError: The client is gone.
        """
        body = json.dumps(message, separators=(",", ":")).encode()
        with self._lock:
            try:
                self._stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
                self._stream.flush()
            except ValueError as reason:  # the stream is closed
                raise OSError(str(reason)) from reason
