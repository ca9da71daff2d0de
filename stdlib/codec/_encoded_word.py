"""Encoded words of mail headers (RFC 2047), read with the leniency that mail needs."""

from __future__ import annotations

import re

from dtl.functions import FunctionError
from dtl.values.debug import debug_text

from ._base64 import decode_unpadded
from ._charset import charset_of, decode

_INNER = re.compile(r"([^?]*)\?([^?]*)\?([^?]*)")
_UTF7 = ("utf-7", "unicode-1-1-utf-7", "csunicode11utf7")

# Bytes that quoted-printable text may have; all others are left out.
_PRINTABLE = re.compile(rb"[^\t\r\n -~]")
_ESCAPE = re.compile(rb"=(?:([0-9A-Fa-f]{2})|(..?)|$)", re.DOTALL)
_BLANK = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
)


def decode_words(text: str) -> str:
    """Decode the encoded words of a text, or a text that is the inside of one.

    Raises:
        FunctionError: An encoded word is wrong.
    """
    pieces: list[str] = []
    at = 0
    while (start := text.find("=?", at)) >= 0:
        charset_end = text.find("?", start + 2)
        encoding_end = text.find("?", charset_end + 1) if charset_end >= 0 else -1
        end = text.find("?=", encoding_end + 1) if encoding_end >= 0 else -1
        if end < 0:
            break
        pieces.append(text[at:start])
        pieces.append(
            decode_word(
                text[start + 2 : charset_end], text[charset_end + 1 : encoding_end], text[encoding_end + 1 : end]
            )
        )
        at = end + 2
    if pieces:
        return "".join(pieces) + text[at:]
    inner = _INNER.match(text)
    if inner is None:
        return text
    try:
        return decode_word(*inner.groups()) + text[inner.end() :]
    except FunctionError:
        return text


def decode_word(charset: str, encoding: str, word: str) -> str:
    """Decode the text of one encoded word.

    Raises:
        FunctionError: The encoding is unknown, the text is not in it, or the character set is unknown.
    """
    if encoding in ("B", "b"):
        # Padding is wanted here.
        data = decode_unpadded(word.rstrip("=")) if len(word) % 4 == 0 else None
        if data is None or word.endswith("==="):
            raise FunctionError("Unable to decode base64 value")
    elif encoding in ("Q", "q"):
        data = _quoted_printable(word.replace("_", " "))
    else:
        raise FunctionError(f"Invalid encoding: {debug_text(encoding)}")
    name = charset_of(charset or "utf-8")
    if name is not None and name != "replacement":
        return decode(data, name, marked=False)
    if charset.strip("\t\n\f\r ").lower() in _UTF7:
        return data.decode("utf-7", "replace")
    raise FunctionError(f"Unable to decode {debug_text(charset)} value")


def _quoted_printable(text: str) -> bytes:
    """Decode quoted-printable text; escapes that are none stay as they are."""
    # White space at the end of lines is padding that mail systems add, but here the last line's is meant.
    whole = text.rstrip(_BLANK)
    lines = _PRINTABLE.sub(b"", whole.encode("utf-8")).split(b"\n")
    decoded = bytearray()
    for index, line in enumerate(lines):
        line = line.rstrip()
        soft = line.endswith(b"=") and (line.count(b"=") == 1 or not _ends_in_escape(line))
        decoded += _ESCAPE.sub(_unescape, line)
        if index < len(lines) - 1 and not soft:
            decoded += b"\r\n"
    return bytes(decoded) + text[len(whole) :].encode("utf-8")


def _ends_in_escape(line: bytes) -> bool:
    """Tell whether a line's last `=` belongs to an escape that is none, and so does not join lines."""
    last = None
    for match in _ESCAPE.finditer(line):
        last = match
    return last is not None and last[2] is not None and last.end() == len(line)


def _unescape(match: re.Match[bytes]) -> bytes:
    if match[1] is not None:
        return bytes([int(match[1], 16)])
    return match[0] if match[2] is not None else b""
