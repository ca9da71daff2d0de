"""Messages of protocol buffers as values."""

from __future__ import annotations

from typing import Any

from dtl.functions import FunctionError

from ._proto_fields import read_fields
from ._proto_types import Field, Message
from ._proto_wire import InvalidMessage

_EMPTY = (0, 0.0, "", False)


def decode_message(message: Message, data: bytes) -> dict[str, Any]:
    """Read a message into an object; fields that are absent are left out.

    Raises:
        FunctionError: The bytes are no such message.
    """
    try:
        raw, _ = read_fields(message, data, 0, len(data), 0)
    except InvalidMessage as problem:
        text = f'DecodeError {{ description: "{problem}", stack: [] }}'
        raise FunctionError(f"Error parsing protobuf: {text}") from None
    return _shown(message, raw)


def _shown(message: Message, raw: dict[int, Any]) -> dict[str, Any]:
    """Turn fields by number into an object."""
    found: dict[str, Any] = {}
    for number, value in raw.items():
        field = message.fields[number]
        if field.repeated:
            if field.target is not None and getattr(field.target, "is_map_entry", False):
                found[field.name] = _shown_map(field.target, value)
            else:
                found[field.name] = [_shown_value(field, item) for item in value]
        elif field.explicit or value not in _EMPTY:
            found[field.name] = _shown_value(field, value)
    return found


def _shown_map(entry: Message, entries: list[dict[int, Any]]) -> dict[str, Any]:
    key, value = entry.fields[1], entry.fields[2]
    if key.type != "string":
        raise FunctionError("Internal error while parsing protobuf map: its keys are not strings")
    empty = {"message": {}, "string": "", "bytes": "", "bool": False, "float": 0.0, "double": 0.0}.get(value.type, 0)
    return {item.get(1, ""): _shown_value(value, item.get(2, empty)) for item in entries}


def _shown_value(field: Field, value: Any) -> Any:
    if field.type in ("message", "group"):
        return _shown(field.target, value)
    if field.type == "enum":
        for name, number in field.target.values:
            if number == value:
                return name
        raise FunctionError(f"The number {value} cannot be in '{field.target.short_name}'")
    if value != value:
        raise FunctionError(f"{'Float' if field.type == 'float' else 'F64'} number cannot be Nan")
    return value
