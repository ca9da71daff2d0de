"""The strings and numbers of JSON text that stays text, and the places of its errors."""

from __future__ import annotations

import re
from typing import NoReturn

from dtl.pattern import total

_SPACE = total(rb"[ \t\r\n]*+")
_PLAIN = total(rb'[^"\\\x00-\x1f]*+')
_HEX = re.compile(rb"[0-9a-fA-F]{4}")
_DIGITS = b"0123456789"


class InvalidOutline(ValueError):
    """A text has not the form of JSON; `str()` gives the reason and the place."""


def fail(data: bytes, at: int, reason: str) -> NoReturn:
    """Raise an error whose column is the number of bytes of the line before an offset."""
    before = data[:at]
    line = before.count(b"\n") + 1
    column = at - (before.rfind(b"\n") + 1)
    raise InvalidOutline(f"{reason} at line {line} column {column}")


def skip_space(data: bytes, at: int) -> int:
    """Return the offset of what comes after white space."""
    return _SPACE.match(data, at).end()


def skip_string(data: bytes, at: int) -> int:
    """Return the offset behind a string whose opening quote has been read."""
    while True:
        at = _PLAIN.match(data, at).end()
        if at >= len(data):
            fail(data, at, "EOF while parsing a string")
        byte = data[at]
        if byte == 0x22:
            return at + 1
        if byte != 0x5C:
            fail(data, at, "control character (\\u0000-\\u001F) found while parsing a string")
        if at + 1 >= len(data):
            fail(data, len(data), "EOF while parsing a string")
        escape = data[at + 1]
        at += 2
        if escape == 0x75:
            if at + 4 > len(data):
                fail(data, len(data), "EOF while parsing a string")
            at += 4
            if not _HEX.match(data, at - 4):
                fail(data, at, "invalid escape")
        elif escape not in b'"\\/bfnrt':
            fail(data, at, "invalid escape")


def skip_number(data: bytes, at: int) -> int:
    """Return the offset behind a number."""
    at += data[at] == 0x2D
    start, at = at, _skip_digits(data, at)
    if start == at:
        fail(data, min(at + 1, len(data)), "invalid number")
    if data[start] == 0x30 and at > start + 1:
        fail(data, start + 2, "invalid number")
    if data[at : at + 1] == b".":
        start, at = at + 1, _skip_digits(data, at + 1)
        if start == at:
            fail(data, min(at + 1, len(data)), "invalid number")
    if data[at : at + 1] in (b"e", b"E"):
        at += 1
        at += data[at : at + 1] in (b"+", b"-")
        start, at = at, _skip_digits(data, at)
        if start == at:
            fail(data, min(at + 1, len(data)), "invalid number")
    return at


def _skip_digits(data: bytes, at: int) -> int:
    while at < len(data) and data[at] in _DIGITS:
        at += 1
    return at
