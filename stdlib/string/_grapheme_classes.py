"""The classes of characters that decide where a grapheme cluster ends."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from ._grapheme_ranges import CLASSES, CONJUNCTS


def _sorted_ranges(table: dict[str, str]) -> tuple[list[int], list[tuple[int, str]]]:
    """Return where the ranges of a table begin, in order, and where each ends with its class."""
    rows = []
    for name, text in table.items():
        for item in text.split():
            first, _, last = item.partition("-")
            rows.append((int(first, 16), int(last or first, 16), name))
    rows.sort()
    return [first for first, _, _ in rows], [(last, name) for _, last, name in rows]


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[list[int], list[tuple[int, str]]], tuple[list[int], list[tuple[int, str]]]]:
    return _sorted_ranges(CLASSES), _sorted_ranges(CONJUNCTS)


def _look_up(table: tuple[list[int], list[tuple[int, str]]], code: int) -> str:
    index = bisect_right(table[0], code) - 1
    if index < 0:
        return ""
    last, name = table[1][index]
    return name if code <= last else ""


@lru_cache(maxsize=4096)
def class_of(character: str) -> str:
    """Return a character's class; empty for those that follow no special rule."""
    code = ord(character)
    if code == 0x0D:
        return "CR"
    if code == 0x0A:
        return "LF"
    if code == 0x200D:
        return "ZWJ"
    if 0xAC00 <= code <= 0xD7A3:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    return _look_up(_tables()[0], code)


@lru_cache(maxsize=4096)
def conjunct_class(character: str) -> str:
    """Return a character's part in Indic conjuncts: consonant, linker, extend, or none (empty)."""
    found = _look_up(_tables()[1], ord(character))
    if not found and character != "\u200c" and class_of(character) in ("extend", "ZWJ"):
        return "extend"
    return found
