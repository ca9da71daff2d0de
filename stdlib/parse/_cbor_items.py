"""The items that CBOR (RFC 8949) consists of: their types and lengths, and strings."""

from __future__ import annotations

_END = "Io(EndOfFile(()))"
_INDEFINITE = 31


class InvalidCbor(ValueError):
    """Bytes are not CBOR, or hold what JSON cannot; `str()` tells in the words of the reference's reader."""


class Items:
    """A place among the items of some bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def head(self) -> tuple[int, int]:
        """Read the major type and the argument of an item; the argument is -1 where the length is not told."""
        start = self.at
        major, info = divmod(self.take(1)[0], 32)
        if info < 24:
            return major, info
        if info <= 27:
            return major, int.from_bytes(self.take(1 << info - 24), "big")
        if info == _INDEFINITE and major not in (0, 1, 6):
            return major, -1
        raise InvalidCbor(f"Syntax({start})")

    def take(self, count: int) -> bytes:
        """Read so many bytes."""
        end = self.at + count
        if end > len(self.data):
            raise InvalidCbor(_END)
        taken = self.data[self.at : end]
        self.at = end
        return taken

    def string(self, start: int, length: int, text: bool) -> str:
        """Read a string, given where its item began and its length; bytes are checked and come to nothing."""
        if length >= 0:
            return self._decoded(start, self.take(length), text)
        parts = []
        nested = 1  # strings of unknown length may hold further ones
        while nested:
            start = self.at
            if self.data[start : start + 1] == b"\xff":
                self.at += 1
                nested -= 1
                continue
            major, length = self.head()
            if major != (3 if text else 2):
                raise InvalidCbor(f"Syntax({start})")
            if length < 0:
                nested += 1
            else:
                parts.append(self._decoded(start, self.take(length), text))
        return "".join(parts)

    def _decoded(self, start: int, data: bytes, text: bool) -> str:
        if not text:
            return ""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise InvalidCbor(f"Syntax({start})") from None
