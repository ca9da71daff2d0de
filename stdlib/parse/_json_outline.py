"""JSON text whose values stay text: where each value lies, and whether it has the form of one.

Numbers are not evaluated and escapes of surrogates not paired here, as those inside a value that stays text need not
be. Nothing recurses, so the depth does not matter.
"""

from __future__ import annotations

import re
from typing import NoReturn

_SPACE = re.compile(rb"[ \t\r\n]*+")
_PLAIN = re.compile(rb'[^"\\\x00-\x1f]*+')
_HEX = re.compile(rb"[0-9a-fA-F]{4}")
_WORDS = {0x6E: b"null", 0x74: b"true", 0x66: b"false"}
_DIGITS = b"0123456789"


class InvalidOutline(ValueError):
    """A text has not the form of JSON; `str()` gives the reason and the place."""


def fail(data: bytes, at: int, reason: str) -> NoReturn:
    """Raise an error whose column is the number of bytes of the line before an offset."""
    before = data[:at]
    line = before.count(b"\n") + 1
    column = at - (before.rfind(b"\n") + 1)
    raise InvalidOutline(f"{reason} at line {line} column {column}")


def check_outline(data: bytes) -> None:
    """Check that a text is one value.

    Raises:
        InvalidOutline: It is not.
    """
    at = skip_value(data, 0)
    try:
        data[:at].decode("utf-8")
    except UnicodeDecodeError:
        fail(data, at, "invalid unicode code point")
    at = skip_space(data, at)
    if at < len(data):
        fail(data, at + 1, "trailing characters")


def skip_space(data: bytes, at: int) -> int:
    """Return the offset of what comes after white space."""
    return _SPACE.match(data, at).end()  # type: ignore[union-attr]


def skip_value(data: bytes, at: int) -> int:
    """Return the offset behind the value that begins at an offset, or after white space there."""
    open_frames: list[int] = []
    while True:
        at = skip_space(data, at)
        first = data[at] if at < len(data) else None
        if first == 0x5B or first == 0x7B:
            open_frames.append(first)
            at, comma = at + 1, False
        else:
            at, comma = _skip_scalar(data, at, first), True
        while open_frames:
            frame = open_frames[-1]
            at = skip_space(data, at)
            byte = data[at] if at < len(data) else None
            if byte is None:
                fail(data, len(data), "EOF while parsing a list" if frame == 0x5B else "EOF while parsing an object")
            if byte == frame + 2:
                open_frames.pop()
                at, comma = at + 1, True
                continue
            if comma:
                if byte != 0x2C:
                    fail(data, at + 1, "expected `,` or `]`" if frame == 0x5B else "expected `,` or `}`")
                at += 1
            if frame == 0x7B:
                at = _skip_key(data, at)
            break
        else:
            return at


def _skip_key(data: bytes, at: int) -> int:
    at = skip_space(data, at)
    if at >= len(data):
        fail(data, len(data), "EOF while parsing an object")
    if data[at] != 0x22:
        fail(data, at + 1, "key must be a string")
    at = skip_space(data, skip_string(data, at + 1))
    if at >= len(data):
        fail(data, len(data), "EOF while parsing an object")
    if data[at] != 0x3A:
        fail(data, at + 1, "expected `:`")
    return at + 1


def _skip_scalar(data: bytes, at: int, first: int | None) -> int:
    if first is None:
        fail(data, len(data), "EOF while parsing a value")
    if first == 0x22:
        return skip_string(data, at + 1)
    if first == 0x2D or first in _DIGITS:
        return _skip_number(data, at)
    word = _WORDS.get(first)
    if word is None:
        fail(data, at + 1, "expected value")
    for letter in word:
        if at >= len(data):
            fail(data, at, "EOF while parsing a value")
        at += 1
        if data[at - 1] != letter:
            fail(data, at, "expected ident")
    return at


def skip_string(data: bytes, at: int) -> int:
    """Return the offset behind a string whose opening quote has been read."""
    while True:
        at = _PLAIN.match(data, at).end()  # type: ignore[union-attr]
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


def _skip_number(data: bytes, at: int) -> int:
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
