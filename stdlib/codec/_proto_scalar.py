"""Values as scalars of protocol buffers: the wire type and the bytes, or None where the types do not go together."""

from __future__ import annotations

import re
import struct

from dtl.functions import FunctionError
from dtl.values import number
from dtl.values.text import replaced, to_bytes
from dtl.values.timestamp import Timestamp
from dtl.values.value import wrap

from ._proto_types import Enumeration, Field
from ._proto_wire import DELIMITED, SIXTY_FOUR, THIRTY_TWO, VARINT, encode_tag, encode_varint

_TIMESTAMP = "google.protobuf.Timestamp"
_SIGNED_32 = ("int32", "sint32", "sfixed32")
_SIGNED_64 = ("int64", "sint64", "sfixed64")
_UNSIGNED_32 = ("uint32", "fixed32")
_INTEGERS = {
    **dict.fromkeys(_SIGNED_32, "i32"),
    **dict.fromkeys(_SIGNED_64, "i64"),
    **dict.fromkeys(_UNSIGNED_32, "u32"),
    "uint64": "u64",
    "fixed64": "u64",
}
_DIGITS = re.compile(r"\+?[0-9]+")


def of_string(field: Field, value: str) -> tuple[int, bytes] | None:
    """Return what stands for a string: numbers are read from it, and enumerations known by it.

    Raises:
        FunctionError: It is no such number or name.
    """
    kind = field.type
    if kind == "string":
        return DELIMITED, replaced(value).encode("utf-8")
    if kind == "bytes":
        return DELIMITED, to_bytes(value)
    text = replaced(value)
    if kind == "enum":
        enumeration: Enumeration = field.target
        for name, code in enumeration.values:
            if name.upper() == text.upper():
                return VARINT, encode_varint(code)
        raise FunctionError(f"Enum `{enumeration.name}` has no value that matches string '{text}'")
    if kind in _INTEGERS:
        try:
            return of_integer(kind, _parse_integer(text, _INTEGERS[kind]))
        except number.InvalidNumber as problem:
            raise FunctionError(f"Can't convert '{text}' to {_INTEGERS[kind]}: {problem}") from None
    if kind in ("float", "double"):
        try:
            return of_float(kind, number.parse_float(text))
        except number.InvalidNumber as problem:
            raise FunctionError(f"Cannot parse `{text}` as {kind}: {problem}") from None
    return None


def _parse_integer(text: str, name: str) -> int:
    if name.startswith("u"):
        if text and not _DIGITS.fullmatch(text):
            raise number.InvalidNumber("invalid digit found in string")
        largest, smallest = 2 ** int(name[1:]) - 1, 0
        found = int(text.lstrip("+").lstrip("0")[:30] or "0") if text else number.parse_integer(text)
    else:
        largest, smallest = 2 ** (int(name[1:]) - 1) - 1, -(2 ** (int(name[1:]) - 1))
        found = number.parse_integer(text)
    if found > largest:
        raise number.InvalidNumber("number too large to fit in target type")
    if found < smallest:
        raise number.InvalidNumber("number too small to fit in target type")
    return found


def of_integer(kind: str, value: int) -> tuple[int, bytes] | None:
    """Return what stands for an integer, cut to the width of the type."""
    if kind in _SIGNED_32 or kind == "enum":
        value = (value + 2**31) % 2**32 - 2**31
    elif kind in _UNSIGNED_32:
        value %= 2**32
    if kind in ("sint32", "sint64"):
        return VARINT, encode_varint(value << 1 ^ value >> 63)
    if kind in ("sfixed32", "fixed32"):
        return THIRTY_TWO, struct.pack("<I", value % 2**32)
    if kind in ("sfixed64", "fixed64"):
        return SIXTY_FOUR, struct.pack("<Q", value % 2**64)
    return (VARINT, encode_varint(value)) if kind in _INTEGERS or kind == "enum" else None


def of_float(kind: str, value: float) -> tuple[int, bytes] | None:
    """Return what stands for a float; one that is too large for 32 bits becomes an infinity."""
    if kind == "double":
        return SIXTY_FOUR, struct.pack("<d", value)
    if kind != "float":
        return None
    try:
        return THIRTY_TWO, struct.pack("<f", value)
    except OverflowError:
        return THIRTY_TWO, struct.pack("<f", float("inf") if value > 0 else float("-inf"))


def of_timestamp(field: Field, value: Timestamp) -> tuple[int, bytes] | None:
    """Return what stands for a timestamp: a message of its own, or microseconds."""
    if field.type == "int64":
        return VARINT, encode_varint(wrap(value.seconds * 1_000_000 + value.nanos // 1_000))
    if field.type_name != _TIMESTAMP:
        return None
    data = b""
    if value.seconds:
        data += encode_tag(1, VARINT) + encode_varint(value.seconds)
    if value.nanos:
        data += encode_tag(2, VARINT) + encode_varint(value.nanos)
    return DELIMITED, data
