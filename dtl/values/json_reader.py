"""The exact reader of JSON: slow, with VRL's numbers and with the error texts and places of its JSON library."""

from __future__ import annotations

from typing import Any, NoReturn

from dtl.pattern import pattern, total
from dtl.values.value import I64_MAX, U64_MAX, Value

# So many containers may lie within one another.
DEEPEST = 127

_POWERS = tuple(float(f"1e{power}") for power in range(309))
_I32_MAX = 2**31 - 1

_SPACE = total(rb"[ \t\r\n]*")
_PLAIN_TEXT = total(rb'[^"\\\x00-\x1f]*')
_DIGITS = total(rb"[0-9]*")
_NUMBER = pattern(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")
_ESCAPES = {
    ord('"'): '"', ord("\\"): "\\", ord("/"): "/", ord("b"): "\b",
    ord("f"): "\f", ord("n"): "\n", ord("r"): "\r", ord("t"): "\t",
}  # fmt: skip
_WORDS: dict[int, tuple[bytes, Value]] = {
    ord("n"): (b"null", None), ord("t"): (b"true", True), ord("f"): (b"false", False),
}  # fmt: skip


class InvalidJson(ValueError):
    """A text is not JSON; `str()` gives the reason and the place, a line and a column in bytes, both from 1."""


class NumberOutOfRange(InvalidJson):
    """A number is too large for a float."""


def read_number(text: str) -> int | float:
    """Return a JSON number's value: an integer if it fits 64 bits and is not `-0`, else a float.

    Decimals are not rounded correctly, but as VRL reads them: as many digits as fit an unsigned 64-bit integer, scaled
    by powers of ten, each step rounded.

    Raises:
        NumberOutOfRange: The number is too large for a float.
    """
    match = _NUMBER.fullmatch(text)
    assert match is not None, text
    sign, whole, fraction, exponent_sign, exponent = match.groups()
    if fraction is None and exponent is None and len(whole) <= 19:
        number = int(text)
        if -I64_MAX - 1 <= number <= I64_MAX and (number or not sign):
            return number
    if len(whole) + len(fraction or "") <= 19:  # all of them fit
        significand, scale = int(whole + (fraction or "")), -len(fraction or "")
    else:
        significand, scale = _significand(whole, fraction or "")
    if exponent is not None:
        power = int(exponent) if len(exponent) <= 10 else int(exponent.lstrip("0")[:11] or "0")
        if power > _I32_MAX:
            if significand and exponent_sign != "-":
                raise NumberOutOfRange("number out of range")
            return -0.0 if sign else 0.0
        scale += -power if exponent_sign == "-" else power
    size = _scaled(float(significand), scale)
    return -size if sign else size


def _significand(whole: str, fraction: str) -> tuple[int, int]:
    """Return the digits that fit an unsigned 64-bit integer, and the power of ten that they lack."""
    significand, scale, digits = 0, 0, iter(whole)
    for digit in digits:
        longer = significand * 10 + int(digit)
        if longer > U64_MAX:
            scale = 1 + sum(1 for _ in digits)
            break
        significand = longer
    for digit in fraction:
        longer = significand * 10 + int(digit)
        if longer > U64_MAX:
            break
        significand, scale = longer, scale - 1
    return significand, scale


def _scaled(number: float, power: int) -> float:
    """Return a number times a power of ten."""
    while abs(power) > 308:
        if number == 0.0:
            return number
        if power > 0:
            raise NumberOutOfRange("number out of range")
        number /= 1e308
        power += 308
    number = number * _POWERS[power] if power >= 0 else number / _POWERS[-power]
    if number == float("inf"):
        raise NumberOutOfRange("number out of range")
    return number


def read(data: bytes, lenient_numbers: bool = False) -> Value:
    """Read a value from JSON text in UTF-8.

    Args:
        data: The text.
        lenient_numbers: Read a number beyond the range of floats as null.

    Raises:
        InvalidJson: The text is not JSON, is not UTF-8, or is deeper than `DEEPEST`.
    """
    reader = _Reader(data, lenient_numbers)
    value = reader.value(DEEPEST)
    if reader.peek() is not None:
        reader.fail_here("trailing characters")
    return value


class _Reader:
    """A place in a text, and the readers of what may stand there."""

    def __init__(self, data: bytes, lenient_numbers: bool) -> None:
        self.data = data
        self.at = 0
        self.lenient_numbers = lenient_numbers

    def fail(self, reason: str) -> NoReturn:
        """Raise an error whose column is that of the last byte read."""
        before = self.data[: self.at]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1)
        raise InvalidJson(f"{reason} at line {line} column {column}")

    def fail_here(self, reason: str) -> NoReturn:
        """Raise an error whose column is that of the byte to be read next."""
        self.at = min(self.at + 1, len(self.data))
        self.fail(reason)

    def peek(self) -> int | None:
        """Skip white space and return the next byte."""
        self.at = _SPACE.match(self.data, self.at).end()
        return self.data[self.at] if self.at < len(self.data) else None

    def byte(self) -> int:
        """Return the next byte without skipping, 0 at the end."""
        return self.data[self.at] if self.at < len(self.data) else 0

    def value(self, depth: int) -> Value:
        """Read a value that may hold `depth` containers within one another."""
        first = self.peek()
        if first is None:
            self.fail_here("EOF while parsing a value")
        if first == 0x22:
            self.at += 1
            return self.string()
        if first == 0x2D or 0x30 <= first <= 0x39:
            return self.number()
        if first == 0x7B or first == 0x5B:
            if not depth:
                self.fail_here("recursion limit exceeded")
            self.at += 1
            return self.object(depth - 1) if first == 0x7B else self.array(depth - 1)
        if first in _WORDS:
            return self.word(*_WORDS[first])
        self.fail_here("expected value")

    def word(self, letters: bytes, meaning: Value) -> Value:
        for letter in letters:
            if self.at >= len(self.data):
                self.fail("EOF while parsing a value")
            self.at += 1
            if self.data[self.at - 1] != letter:
                self.fail("expected ident")
        return meaning

    def array(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while (byte := self.peek()) != 0x5D:
            if byte is None:
                self.fail_here("EOF while parsing a list")
            if items:
                if byte != 0x2C:
                    self.fail_here("expected `,` or `]`")
                self.at += 1
                if self.peek() == 0x5D:
                    self.fail_here("trailing comma")
            items.append(self.value(depth))
        self.at += 1
        return items

    def object(self, depth: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        is_first = True
        while (byte := self.peek()) != 0x7D:
            if byte is None:
                self.fail_here("EOF while parsing an object")
            if not is_first:
                if byte != 0x2C:
                    self.fail_here("expected `,` or `}`")
                self.at += 1
                byte = self.peek()
                if byte is None:
                    self.fail_here("EOF while parsing a value")
                if byte == 0x7D:
                    self.fail_here("trailing comma")
            is_first = False
            if byte != 0x22:
                self.fail_here("key must be a string")
            self.at += 1
            key = self.string()
            byte = self.peek()
            if byte != 0x3A:
                self.fail_here("EOF while parsing an object" if byte is None else "expected `:`")
            self.at += 1
            fields[key] = self.value(depth)
        self.at += 1
        return fields

    def string(self) -> str:
        """Read a string whose opening quote has been read."""
        parts: list[bytes] = []
        while True:
            start = self.at
            self.at = _PLAIN_TEXT.match(self.data, start).end()
            parts.append(self.data[start : self.at])
            if self.at >= len(self.data):
                self.fail("EOF while parsing a string")
            self.at += 1
            byte = self.data[self.at - 1]
            if byte == 0x22:
                break
            if byte != 0x5C:
                self.fail("control character (\\u0000-\\u001F) found while parsing a string")
            parts.append(self.escape().encode("utf-8"))
        try:
            return b"".join(parts).decode("utf-8")
        except UnicodeDecodeError:
            self.fail("invalid unicode code point")

    def next_in_string(self) -> int:
        if self.at >= len(self.data):
            self.fail("EOF while parsing a string")
        self.at += 1
        return self.data[self.at - 1]

    def escape(self) -> str:
        byte = self.next_in_string()
        if byte != 0x75:
            if byte not in _ESCAPES:
                self.fail("invalid escape")
            return _ESCAPES[byte]
        unit = self.hexadecimal()
        if 0xDC00 <= unit <= 0xDFFF:
            self.fail("lone leading surrogate in hex escape")
        if not 0xD800 <= unit <= 0xDBFF:
            return chr(unit)
        for expected in b"\\u":
            if self.next_in_string() != expected:
                self.fail("unexpected end of hex escape")
        second = self.hexadecimal()
        if not 0xDC00 <= second <= 0xDFFF:
            self.fail("lone leading surrogate in hex escape")
        return chr(0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00))

    def hexadecimal(self) -> int:
        digits = self.data[self.at : self.at + 4]
        self.at += len(digits)
        if len(digits) < 4:
            self.fail("EOF while parsing a string")
        if not all(digit in b"0123456789abcdefABCDEF" for digit in digits):
            self.fail("invalid escape")
        return int(digits, 16)

    def number(self) -> int | float | None:
        start, exponent = self.at, None
        if self.byte() == 0x2D:
            self.at += 1
            if self.at >= len(self.data):
                self.fail("EOF while parsing a value")
            if not 0x30 <= self.byte() <= 0x39:
                self.at += 1
                self.fail("invalid number")
        if self.byte() == 0x30:
            self.at += 1
            if 0x30 <= self.byte() <= 0x39:
                self.fail_here("invalid number")
        self.digits()
        if self.byte() == 0x2E:
            self.at += 1
            if not self.digits():
                self.fail_here("EOF while parsing a value" if self.at >= len(self.data) else "invalid number")
        if self.byte() in b"eE" and self.at < len(self.data):
            self.at += 1
            if self.byte() in b"+-" and self.at < len(self.data):
                self.at += 1
            if self.at >= len(self.data):
                self.fail("EOF while parsing a value")
            exponent = self.at
            if not self.digits():
                self.at += 1
                self.fail("invalid number")
        try:
            return read_number(self.data[start : self.at].decode("ascii"))
        except NumberOutOfRange as problem:
            if self.lenient_numbers:
                return None
            if exponent is not None:
                self.at = self.exponent_end(exponent)
            self.fail(str(problem))

    def exponent_end(self, start: int) -> int:
        """Return where the reading of an exponent ends: at the digit that takes it beyond 32 bits, if one does."""
        power = 0
        for end in range(start, self.at):
            power = power * 10 + self.data[end] - 0x30
            if power > _I32_MAX:
                return end + 1
        return self.at

    def digits(self) -> int:
        """Read digits; return how many."""
        start = self.at
        self.at = _DIGITS.match(self.data, start).end()
        return self.at - start
