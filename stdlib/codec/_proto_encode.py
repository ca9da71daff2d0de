"""Values as messages of protocol buffers."""

from __future__ import annotations

from typing import Any

from dtl.functions import FunctionError
from dtl.values.convert import to_string
from dtl.values.regex import Regex
from dtl.values.text import to_bytes
from dtl.values.timestamp import Timestamp
from dtl.values.value import kind_name

from ._proto_scalar import of_float, of_integer, of_string, of_timestamp
from ._proto_types import Field, Message
from ._proto_wire import DEEPEST, DELIMITED, VARINT, encode_tag, encode_varint

_ZEROS = (b"\0", bytes(4), bytes(8), b"\0\0\0\x80", bytes(7) + b"\x80")


def encode_message(message: Message, value: Any, lossy: bool = True) -> bytes:
    """Write an object as a message; fields that the message lacks are left out.

    Args:
        message: The type.
        value: The object.
        lossy: Whether a string field also takes numbers, booleans and timestamps, as text.

    Raises:
        FunctionError: The value does not suit the type.
    """
    if not isinstance(value, dict):
        raise FunctionError("ProtobufSerializer only supports serializing objects")
    return _message(message, value, lossy, 0)


def _message(message: Message, value: dict[str, Any], lossy: bool, depth: int) -> bytes:
    if depth > DEEPEST:
        raise FunctionError("recursion limit reached")
    written: dict[int, bytes] = {}
    for field in message.fields.values():
        given = value.get(field.name)
        if given is None:
            continue
        if field.choice is not None:
            for other in message.fields.values():
                if other.choice == field.choice:
                    written.pop(other.number, None)
        try:
            written[field.number] = _field(field, given, lossy, depth)
        except FunctionError as problem:
            raise FunctionError(f"Error converting {field.name} field: {problem.message}") from None
    return b"".join(written.values())


def _field(field: Field, value: Any, lossy: bool, depth: int) -> bytes:
    if isinstance(value, list):
        if not field.repeated:
            raise FunctionError("Cannot encode array into a non-repeated protobuf field")
        if isinstance(field.target, Message) and field.target.is_map_entry:
            for item in value:
                _field(field, item, lossy, depth)  # what is wrong with an element is said first
            raise FunctionError("Cannot encode array into a protobuf map")
        items = [_value(field, item, lossy, depth) for item in value]
        if not field.packed:
            return b"".join(_tagged(field, data, wire) for wire, data in items)
        together = b"".join(data for _, data in items)
        return encode_tag(field.number, DELIMITED) + encode_varint(len(together)) + together if items else b""
    entry = field.target
    if isinstance(value, dict) and isinstance(entry, Message) and entry.is_map_entry:
        pieces = []
        for key in sorted(value):
            wire, content = _value(entry.fields[2], value[key], lossy, depth)
            data = _unless_default(entry.fields[1], to_bytes(key), DELIMITED)
            pieces.append(_tagged(field, data + _unless_default(entry.fields[2], content, wire), DELIMITED))
        return b"".join(pieces)
    wire, data = _value(field, value, lossy, depth)
    return _tagged(field, data, wire) if field.explicit or field.repeated else _unless_default(field, data, wire)


def _unless_default(field: Field, data: bytes, wire: int) -> bytes:
    """Return a field with its tag, or nothing where it would say nothing: zero, minus zero, an empty text."""
    is_default = field.type != "message" and (data in _ZEROS if wire != DELIMITED else not data)
    return b"" if is_default else _tagged(field, data, wire)


def _tagged(field: Field, data: bytes, wire: int) -> bytes:
    tag = encode_tag(field.number, wire)
    return tag + encode_varint(len(data)) + data if wire == DELIMITED else tag + data


def _value(field: Field, value: Any, lossy: bool, depth: int) -> tuple[int, bytes]:
    """Return a value's wire type and bytes.

    Raises:
        FunctionError: It does not suit the field.
    """
    kind = field.type
    if isinstance(value, str):
        found = of_string(field, value)
    elif isinstance(value, bool):
        found = (VARINT, bytes([value])) if kind == "bool" else None
    elif isinstance(value, int):
        found = of_integer(kind, value)
    elif isinstance(value, float):
        found = of_float(kind, value)
    elif isinstance(value, Timestamp):
        found = of_timestamp(field, value)
    elif isinstance(value, Regex):
        found = (DELIMITED, to_bytes(value.pattern)) if kind in ("string", "bytes") else None
    elif isinstance(value, dict) and kind == "message":
        found = DELIMITED, _message(field.target, value, lossy, depth + 1)
    else:
        found = None
    if found is None and kind == "string" and lossy and isinstance(value, (bool, int, float, Timestamp)):
        text = to_string(value)
        if isinstance(value, Timestamp):
            text = text.replace("T", " ").replace("Z", " UTC")
        found = DELIMITED, text.encode()
    if found is None:
        shown = {"object": "map", "regex": "string"}.get(kind_name(value), kind_name(value))
        raise FunctionError(f"Cannot encode `{shown}` into protobuf `{field.type_name or kind}`")
    return found
