"""Joda's notation of dates: as a format of strptime, and as a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(r"([A-Za-z])\1*|'([^']*)'?|.", re.DOTALL)
# One directive whatever the number of letters.
_DIRECTIVES = {
    "h": "%I",
    "H": "%H",
    "m": "%M",
    "s": "%S",
    "x": "%D",
    "c": "%C",
    "C": "%C",
    "e": "%u",
    "D": "%j",
    "w": "%V",
    "a": "%p",
    "z": "%Z",
}
_MONTHS = ("%-m", "%m", "%b", "%B")


class InvalidDateFormat(ValueError):
    """The notation has a letter, or a number of a letter, without a meaning."""


def _pieces(notation: str) -> Iterator[tuple[str, int, str]]:
    """Give each run of a letter as the letter and its length, and all else as text."""
    for found in _PIECE.finditer(notation):
        if found[1]:
            yield found[1], len(found[0]), ""
        else:
            yield "", 0, found[2] if found[0].startswith("'") else found[0]


def strptime_of(notation: str) -> str:
    """Return the notation as a format of strptime.

    Raises:
        InvalidDateFormat: It has a letter without a meaning.
    """
    text = ""
    for letter, count, literal in _pieces(notation):
        if not letter:
            text += literal
        elif letter == "S":
            # The fraction's directive takes the point in front of the digits.
            text = text[:-1] + "%.f"
        else:
            text += _directive(letter, count)
    return text


def _directive(letter: str, count: int) -> str:
    if letter in _DIRECTIVES:
        return _DIRECTIVES[letter]
    match letter:
        case "y" | "Y":
            return "%y" if count == 2 else "%Y"
        case "d":
            return "%-d" if count == 1 else "%d"
        case "M":
            return _MONTHS[min(count, 4) - 1]
        case "E" if count >= 3:
            return "%a" if count == 3 else "%A"
        case "Z":
            return {1: "%z", 2: "%:z"}.get(count, "")
    raise InvalidDateFormat(f"no such directive: {letter * count}")


def pattern_of(notation: str, groups: bool) -> str:
    """Return a regular expression for dates of the notation.

    Args:
        notation: Joda's notation.
        groups: Whether the zone's name and the point before a fraction become the groups `tz` and `fr`.

    Raises:
        InvalidDateFormat: It has a letter without a meaning.
    """
    text = before = ""
    for letter, count, literal in _pieces(notation):
        if letter == "S" and before:
            raise InvalidDateFormat("a fraction must stand behind a point or the like")
        before = letter
        if not letter:
            text += literal.replace(".", r"\.") if len(literal) == 1 else literal
        elif letter == "S":
            point, text = text[-1:], text[:-1]
            if point == ".":
                point, text = r"\.", text[:-1]
            if point:
                text += f"(?P<fr>{point})" if groups else point
            text += rf"[\d]{{{count}}}"
        else:
            text += _digits(letter, count, groups)
    return text


def _digits(letter: str, count: int, groups: bool) -> str:
    match letter:
        case "h" | "H" | "m" | "s" | "Y" | "x" | "c" | "C" | "e" | "D" | "w":
            return rf"[\d]{{{count}}}"
        case "d" | "M" if count == 1:
            return r"[\d]{1,2}"
        case "y":
            return rf"[\d]{{{4 if count == 1 else count}}}"
        case "d":
            return rf"[\d]{{{count}}}"
        case "M" if count == 2:
            return r"[\d]{2}"
        case "M" | "E" if count == 3:
            return r"[\w]{3}"
        case "M" | "E" if count > 3:
            return r"[\w]+"
        case "a":
            return "(?:[aA][mM]|[pP][mM])"
        case "z":
            name = r"[\w]+(?:/[\w]+)?" if count >= 4 else r"[\w]+"
            return f"(?P<tz>{name})" if groups else name
        case "Z":
            return r"(?:Z|[+-]\d\d:?\d\d)" if count <= 2 else r"[\w]+(?:/[\w]+)?"
    raise InvalidDateFormat(f"no such directive: {letter * count}")
