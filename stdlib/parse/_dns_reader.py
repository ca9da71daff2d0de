"""Reads DNS messages in wire format, part by part."""

from __future__ import annotations

import struct

from dtl.values.text import from_bytes
from dtl.values.value import Value

from ._dns_record import InvalidMessage, read_content, read_extensions, show_class, show_type

_OPT = 41
_HEADER_SIZE = 12
_LONGEST_NAME = 255


class Reader:
    """Reads a message from its beginning.

    Attributes:
        extended_code: The upper bits of the response code, from the pseudo-record of extensions.
        options: That record, once it was read.
    """

    def __init__(self, data: bytes, lowercase: bool) -> None:
        self._data = data
        self._at = 0
        self._lowercase = lowercase
        self.extended_code = 0
        self.options: dict[str, Value] | None = None

    def header(self) -> tuple[int, int, tuple[int, ...]]:
        """Read the identifier, the flags and the number of entries of each section."""
        ident, flags, *counts = self._unpack(">6H", _HEADER_SIZE)
        return ident, flags, tuple(counts)

    def _unpack(self, form: str, size: int) -> tuple[int, ...]:
        return struct.unpack(form, self._take(size))

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise InvalidMessage("unexpected end of input reached")
        self._at += size
        return taken

    def name(self) -> str:
        """Read a domain name, which may go on at an earlier place of the message."""
        labels: list[str] = []
        after: int | None = None
        length = 0
        while True:
            size = self._take(1)[0]
            if size >= 0xC0:
                target = (size & 0x3F) << 8 | self._take(1)[0]
                after = self._at if after is None else after
                # A name may only go on at an earlier place, so that it ends.
                if target >= self._at - 2:
                    raise InvalidMessage("label points forward")
                self._at = target
            elif size > 63:
                raise InvalidMessage("unrecognized label code")
            elif size:
                length += size + 1
                if length > _LONGEST_NAME:
                    raise InvalidMessage("name is too long")
                labels.append(_label(self._take(size)))
            else:
                break
        self._at = self._at if after is None else after
        name = ".".join(labels) + "."
        return name.lower() if self._lowercase else name

    def question(self) -> dict[str, Value]:
        """Read an entry of the question."""
        name = self.name()
        kind, group = self._unpack(">2H", 4)
        found: dict[str, Value] = {"domainName": name, "questionTypeId": kind, "class": show_class(group)}
        if (text := show_type(kind)) is not None:
            found["questionType"] = text
        return found

    def record(self) -> dict[str, Value] | None:
        """Read a record; the pseudo-record of extensions goes into `options`."""
        name = self.name()
        kind, group, ttl, size = self._unpack(">2HIH", 10)
        start = self._at
        data = self._take(size)
        if kind == _OPT:
            self.extended_code = ttl >> 24
            self.options = {
                "extendedRcode": ttl >> 24,
                "ednsVersion": ttl >> 16 & 0xFF,
                "do": bool(ttl & 0x8000),
                "udpPayloadSize": group,
                **read_extensions(data),
            }
            return None
        found: dict[str, Value] = {
            "domainName": name,
            "recordTypeId": kind,
            "ttl": ttl,
            "class": show_class(group),
            **read_content(self._data, start, size, kind, group, self._lowercase),
        }
        if (text := show_type(kind)) is not None:
            found["recordType"] = text
        return found


def _label(label: bytes) -> str:
    escaped = bytearray()
    for byte in label:
        if byte in b".\\":
            escaped += b"\\"
        escaped.append(byte)
    return from_bytes(escaped)
