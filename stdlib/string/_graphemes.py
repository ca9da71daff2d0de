"""Extended grapheme clusters: characters as a reader sees them (Unicode Standard Annex 29)."""

from __future__ import annotations

from functools import lru_cache

from ._grapheme_classes import class_of, conjunct_class

# Pairs between which there is never a boundary, besides what may precede or follow anything.
_HANGUL = {
    ("L", "L"), ("L", "V"), ("L", "LV"), ("L", "LVT"), ("LV", "V"), ("LV", "T"), ("V", "V"), ("V", "T"),
    ("LVT", "T"), ("T", "T"),
}  # fmt: skip
# Names of fields are short and come again and again.
_SHORT = 64
_BREAKING = ("control", "CR", "LF")


def graphemes(text: str) -> list[str]:
    """Split a text into its grapheme clusters."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    return list(_remembered(text)) if len(text) <= _SHORT else _clusters(text)


@lru_cache(maxsize=1024)
def _remembered(text: str) -> tuple[str, ...]:
    return tuple(_clusters(text))


def _clusters(text: str) -> list[str]:
    found = []
    start = 0
    before = ""
    flags = 0  # regional indicators that precede
    pictograph = joined = False  # an emoji and its extensions precede; then a joiner
    conjunct = ""  # "consonant", or "linked" once a linker has followed
    for index, character in enumerate(text):
        here = class_of(character)
        linked = conjunct_class(character)
        if index and _is_boundary(before, here, flags, joined, conjunct == "linked" and linked == "consonant"):
            found.append(text[start:index])
            start = index
            flags = 0
        flags = flags + 1 if here == "RI" else 0
        joined = pictograph and here == "ZWJ"
        pictograph = here == "pictograph" or (pictograph and here == "extend")
        if linked == "consonant":
            conjunct = "consonant"
        elif linked == "linker":
            conjunct = "linked" if conjunct else ""
        elif linked != "extend":
            conjunct = ""
        before = here
    if text:
        found.append(text[start:])
    return found


def _is_boundary(before: str, here: str, flags: int, joined: bool, conjunct: bool) -> bool:
    """Tell whether a cluster ends between two characters (rules GB3 to GB999)."""
    if before == "CR" and here == "LF":
        return False
    if before in _BREAKING or here in _BREAKING:
        return True
    if here in ("extend", "ZWJ", "spacing") or before == "prepend" or conjunct:
        return False
    if (before, here) in _HANGUL or (joined and here == "pictograph"):
        return False
    return not (before == "RI" and here == "RI" and flags % 2 == 1)
