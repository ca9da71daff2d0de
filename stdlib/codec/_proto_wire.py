"""The wire format of protocol buffers: varints, tags and lengths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

VARINT: Final = 0
SIXTY_FOUR: Final = 1
DELIMITED: Final = 2
GROUP: Final = 3
END_GROUP: Final = 4
THIRTY_TWO: Final = 5

_WIRE_NAMES = ("Varint", "SixtyFourBit", "LengthDelimited", "StartGroup", "EndGroup", "ThirtyTwoBit")
#: How deep messages may be nested.
DEEPEST = 100
_MASK = 2**64 - 1


class InvalidMessage(ValueError):
    """Bytes are not a message; `str()` says why, in the words of VRL's decoder."""


def encode_varint(number: int) -> bytes:
    """Write an integer of 64 bits, seven bits a byte, the least significant first."""
    number &= _MASK
    data = bytearray()
    while number > 0x7F:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    data.append(number)
    return bytes(data)


def encode_tag(number: int, wire: int) -> bytes:
    """Write what precedes a field's value."""
    return encode_varint(number << 3 | wire)


def decode_varint(data: bytes, at: int) -> tuple[int, int]:
    """Read an integer of 64 bits; return it and where it ends."""
    number = shift = 0
    while shift < 70:
        if at >= len(data):
            raise InvalidMessage("invalid varint")
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            if shift == 63 and byte > 1:
                raise InvalidMessage("invalid varint")
            return number, at
        shift += 7
    raise InvalidMessage("invalid varint")


def decode_delimited(data: bytes, at: int) -> tuple[bytes, int]:
    """Read a length and as many bytes; return them and where they end."""
    length, at = decode_varint(data, at)
    if length > len(data) - at:
        raise InvalidMessage("buffer underflow")
    return data[at : at + length], at + length


def decode_fixed(data: bytes, at: int, length: int) -> tuple[bytes, int]:
    """Read some bytes; return them and where they end."""
    if length > len(data) - at:
        raise InvalidMessage("buffer underflow")
    return data[at : at + length], at + length


def fields(data: bytes) -> Iterator[tuple[int, int, int | bytes]]:
    """Give the number, wire type and content of each field of a message, groups as the bytes inside."""
    at = 0
    while at < len(data):
        number, wire, at = decode_key(data, at)
        if wire == VARINT:
            value, at = decode_varint(data, at)
            yield number, wire, value
        elif wire == DELIMITED:
            content, at = decode_delimited(data, at)
            yield number, wire, content
        elif wire in (SIXTY_FOUR, THIRTY_TWO):
            content, at = decode_fixed(data, at, 8 if wire == SIXTY_FOUR else 4)
            yield number, wire, content
        elif wire == GROUP:
            start = at
            at = skip(data, at, number, wire)
            yield number, wire, data[start : at - len(encode_tag(number, END_GROUP))]
        else:
            raise InvalidMessage("unexpected end group tag")


def decode_key(data: bytes, at: int) -> tuple[int, int, int]:
    """Read a field's number and wire type; return them and where they end."""
    key, at = decode_varint(data, at)
    if key > 0xFFFFFFFF:
        raise InvalidMessage(f"invalid key value: {key}")
    wire = key & 7
    if wire > THIRTY_TWO:
        raise InvalidMessage(f"invalid wire type value: {wire}")
    if key < 8:
        raise InvalidMessage("invalid tag value: 0")
    return key >> 3, wire, at


def skip(data: bytes, at: int, number: int, wire: int) -> int:
    """Return where a field's value ends."""
    open_groups: list[int] = []
    while True:
        if wire == GROUP:
            open_groups.append(number)
            if len(open_groups) > DEEPEST:
                raise InvalidMessage("recursion limit reached")
        elif wire == END_GROUP:
            if not open_groups or open_groups.pop() != number:
                raise InvalidMessage("unexpected end group tag")
        elif wire == VARINT:
            _, at = decode_varint(data, at)
        elif wire == DELIMITED:
            _, at = decode_delimited(data, at)
        else:
            _, at = decode_fixed(data, at, 8 if wire == SIXTY_FOUR else 4)
        if not open_groups:
            return at
        number, wire, at = decode_key(data, at)


def check_wire(found: int, wanted: int) -> None:
    """Refuse a field whose wire type does not suit its type."""
    if found != wanted:
        raise InvalidMessage(f"invalid wire type: {_WIRE_NAMES[found]} (expected {_WIRE_NAMES[wanted]})")
