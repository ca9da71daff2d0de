"""JSON read into a known shape, with the errors of a reader that knows the shape while it reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._json_outline import fail, skip_space
from ._json_scalar import read_string, refuse

# Reads a value that begins at an offset, and returns it with the offset behind it.
Read = Callable[[bytes, int], tuple[Any, int]]


def read_whole(data: bytes, read: Read) -> Any:
    """Read a text that is one value.

    Raises:
        InvalidOutline: It has another shape, or is not JSON.
    """
    value, at = read(data, start_of(data, 0))
    at = skip_space(data, at)
    if at < len(data):
        fail(data, at + 1, "trailing characters")
    return value


def start_of(data: bytes, at: int) -> int:
    """Return where the next value begins."""
    at = skip_space(data, at)
    if at >= len(data):
        fail(data, len(data), "EOF while parsing a value")
    return at


def list_of(read: Read) -> Read:
    """Return the reader of arrays of such values."""

    def read_list(data: bytes, at: int) -> tuple[list[Any], int]:
        if data[at] != 0x5B:
            refuse(data, at, "a sequence")
        items: list[Any] = []
        at = skip_space(data, at + 1)
        while at < len(data) and data[at] != 0x5D:
            if items:
                at = _after_comma(data, at, 0x5D)
            item, at = read(data, start_of(data, at))
            items.append(item)
            at = skip_space(data, at)
        if at >= len(data):
            fail(data, len(data), "EOF while parsing a list")
        return items, at + 1

    return read_list


def struct_of(name: str, fields: dict[str, Read]) -> Read:
    """Return the reader of objects that have exactly these fields; an array of the values in order counts too."""

    def read_struct(data: bytes, at: int) -> tuple[dict[str, Any], int]:
        if data[at] == 0x5B:
            return _read_in_order(data, at + 1, name, fields)
        if data[at] != 0x7B:
            refuse(data, at, f"struct {name}")
        found: dict[str, Any] = {}
        at = skip_space(data, at + 1)
        while at < len(data) and data[at] != 0x7D:
            if found:
                at = _after_comma(data, at, 0x7D)
            if data[at] != 0x22:
                fail(data, at + 1, "key must be a string")
            key, at = read_string(data, at)
            read = fields.get(key)
            if read is None:
                known = ", ".join(f"`{field}`" for field in fields)
                fail(data, _behind_key(data, at), f"unknown field `{key}`, expected one of {known}")
            if key in found:
                fail(data, _behind_key(data, at), f"duplicate field `{key}`")
            at = skip_space(data, at)
            if at >= len(data):
                fail(data, len(data), "EOF while parsing an object")
            if data[at] != 0x3A:
                fail(data, at + 1, "expected `:`")
            found[key], at = read(data, start_of(data, at + 1))
            at = skip_space(data, at)
        if at >= len(data):
            fail(data, len(data), "EOF while parsing an object")
        for field in fields:
            if field not in found:
                fail(data, at + 1, f"missing field `{field}`")
        return found, at + 1

    return read_struct


def _behind_key(data: bytes, at: int) -> int:
    """Return the place of an error about a key: behind white space, and behind the brace that may follow it."""
    at = skip_space(data, at)
    return at + data.startswith(b"}", at)


def _read_in_order(data: bytes, at: int, name: str, fields: dict[str, Read]) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    at = skip_space(data, at)
    for field, read in fields.items():
        if at >= len(data):
            fail(data, len(data), "EOF while parsing a list")
        if data[at] == 0x5D:
            fail(data, at + 1, f"invalid length {len(found)}, expected struct {name} with {len(fields)} elements")
        if found:
            at = _after_comma(data, at, 0x5D)
        found[field], at = read(data, start_of(data, at))
        at = skip_space(data, at)
    if at >= len(data):
        fail(data, len(data), "EOF while parsing a list")
    if data[at] != 0x5D:
        fail(data, at + 1, "trailing characters")
    return found, at + 1


def _after_comma(data: bytes, at: int, closing: int) -> int:
    """Return where the next item begins, behind a comma that must be there."""
    if at < len(data) and data[at] != 0x2C:
        fail(data, at + 1, "expected `,` or `]`" if closing == 0x5D else "expected `,` or `}`")
    at = skip_space(data, at + 1)
    if at < len(data) and data[at] == closing:
        fail(data, at + 1, "trailing comma")
    if at >= len(data):
        fail(data, len(data), "EOF while parsing a value")
    return at
