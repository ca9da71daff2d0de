"""ISO-2022-JP, which shifts between sets of seven bits by escape sequences."""

from __future__ import annotations

_ASCII, _ROMAN, _KANJI = b"\x1b(B", b"\x1b(J", b"\x1b$B"

# Half-width katakana and marks, from U+FF61 on, at full width.
_FULL_WIDTH = (
    "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト"
    "ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
)


def encode_with_escapes(text: str, pairs: dict[str, bytes]) -> bytes:
    """Encode a text; a character that the encoding lacks becomes its number, as `&#...;`.

    Args:
        text: The text.
        pairs: The bytes of each character in EUC-JP, which has the same rows with other bytes.
    """
    pieces: list[bytes] = []
    state = _ASCII
    for character in text:
        half = ord(character) - 0xFF61
        each = _FULL_WIDTH[half] if 0 <= half < len(_FULL_WIDTH) else character
        pair = pairs.get(each, b"")
        if each in "\xa5\u203e":
            wanted, piece = _ROMAN, pair
        elif each < "\x80":
            wanted, piece = _ROMAN if state == _ROMAN and each not in "\\~" else _ASCII, each.encode()
        elif len(pair) == 2 and pair[0] != 0x8E:
            wanted, piece = _KANJI, bytes(byte & 0x7F for byte in pair)
        else:
            wanted, piece = _ASCII, b"&#%d;" % ord(each)
        if wanted != state:
            pieces.append(wanted)
            state = wanted
        pieces.append(piece)
    if state != _ASCII:
        pieces.append(_ASCII)
    return b"".join(pieces)
