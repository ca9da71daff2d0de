"""CBOR (RFC 8949) as values, as far as JSON has them, with the error texts of the reference's reader."""

from __future__ import annotations

import struct
from typing import Any, NoReturn

from dtl.values.number import display_float
from dtl.values.value import I64_MAX, I64_MIN

from ._cbor_items import InvalidCbor, Items

__all__ = ["InvalidCbor", "read_cbor"]

_DEEPEST = 256
_BREAK = 0xFF
# The simple values that are known, and their names.
_SIMPLE = {20: False, 21: True, 22: None, 23: None}
_NAMES = {20: "boolean `false`", 21: "boolean `true`", 22: "null", 23: "undefined"}
_ANY = "any valid JSON value"


def read_cbor(data: bytes) -> Any:
    """Read the value that bytes begin with; what follows it is not looked at.

    Raises:
        InvalidCbor: There is none.
    """
    return _Reader(data).value(_DEEPEST)


class _Reader(Items):
    """Reads values."""

    def value(self, depth: int) -> Any:
        start = self.at
        major, argument = self.head()
        match major:
            case 0:
                return argument if argument <= I64_MAX else float(argument)
            case 1:
                if -1 - argument < I64_MIN:
                    _mismatch(f"integer `{-1 - argument}` as i128", _ANY)
                return -1 - argument
            case 2:
                self.string(start, argument, text=False)
                _mismatch("byte array", _ANY)
            case 3:
                return self.string(start, argument, text=True)
            case 4:
                return self.array(argument, depth)
            case 5:
                return self.map(argument, depth)
            case 6:
                self.tagged(argument)
        return self.simple(start, argument)

    def array(self, length: int, depth: int) -> list[Any]:
        if not depth:
            raise InvalidCbor("RecursionLimitExceeded")
        items: list[Any] = []
        while not self.ended(length, len(items)):
            items.append(self.value(depth - 1))
        return items

    def map(self, length: int, depth: int) -> dict[str, Any]:
        if not depth:
            raise InvalidCbor("RecursionLimitExceeded")
        fields: dict[str, Any] = {}
        count = 0
        while not self.ended(length, count):
            key = self.key()
            fields[key] = self.value(depth - 1)
            count += 1
        return fields

    def ended(self, length: int, count: int) -> bool:
        """Tell whether a container ends here, and read its end."""
        if length >= 0:
            return count == length
        if self.data[self.at : self.at + 1] != b"\xff":
            return False
        self.at += 1
        return True

    def key(self) -> str:
        start = self.at
        major, argument = self.head()
        while major == 6:  # tags of keys mean nothing
            start = self.at
            major, argument = self.head()
        if major == 3:
            return self.string(start, argument, text=True)
        if major == 7:
            value = self.simple(start, argument, "string", "string")
            if type(value) is not float:
                _mismatch(_NAMES[argument], "string")
            _mismatch(f"floating point `{display_float(value)}{'.0' * value.is_integer()}`", "string")
        kinds = (f"integer `{argument}`", f"integer `{-1 - argument}`", "bytes", "", "sequence", "map")
        _mismatch(kinds[major], "string")

    def tagged(self, tag: int) -> NoReturn:
        """Refuse a tagged value: a large integer by its value, everything else as such."""
        start = self.at
        if tag in (2, 3) and start < len(self.data) and self.data[start] >> 5 == 2:
            _, length = self.head()
            if 0 <= length <= 16:
                number = int.from_bytes(self.take(length), "big")
                shown = f"`{number}` as u128" if tag == 2 else f"`{-1 - number}` as i128"
                _mismatch(f"integer {shown}", _ANY)
            _mismatch("enum", _ANY)
        self.head()  # there must be something
        _mismatch("enum", _ANY)

    def simple(self, start: int, argument: int, no_break: str = "non-break", known: str = "known simple value") -> Any:
        """Return a float or a simple value; the last two arguments word what was expected instead of another one."""
        first = self.data[start]
        if first == _BREAK:
            _mismatch("break", no_break)
        width = self.at - start - 1
        if width >= 2:
            number: float = struct.unpack({2: ">e", 4: ">f", 8: ">d"}[width], self.data[start + 1 : self.at])[0]
            if number != number:
                raise InvalidCbor(f'Semantic(None, "invalid value: floating point `NaN`, expected {_ANY}")')
            return number
        if argument in _SIMPLE:
            return _SIMPLE[argument]
        _mismatch("simple", known)


def _mismatch(kind: str, expected: str) -> NoReturn:
    raise InvalidCbor(f'Semantic(None, "invalid type: {kind}, expected {expected}")')
