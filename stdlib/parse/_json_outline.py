"""JSON text whose values stay text: where each value lies, and whether it has the form of one.

Numbers are not evaluated and escapes of surrogates not paired here, as those inside a value that stays text need not
be. Nothing recurses, so the depth does not matter.
"""

from __future__ import annotations

from ._json_text import InvalidOutline, fail, skip_number, skip_space, skip_string

__all__ = ["InvalidOutline", "check_outline", "fail", "skip_space", "skip_string", "skip_value"]

_WORDS = {0x6E: b"null", 0x74: b"true", 0x66: b"false"}
_DIGITS = b"0123456789"


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
        return skip_number(data, at)
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
