"""Strings that are byte sequences: bytes outside UTF-8 are held as surrogate escapes.

Every string value is the decoding of some bytes under the `surrogateescape` rule, and there is one such decoding only.
Operations that put strings side by side could break that, when two halves of a character meet: they use `joined`.
"""

from __future__ import annotations

from collections.abc import Iterable

# The lone surrogates that stand for the bytes 0x80 to 0xFF.
_LOW, _HIGH = "\udc80", "\udcff"
# A character has four bytes at most, so at most three of them lie on one side of a seam.
_REACH = 3

# The characters that Unicode calls white space; `str.isspace` and `\s` would add the separators U+001C to U+001F.
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"


def to_bytes(text: str) -> bytes:
    """Return the bytes that a string value stands for."""
    return text.encode("utf-8", "surrogateescape")


def from_bytes(data: bytes | bytearray | memoryview) -> str:
    """Return the string value of some bytes, which need not be UTF-8."""
    return str(data, "utf-8", "surrogateescape")


def is_utf8(text: str) -> bool:
    """Tell whether the bytes of a string value are valid UTF-8."""
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def replaced(text: str) -> str:
    """Return the text with U+FFFD for each maximal sequence of bytes that is not UTF-8."""
    if text.isascii() or is_utf8(text):
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def byte_length(text: str) -> int:
    """Return the number of bytes of a string value."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


def joined(left: str, right: str) -> str:
    """Concatenate two string values; halves of a character that meet become that character."""
    if left and right and _LOW <= left[-1] <= _HIGH and _LOW <= right[0] <= _HIGH:
        return _join_at_seam(left, right)
    return left + right


def joined_all(parts: Iterable[str], separator: str = "") -> str:
    """Concatenate string values with a separator between them."""
    text = separator.join(parts)
    return text if is_utf8(text) else from_bytes(to_bytes(text))


def _join_at_seam(left: str, right: str) -> str:
    """Concatenate strings that end and begin with an escaped byte, looking at the few bytes around the seam only."""
    cut = len(left)
    while cut > 0 and len(left) - cut < _REACH and _LOW <= left[cut - 1] <= _HIGH:
        cut -= 1
    end = 0
    while end < min(_REACH, len(right)) and _LOW <= right[end] <= _HIGH:
        end += 1
    return left[:cut] + from_bytes(to_bytes(left[cut:] + right[:end])) + right[end:]


def byte_order(text: str) -> bytes:
    """Return a sort key that orders string values as their bytes do.

    Object keys are valid UTF-8, whose code points sort as the bytes do: they need no key.
    """
    return to_bytes(text)


def is_less(left: str, right: str) -> bool:
    """Tell whether one string value comes before another in byte order."""
    if left.isascii() or right.isascii():
        # An ASCII character is below every other byte and every escape, so code points decide as bytes would.
        return left < right
    return to_bytes(left) < to_bytes(right)
