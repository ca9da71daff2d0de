"""The fields of dnstap's protobuf messages."""

from __future__ import annotations

from typing import Any


class InvalidFrame(ValueError):
    """Bytes are not a dnstap frame."""


def number_at(fields: dict[int, Any], number: int) -> int:
    """Return a number among fields, zero where it is absent."""
    value = fields.get(number, 0)
    if not isinstance(value, int):
        raise InvalidFrame("failed to decode Protobuf message: invalid wire type")
    return value


def enumeration_at(fields: dict[int, Any], number: int) -> int:
    """Return the number of an enumeration's value, which has 32 bits."""
    return (number_at(fields, number) + 2**31) % 2**32 - 2**31


#: The fields whose values are bytes.
_BYTES = frozenset({4, 5, 10, 11, 14})


def read_fields(data: bytes) -> dict[int, Any]:
    """Return the fields of a protobuf message by number, the last of each: bytes or an integer."""
    fields: dict[int, Any] = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            fields[number], at = _varint(data, at)
            continue
        if wire == 2:
            size, at = _varint(data, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise InvalidFrame(f"failed to decode Protobuf message: invalid wire type value: {wire}")
        part = data[at : at + size]
        if len(part) < size:
            raise InvalidFrame("failed to decode Protobuf message: buffer underflow")
        fields[number] = part if wire == 2 else int.from_bytes(part, "little")
        at += size
    if any(not isinstance(fields[number], bytes) for number in _BYTES & fields.keys()):
        raise InvalidFrame("failed to decode Protobuf message: invalid wire type")
    return fields


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & (2**64 - 1), at
    raise InvalidFrame("failed to decode Protobuf message: invalid varint")
