"""Output formats: values to bytes.

A writer is made once for a run; `encode` gives the bytes of one value, line end included, and `start` and `end`
what stands around all of them.
"""

from __future__ import annotations

import io
from importlib import import_module
from typing import ClassVar

from dtl.values.encode import to_json, to_json_bytes
from dtl.values.text import to_bytes
from dtl.values.value import Value, display


class Unwritable(Exception):
    """A value does not fit the output format."""


class NdjsonWriter:
    """One compact JSON document a line."""

    start: ClassVar[bytes] = b""
    end: ClassVar[bytes] = b""

    def encode(self, value: Value) -> bytes:
        """Return a value's line."""
        return to_json_bytes(value) + b"\n"


class PrettyWriter(NdjsonWriter):
    """JSON documents over several lines, indented."""

    def encode(self, value: Value) -> bytes:
        """Return a value's lines."""
        return to_json_bytes(value, pretty=True) + b"\n"


class JsonWriter(NdjsonWriter):
    """One JSON array of all values, a line each."""

    start = b"["
    end = b"\n]\n"

    def __init__(self) -> None:
        self._before = b"\n"

    def encode(self, value: Value) -> bytes:
        """Return a value as the array's next element."""
        text = self._before + to_json_bytes(value)
        self._before = b",\n"
        return text


class DisplayWriter(NdjsonWriter):
    """Values as the language's own literals, as VRL's command prints them."""

    def encode(self, value: Value) -> bytes:
        """Return a value's line."""
        return display(value).encode("utf-8", "replace") + b"\n"


class RawWriter(NdjsonWriter):
    """Strings as they are; of an object its `message`; other values as JSON."""

    def encode(self, value: Value) -> bytes:
        """Return a value's line."""
        text = value.get("message") if isinstance(value, dict) else value
        if isinstance(text, str):
            return to_bytes(text) + b"\n"
        return to_json_bytes(value) + b"\n"


class CsvWriter(NdjsonWriter):
    """Rows under a header that the first record decides."""

    def __init__(self) -> None:
        self._header: list[str] | None = None

    def encode(self, value: Value) -> bytes:
        """Return a record's row, with the header before the first.

        Raises:
            Unwritable: the value is no object, or has a field that the header lacks.
        """
        if not isinstance(value, dict):
            raise Unwritable("only objects can be written as CSV rows")
        text = io.StringIO()
        rows = import_module("csv").writer(text, lineterminator="\n")
        if self._header is None:
            self._header = sorted(value)
            rows.writerow(self._header)
        unknown = sorted(value.keys() - set(self._header))
        if unknown:
            raise Unwritable(f"the header, made from the first record, has no field {unknown[0]!r}")
        rows.writerow([_cell(value.get(name)) for name in self._header])
        return to_bytes(text.getvalue())


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else to_json(value).strip('"')


WRITERS: dict[str, type[NdjsonWriter]] = {
    "ndjson": NdjsonWriter,
    "json": JsonWriter,
    "pretty": PrettyWriter,
    "csv": CsvWriter,
    "raw": RawWriter,
    "display": DisplayWriter,
}
