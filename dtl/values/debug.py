"""Values as Rust's debug format shows them: some of VRL's messages quote them so."""

from __future__ import annotations

import unicodedata

from dtl.values.instant import Timestamp
from dtl.values.regex import Regex
from dtl.values.text import replaced, to_bytes
from dtl.values.value import Form, Value, written

_ESCAPES = {"\0": "\\0", "\t": "\\t", "\r": "\\r", "\n": "\\n", '"': '\\"', "\\": "\\\\"}
# Characters that extend a grapheme although they are no nonspacing or enclosing marks.
_EXTENDING = frozenset(
    "\u09be\u09d7\u0b3e\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u1b35\u302e\u302f\uff9e\uff9f"
)


def debug_text(text: str) -> str:
    """Write a string in quotes, with escapes for what is not printable or extends the character before it."""
    text = replaced(text)
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    escape = _ESCAPES.get(character)
    if escape is not None:
        return escape
    extends = unicodedata.category(character) in ("Mn", "Me") or character in _EXTENDING
    return f"\\u{{{ord(character):x}}}" if extends or not character.isprintable() else character


def debug_byte(byte: int) -> str:
    """Write a byte as it stands in a byte string literal."""
    character = chr(byte)
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"


def debug_float(number: float) -> str:
    """Write a float: with `.0` where it is whole, with an exponent below 1e-4 and from 1e16."""
    digits, _, exponent = repr(number).partition("e")
    return f"{digits}e{int(exponent)}" if exponent else digits


def debug_value(value: Value) -> str:
    """Write a value with the name of its kind."""
    return written(value, _FORM)


def _scalar(value: Value) -> str:
    match value:
        case None:
            return "Null"
        case bool():
            return f"Boolean({str(value).lower()})"
        case int():
            return f"Integer({value})"
        case float():
            return f"Float({debug_float(value)})"
        case str():
            return 'Bytes(b"' + "".join(map(debug_byte, to_bytes(value))) + '")'
        case Timestamp():
            return f"Timestamp({value.to_rfc3339()})"
        case Regex():
            return f"Regex(ValueRegex(Regex({debug_text(value.pattern)})))"
    raise TypeError(f"not a value: {type(value).__name__}")


_FORM = Form(("Array([", "])"), ("Object({", "})"), lambda key: f"KeyString({debug_text(key)}): ", _scalar)
