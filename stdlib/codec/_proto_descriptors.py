"""Reads a file descriptor set, the compiled form of `.proto` files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from dtl.functions import Arguments, InvalidArgument

from ._proto_types import TYPES, Descriptors, Enumeration, Field, Message
from ._proto_wire import InvalidMessage, fields

_REPEATED = 3
_NOT_PACKED = ("string", "bytes", "message", "group")


def load_descriptors(path: str) -> Descriptors:
    """Read a file descriptor set, as `protoc --descriptor_set_out` writes it.

    Raises:
        InvalidArgument: The file cannot be read or is none.
    """
    try:
        stamp = Path(path).stat().st_mtime_ns
        return _load(path, stamp)
    except (OSError, ValueError) as problem:
        if isinstance(problem, InvalidMessage):
            raise InvalidArgument(f"Failed to parse protobuf desc file '{path}': {problem}") from None
        reason = getattr(problem, "strerror", None) or "invalid path"
        raise InvalidArgument(f"Failed to open protobuf desc file '{path}': {reason}") from None


@lru_cache(maxsize=32)
def _load(path: str, stamp: int) -> Descriptors:
    messages: dict[str, Message] = {}
    enumerations: dict[str, Enumeration] = {}
    for number, _, content in fields(Path(path).read_bytes()):
        if number == 1:
            _read_file(_bytes(content), messages, enumerations)
    for message in messages.values():
        message.fields = dict(sorted(message.fields.items()))
        for each in message.fields.values():
            if each.type_name:
                each.target = messages.get(each.type_name) or enumerations.get(each.type_name)
                if each.target is None:
                    raise InvalidMessage(f"type '{each.type_name}' not found")
    return Descriptors(path, messages)


def _read_file(data: bytes, messages: dict[str, Message], enumerations: dict[str, Enumeration]) -> None:
    parts: dict[int, list[Any]] = {}
    for number, _, content in fields(data):
        parts.setdefault(number, []).append(content)
    package = _text(parts.get(2, [b""])[-1])
    proto3 = _text(parts.get(12, [b""])[-1]) == "proto3"
    for content in parts.get(4, []):
        _read_message(_bytes(content), package, proto3, messages, enumerations)
    for content in parts.get(5, []):
        _read_enumeration(_bytes(content), package, enumerations)


def _read_message(
    data: bytes, scope: str, proto3: bool, messages: dict[str, Message], enumerations: dict[str, Enumeration]
) -> None:
    parts: dict[int, list[Any]] = {}
    for number, _, content in fields(data):
        parts.setdefault(number, []).append(content)
    name = _joined(scope, _text(parts.get(1, [b""])[-1]))
    found = messages[name] = Message(name)
    for options in parts.get(7, []):
        found.is_map_entry = any(number == 7 and value for number, _, value in fields(_bytes(options)))
    for content in parts.get(2, []):
        each = _read_field(_bytes(content), proto3)
        found.fields[each.number] = each
    for content in parts.get(3, []):
        _read_message(_bytes(content), name, proto3, messages, enumerations)
    for content in parts.get(4, []):
        _read_enumeration(_bytes(content), name, enumerations)


def _read_field(data: bytes, proto3: bool) -> Field:
    parts: dict[int, Any] = {number: content for number, _, content in fields(data)}
    kind = TYPES[parts.get(5, 0)] if 0 <= parts.get(5, 0) < len(TYPES) else ""
    found = Field(_text(parts.get(1, b"")), int(parts.get(3, 0)), kind, _text(parts.get(6, b"")).lstrip("."))
    found.repeated = parts.get(4) == _REPEATED
    chosen = [value for number, _, value in fields(_bytes(parts.get(8, b""))) if number == 2]
    packed = bool(chosen[-1]) if chosen else proto3
    found.packed = found.repeated and packed and kind not in _NOT_PACKED
    # A field of proto3 that is not in a `oneof` (`optional` makes one) has no way to be absent.
    found.explicit = not proto3 or 9 in parts or kind in ("message", "group")
    found.choice = parts[9] if 9 in parts and not parts.get(17) else None
    return found


def _read_enumeration(data: bytes, scope: str, enumerations: dict[str, Enumeration]) -> None:
    name, values = "", []
    for number, _, content in fields(data):
        if number == 1:
            name = _joined(scope, _text(content))
        elif number == 2:
            parts: dict[int, Any] = {key: value for key, _, value in fields(_bytes(content))}
            code = int(parts.get(2, 0)) & 0xFFFFFFFF
            values.append((_text(parts.get(1, b"")), code - 2**32 if code >= 2**31 else code))
    enumerations[name] = Enumeration(name, values)


def _joined(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name


def _bytes(content: Any) -> bytes:
    if not isinstance(content, bytes):
        raise InvalidMessage("failed to decode file descriptor set")
    return content


def _text(content: Any) -> str:
    return _bytes(content).decode("utf-8", "replace")


def check_types(arguments: Arguments) -> None:
    """Refuse a call whose message type is not in its descriptor set; both are constants."""
    path, name = arguments.constant("desc_file"), arguments.constant("message_type")
    if isinstance(path, str) and isinstance(name, str):
        load_descriptors(path).message(name)
