"""JSON read to a limited depth: the containers below it stay the text that they are."""

from __future__ import annotations

import re

from dtl.functions import FunctionError
from dtl.values.decode import InvalidJson, from_json
from dtl.values.text import from_bytes
from dtl.values.value import I64_MAX, U64_MAX, Value

from ._json_outline import InvalidOutline, check_outline, skip_space, skip_string, skip_value

_NOT_LINE_END = re.compile(rb"[^\n]")
_INTEGER = re.compile(rb"[0-9]+")


def read_to_depth(data: bytes, depth: int) -> Value:
    """Read a value, of whose containers `depth` may lie within one another.

    Raises:
        FunctionError: The text is not JSON, or the depth is not from 1 to 128.
    """
    if not 0 <= depth <= 255:
        raise FunctionError("out of range integral type conversion attempted")
    if not 1 <= depth <= 128:
        raise FunctionError(f"max_depth value should be greater than 0 and less than 128, got {depth}")
    try:
        return _read_layers(data, depth)
    except InvalidOutline as reason:
        raise FunctionError(f"unable to read json: {reason}") from None
    except InvalidJson as reason:
        raise FunctionError(f"unable to parse json with max depth: {reason}") from None


def _read_layers(data: bytes, depth: int) -> Value:
    check_outline(data)
    try:
        return _read(data, skip_space(data, 0), depth)[0]
    except InvalidJson:
        return _layer(data.strip(b" \t\r\n"), depth)


def _read(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    """Return the value that begins at an offset, and the offset behind it."""
    opening = data[at]
    if depth == 0 or opening not in b"[{":
        end = skip_value(data, at)
        return _layer(data[at:end], 0), end
    items: list[Value] = []
    fields: dict[str, Value] = {}
    at = skip_space(data, at + 1)
    while data[at] not in b"]}":
        if data[at] == 0x2C:
            at = skip_space(data, at + 1)
        if opening == 0x5B:
            item, at = _read(data, at, depth - 1)
            items.append(item)
        else:
            end = skip_string(data, at + 1)
            key = str(from_json(data[at:end]))
            fields[key], at = _read(data, skip_space(data, skip_space(data, end) + 1), depth - 1)
        at = skip_space(data, at)
    return (items if opening == 0x5B else fields), at + 1


def _layer(data: bytes, depth: int) -> Value:
    """Read a value layer by layer, as the reference does: errors are told by their place in the layer's text."""
    opening = data[:1]
    if opening not in (b"[", b"{"):
        if _INTEGER.fullmatch(data) and len(data) <= 20 and I64_MAX < int(data) <= U64_MAX:
            # The reference cannot hold such an integer and leaves it as text here.
            return data.decode()
        return from_json(data)
    if depth == 0:
        return from_bytes(data)
    items: list[Value] = []
    fields: dict[str, bytes] = {}
    at = skip_space(data, 1)
    while data[at] not in b"]}":
        if data[at] == 0x2C:
            at = skip_space(data, at + 1)
        if opening == b"{":
            end = skip_string(data, at + 1)
            key = _read_key(data, at, end)
            at = skip_space(data, end) + 1
        at = skip_space(data, at)
        end = skip_value(data, at)
        if opening == b"{":
            fields[key] = data[at:end]
        else:
            items.append(_layer(data[at:end], depth - 1))
        at = skip_space(data, end)
    if opening == b"[":
        return items
    return {key: _layer(part, depth - 1) for key, part in fields.items()}


def _read_key(data: bytes, at: int, end: int) -> str:
    try:
        key = from_json(data[at:end])
    except InvalidJson:
        # Read once more with as many lines and columns before it, for the place in the message.
        key = from_json(_NOT_LINE_END.sub(b" ", data[:at]) + data[at:])
    assert isinstance(key, str)
    return key
