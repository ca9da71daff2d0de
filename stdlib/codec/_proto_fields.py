"""Reads the fields of protocol buffer messages by their numbers."""

from __future__ import annotations

import struct
from typing import Any

from dtl.values.text import from_bytes
from dtl.values.value import wrap

from ._proto_types import Field, Message
from ._proto_wire import (
    DEEPEST,
    DELIMITED,
    GROUP,
    SIXTY_FOUR,
    THIRTY_TWO,
    VARINT,
    InvalidMessage,
    check_wire,
    decode_delimited,
    decode_fixed,
    decode_key,
    decode_varint,
    skip,
)

_FIXED = {"fixed32": "<I", "sfixed32": "<i", "float": "<f", "fixed64": "<Q", "sfixed64": "<q", "double": "<d"}


def read_fields(message: Message, data: bytes, at: int, end: int, depth: int) -> tuple[dict[int, Any], int]:
    """Read the fields of a message that ends at a place; return them and where they do end.

    Enumerations stay numbers, and the entries of maps messages. A nested message may not be deeper than `DEEPEST`.

    Raises:
        InvalidMessage: The bytes are no such message.
    """
    if depth > DEEPEST:
        raise InvalidMessage("recursion limit reached")
    found: dict[int, Any] = {}
    while at < end:
        number, wire, at = decode_key(data, at)
        field = message.fields.get(number)
        if field is None:
            at = skip(data, at, number, wire)
            continue
        if field.choice is not None:
            for other in message.fields.values():
                if other.choice == field.choice and other is not field:
                    found.pop(other.number, None)
        at = _read_field(field, wire, found, data, at, depth)
    if at != end:
        raise InvalidMessage("delimited length exceeded")
    return found, at


def _read_field(field: Field, wire: int, found: dict[int, Any], data: bytes, at: int, depth: int) -> int:
    if field.repeated and wire == DELIMITED and field.type not in ("string", "bytes", "message"):
        length, at = decode_varint(data, at)
        if length > len(data) - at:
            raise InvalidMessage("buffer underflow")
        end = at + length
        items = found.setdefault(field.number, [])
        while at < end:
            item, at = _read_value(field, _wire_of(field.type), data, at, depth)
            items.append(item)
        if at != end:
            raise InvalidMessage("delimited length exceeded")
        return at
    value, at = _read_value(field, wire, data, at, depth)
    if field.repeated:
        found.setdefault(field.number, []).append(value)
    elif field.type in ("message", "group") and field.number in found:
        _merge(field.target, found[field.number], value)
    else:
        found[field.number] = value
    return at


def _merge(message: Message, old: dict[int, Any], new: dict[int, Any]) -> None:
    """Add a later occurrence of a message to an earlier one."""
    for number, value in new.items():
        field = message.fields[number]
        if field.repeated:
            old[number] = [*old.get(number, []), *value]
        elif field.type in ("message", "group") and number in old:
            _merge(field.target, old[number], value)
        else:
            old[number] = value


def _wire_of(kind: str) -> int:
    if kind in ("string", "bytes", "message"):
        return DELIMITED
    if kind in ("double", "fixed64", "sfixed64"):
        return SIXTY_FOUR
    if kind in ("float", "fixed32", "sfixed32"):
        return THIRTY_TWO
    return GROUP if kind == "group" else VARINT


def _read_value(field: Field, wire: int, data: bytes, at: int, depth: int) -> tuple[Any, int]:
    kind = field.type
    check_wire(wire, _wire_of(kind))
    if wire == VARINT:
        number, at = decode_varint(data, at)
        return _integer(kind, number), at
    if kind in _FIXED:
        content, at = decode_fixed(data, at, struct.calcsize(_FIXED[kind]))
        (value,) = struct.unpack(_FIXED[kind], content)
        return (wrap(value) if isinstance(value, int) else value), at
    if kind == "group":
        end = skip(data, at, field.number, GROUP)
        inside = end - 1  # the end tag is as long as its key
        while data[inside - 1] & 0x80:
            inside -= 1
        return read_fields(field.target, data, at, inside, depth + 1)[0], end
    if kind == "message":
        length, at = decode_varint(data, at)
        if length > len(data) - at:
            raise InvalidMessage("buffer underflow")
        return read_fields(field.target, data, at, at + length, depth + 1)
    content, at = decode_delimited(data, at)
    if kind == "bytes":
        return from_bytes(content), at
    try:
        return content.decode("utf-8"), at
    except UnicodeDecodeError:
        raise InvalidMessage("invalid string value: data is not UTF-8 encoded") from None


def _integer(kind: str, number: int) -> int | bool:
    if kind == "bool":
        return number != 0
    if kind in ("sint32", "sint64"):
        number &= 2**32 - 1 if kind == "sint32" else 2**64 - 1
        return number >> 1 ^ -(number & 1)
    if kind == "uint32":
        return number & (2**32 - 1)
    if kind in ("int32", "enum"):
        number &= 2**32 - 1
        return number - 2**32 if number >= 2**31 else number
    return wrap(number)
