"""Text in old character sets, as the Encoding Standard reads and writes it."""

from __future__ import annotations

import codecs

from ._charset_labels import LABELS
from ._charset_pairs import decode_pairs, encode_pairs, is_paired
from ._charset_single import reverse_table, table

_NAMES = {label: name for name, labels in LABELS.items() for label in labels.split()}

# Encodings that are read, but never written: UTF-8 stands in for them.
_READ_ONLY = ("replacement", "utf-16be", "utf-16le")

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))


def charset_of(label: str) -> str | None:
    """Return the name of the encoding that a label stands for, or None."""
    return _NAMES.get(label.strip("\t\n\f\r ").lower())


def decode(data: bytes, name: str, marked: bool = True) -> str:
    """Decode bytes; what is wrong becomes U+FFFD.

    Args:
        data: The bytes.
        name: The name of the encoding.
        marked: Whether a byte order mark at the beginning decides about the encoding, and is left out.
    """
    if marked:
        for mark, own in _MARKS:
            if data.startswith(mark):
                data, name = data[len(mark) :], own
                break
    if name == "utf-8":
        return data.decode("utf-8", "replace")
    if name == "replacement":
        return "\ufffd" if data else ""
    if name in ("utf-16be", "utf-16le"):
        return data.decode(name.replace("utf-16", "utf-16-"), "replace")
    if is_paired(name):
        return decode_pairs(data, name)
    return codecs.charmap_decode(data, "replace", table(name))[0]


def encode(text: str, name: str) -> bytes:
    """Encode a text; a character that the encoding lacks becomes its number, as `&#...;`."""
    if name == "utf-8" or name in _READ_ONLY:
        return text.encode("utf-8")
    if is_paired(name):
        return encode_pairs(text, name)
    return codecs.charmap_encode(text, "xmlcharrefreplace", reverse_table(name))[0]
