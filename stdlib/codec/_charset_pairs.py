"""Character sets of one or two bytes a character, of East Asia.

Python's codecs do the work; where they differ from the Encoding Standard, the difference is stated here. Encoding
goes by what decoding gives.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from ._charset_escapes import encode_with_escapes

_CODECS = {
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}

# Characters that Python's codecs give for others.
_GB18030 = dict(
    zip(
        [*range(0xE78D, 0xE797), 0xE7C7, 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864, 0xE5E5],
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
        "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb\u3000",
        strict=True,
    )
)
_JAPANESE = str.maketrans("\u301c\u2016\u2212\xa2\xa3\xac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2")
_CORRECTIONS: dict[str, dict[int, Any]] = {
    "gbk": _GB18030,
    "gb18030": _GB18030,
    "euc-jp": _JAPANESE,
    "iso-2022-jp": _JAPANESE,
    "big5": str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡"),
    "shift_jis": {code: "\ufffd" for code in range(0xF8F0, 0xF8F4)},
}

_KANJI_TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFD)]
_CHINESE_TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
_EUC = range(0xA1, 0xFF)
# First and second bytes of the pairs that are written; rows that repeat others, or are a user's own, are not.
_WRITTEN: dict[str, tuple[Iterable[int], Iterable[int]]] = {
    "gbk": (range(0x81, 0xFF), _CHINESE_TRAILS),
    "big5": (_EUC, _CHINESE_TRAILS),
    "euc-jp": (_EUC, _EUC),
    "shift_jis": ([*range(0x81, 0xA0), *range(0xE0, 0xED), 0xEF, *range(0xFA, 0xFD)], _KANJI_TRAILS),
    "euc-kr": (range(0x81, 0xFF), range(0x41, 0xFF)),
}


def is_paired(name: str) -> bool:
    """Tell whether an encoding is one of these."""
    return name in _CODECS


def decode_pairs(data: bytes, name: str) -> str:
    """Decode bytes; what is wrong becomes U+FFFD."""
    text = data.decode(_CODECS[name], "dtl-pairs")
    corrections = _CORRECTIONS.get(name)
    return text.translate(corrections) if corrections else text


def _bad_pair(problem: UnicodeError) -> tuple[str, int]:
    """Put one U+FFFD for a bad pair of bytes; an ASCII character after a bad first byte stands for itself."""
    assert isinstance(problem, UnicodeDecodeError)
    data, at = problem.object, problem.start
    lead, trail = data[at], data[at + 1] if at + 1 < len(data) else 0
    if lead == 0x80 and problem.encoding == "gb18030":
        return "\u20ac", at + 1
    if problem.encoding == "big5hkscs" and lead == 0xA3 and 0xC0 <= trail <= 0xE1:
        return "\u2421" if trail == 0xE0 else "\u20ac" if trail == 0xE1 else chr(0x2340 + trail), at + 2
    if problem.encoding == "euc_jp":
        if lead in _EUC and trail in _EUC:
            return _kanji(lead - 0xA1, trail - 0xA1), at + 2
        if lead not in (0x8E, 0x8F) and lead not in _EUC:
            return "\ufffd", at + 1
    return "\ufffd", at + (2 if 0x80 < lead < 0xFF and trail >= 0x80 else 1)


codecs.register_error("dtl-pairs", _bad_pair)


def _kanji(row: int, cell: int) -> str:
    """Return the character of a row and cell that only Microsoft's table has."""
    lead = 0x81 + row // 2 + (0x40 if row >= 62 else 0)
    trail = 0x9F + cell if row % 2 else 0x40 + cell + (cell >= 63)
    text = bytes([lead, trail]).decode("cp932", "replace")
    return text if len(text) == 1 and not "\ue000" <= text < "\uf900" else "\ufffd"


@lru_cache(maxsize=8)
def _encodings(name: str) -> dict[str, bytes]:
    """Return the pair that stands for each character; the first where there are several."""
    found: dict[str, bytes] = {}
    leads, trails = _WRITTEN[name]
    for lead in leads:
        for trail in trails:
            pair = bytes([lead, trail])
            text = decode_pairs(pair, name)
            # In Big5 the last of the box drawings and of two numerals is the one that is written.
            if len(text) == 1 and text != "\ufffd" and (text not in found or (name == "big5" and text in "═╞╡╪十卅")):
                found[text] = pair
    if name in ("euc-jp", "shift_jis"):
        prefix = b"\x8e" if name == "euc-jp" else b""
        found.update({chr(0xFEC0 + byte): prefix + bytes([byte]) for byte in range(0xA1, 0xE0)})
        found.update({"\xa5": b"\\", "\u203e": b"~", "\u2212": found["\uff0d"]})
    if name == "shift_jis":
        found["\x80"] = b"\x80"
    if name == "gbk":
        found["\u20ac"] = b"\x80"
    return found


def encode_pairs(text: str, name: str) -> bytes:
    """Encode a text; a character that the encoding lacks becomes its number, as `&#...;`."""
    if name == "iso-2022-jp":
        return encode_with_escapes(text, _encodings("euc-jp"))
    if name == "gb18030":
        known = {**_encodings("gbk"), "\u20ac": b"\xa2\xe3"}
        return b"".join(known.get(each) or each.encode("gb18030") for each in text)
    known = _encodings(name)
    return b"".join(each.encode() if each < "\x80" else known.get(each) or b"&#%d;" % ord(each) for each in text)
