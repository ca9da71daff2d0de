"""Character sets of one byte a character: Python's tables, corrected where the Encoding Standard differs."""

from __future__ import annotations

from functools import lru_cache

_CODECS = {
    "ibm866": "cp866",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874",
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
}
_CORRECTIONS = {"koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"}, "windows-1255": {0xCA: "\u05ba"}}


@lru_cache(maxsize=64)
def table(name: str) -> str:
    """Return the characters of all 256 bytes; U+FFFE for none."""
    if name == "x-user-defined":
        return "".join(chr(byte if byte < 0x80 else 0xF700 + byte) for byte in range(256))
    found = []
    corrections = _CORRECTIONS.get(name, {})
    for byte in range(256):
        # Below 0xA0 every byte stands for something: for a control character, if for nothing else.
        character = bytes([byte]).decode(_CODECS[name], "ignore") or ("\ufffe" if byte >= 0xA0 else chr(byte))
        found.append(corrections.get(byte, character))
    return "".join(found)


@lru_cache(maxsize=64)
def reverse_table(name: str) -> dict[int, int]:
    """Return the byte of each character that has one."""
    return {ord(character): byte for byte, character in enumerate(table(name)) if character != "\ufffe"}
