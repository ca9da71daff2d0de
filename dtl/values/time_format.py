"""The directives of timestamp formats: one table that writing and reading share."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from dtl.values.text import WHITE_SPACE


class Kind(Enum):
    """What a part of a format is."""

    LITERAL = "literal"
    SPACE = "space"
    NUMBER = "number"
    NAME = "name"
    FRACTION = "fraction"
    OFFSET = "offset"
    ZONE = "zone"
    ISO = "iso"
    ERROR = "error"


class Part(NamedTuple):
    """A part of a format.

    The detail is the text itself for literals and spaces, and else says which number, name, fraction or offset it is.
    Padding matters to numbers when they are written: `0`, `_` (a space) or `-` (none).
    """

    kind: Kind
    detail: str = ""
    padding: str = ""


_BAD = Part(Kind.ERROR)


def _number(detail: str, padding: str = "0") -> tuple[Part, ...]:
    return (Part(Kind.NUMBER, detail, padding),)


def _name(detail: str) -> tuple[Part, ...]:
    return (Part(Kind.NAME, detail),)


def _fraction(detail: str) -> tuple[Part, ...]:
    return (Part(Kind.FRACTION, detail),)


def _offset(detail: str) -> tuple[Part, ...]:
    return (Part(Kind.OFFSET, detail),)


def _between(text: str, *parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return parts with a literal between each two."""
    first, *rest = parts
    literal = Part(Kind.SPACE if text.isspace() else Kind.LITERAL, text)
    return first + tuple(part for group in rest for part in (literal, *group))


_YEAR, _MONTH, _DAY = _number("year"), _number("month"), _number("day")
_SPACED_DAY = _number("day", "_")
_TIME = _between(":", _number("hour"), _number("minute"), _number("second"))
_HALF_TIME = _between(":", _number("hour of half"), _number("minute"), _number("second"))
_SLASHED = _between("/", _MONTH, _DAY, _number("year of century"))

_DIRECTIVES: dict[str, tuple[Part, ...]] = {
    "Y": _YEAR,
    "C": _number("century"),
    "y": _number("year of century"),
    "G": _number("iso year"),
    "g": _number("iso year of century"),
    "q": _number("quarter", "-"),
    "m": _MONTH,
    "b": _name("short month"),
    "h": _name("short month"),
    "B": _name("month"),
    "d": _DAY,
    "e": _SPACED_DAY,
    "a": _name("short weekday"),
    "A": _name("weekday"),
    "w": _number("weekday from sunday", "-"),
    "u": _number("weekday from monday", "-"),
    "U": _number("week from sunday"),
    "W": _number("week from monday"),
    "V": _number("iso week"),
    "j": _number("day of year"),
    "D": _SLASHED,
    "x": _SLASHED,
    "F": _between("-", _YEAR, _MONTH, _DAY),
    "v": _between("-", _SPACED_DAY, _name("short month"), _YEAR),
    "H": _number("hour"),
    "k": _number("hour", "_"),
    "I": _number("hour of half"),
    "l": _number("hour of half", "_"),
    "P": _name("lower half"),
    "p": _name("upper half"),
    "M": _number("minute"),
    "S": _number("second"),
    "f": _number("nanosecond"),
    ".f": _fraction("."),
    ".3f": _fraction(".3"),
    ".6f": _fraction(".6"),
    ".9f": _fraction(".9"),
    "3f": _fraction("3"),
    "6f": _fraction("6"),
    "9f": _fraction("9"),
    "R": _between(":", _number("hour"), _number("minute")),
    "T": _TIME,
    "X": _TIME,
    "r": _between(" ", _HALF_TIME, _name("upper half")),
    "Z": (Part(Kind.ZONE),),
    "z": _offset(""),
    ":z": _offset(":"),
    "::z": _offset("::"),
    ":::z": _offset(":::"),
    "#z": _offset("#"),
    "c": _between(" ", _name("short weekday"), _name("short month"), _SPACED_DAY, _TIME, _YEAR),
    "+": (Part(Kind.ISO),),
    "s": _number("timestamp", "-"),
    "t": (Part(Kind.SPACE, "\t"),),
    "n": (Part(Kind.SPACE, "\n"),),
    "%": (Part(Kind.LITERAL, "%"),),
}
_LONGEST = max(map(len, _DIRECTIVES))


@lru_cache(maxsize=512)
def read_format(text: str) -> tuple[Part, ...]:
    """Split a format into its parts; a directive that does not exist becomes an error part, and the last one."""
    parts: list[Part] = []
    at = 0
    while at < len(text):
        start = at
        if text[at] != "%":
            spaced = text[at] in WHITE_SPACE
            while at < len(text) and text[at] != "%" and (text[at] in WHITE_SPACE) == spaced:
                at += 1
            parts.append(Part(Kind.SPACE if spaced else Kind.LITERAL, text[start:at]))
            continue
        at += 1
        padding = text[at : at + 1] if text[at : at + 1] in ("-", "_", "0") else ""
        at += len(padding)
        for length in range(_LONGEST, 0, -1):
            directive = _DIRECTIVES.get(text[at : at + length])
            if directive is not None and len(text[at : at + length]) == length:
                break
        else:
            return (*parts, _BAD)
        at += length
        if padding:
            if len(directive) > 1 or directive[0].kind is not Kind.NUMBER:
                return (*parts, _BAD)
            directive = (directive[0]._replace(padding=padding),)
        parts.extend(directive)
    return tuple(parts)
