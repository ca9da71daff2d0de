"""Text in a format of chrono's directives as timestamps.

A format becomes a list of readers, one to each part, which is exact and slow. A format of the usual kind (a date, a
time of day, perhaps a fraction and an offset, each once) also becomes one pattern, which takes the texts that have no
white space but the format's; what it does not match, or what is no valid date, is left to the readers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from dtl.pattern import total
from dtl.values.calendar import MONTHS, WEEKDAYS
from dtl.values.instant import InvalidTimestamp, Timestamp
from dtl.values.strptime_iso import Quick
from dtl.values.strptime_pattern import quick_reader
from dtl.values.text import WHITE_SPACE, byte_length, replaced
from dtl.values.time_fields import OUT_OF_RANGE, Fields, fail
from dtl.values.time_format import Kind, Part, read_format
from dtl.values.zone import UTC, Zone

__all__ = ["InvalidTimestamp", "Parser", "compile_format", "parse_relaxed", "parse_timestamp"]

INVALID = "input contains invalid characters"
TOO_SHORT = "premature end of input"
TOO_LONG = "trailing input"
BAD_FORMAT = "bad or unsupported format string"

_I64_MAX = 2**63 - 1
_DIGITS = total(r"[0-9]*")
_SPACE = total(f"[{WHITE_SPACE}]*")
_COLON_OR_SPACE = total(f"[:{WHITE_SPACE}]*")
_WORD = total(f"[^{WHITE_SPACE}]*")

# The most digits of each number; those not here have two.
_WIDTHS = {
    "year": 4,
    "iso year": 4,
    "quarter": 1,
    "weekday from sunday": 1,
    "weekday from monday": 1,
    "day of year": 3,
    "nanosecond": 9,
    "timestamp": 100_000,
}
_MONTHS = [name.lower() for name in MONTHS]
_WEEKDAYS = [name.lower() for name in WEEKDAYS]

# Reads a part of the text from an offset on, notes what it says, and returns the offset after it.
_Read = Callable[[str, int, Fields], int]


class Parser:
    """A format, ready to read timestamps."""

    __slots__ = ("_has_timestamp", "_readers", "has_offset", "quick")

    def __init__(self, text: str) -> None:
        parts = read_format(text)
        # Whether texts of this format tell their offset from UTC themselves (or fail for want of one).
        self.has_offset = any(part.kind in (Kind.ISO, Kind.ZONE) or _is_plain_offset(part) for part in parts)
        self._has_timestamp = any(part.detail == "timestamp" for part in parts)
        self.quick: Quick | None = quick_reader(parts)
        self._readers = [_reader(part) for part in parts]

    def parse(self, text: str, zone: Zone = UTC) -> Timestamp:
        """Read a timestamp.

        Args:
            text: What to read.
            zone: Where the text's local time belongs, unless the format has an offset.

        Raises:
            InvalidTimestamp: The text does not fit the format, or says no or more than one instant.
        """
        if self.quick is not None:
            found = self.quick(text)
            if found is not None:
                if self.has_offset or zone.is_utc:
                    return found
                if not self._has_timestamp:
                    seconds, nanos = found
                    offsets = zone.offsets(seconds)
                    if len(offsets) == 1:
                        return Timestamp(seconds - offsets[0], nanos)
        return self.parse_by_rule(replaced(text), zone)

    def fields(self, text: str) -> Fields:
        """Return what a text says, which need not make up one instant.

        Raises:
            InvalidTimestamp: The text does not fit the format.
        """
        fields = Fields()
        at = 0
        for read in self._readers:
            at = read(text, at, fields)
        if at < len(text):
            fail(TOO_LONG)
        return fields

    def parse_by_rule(self, text: str, zone: Zone) -> Timestamp:
        """Read a timestamp directive by directive, as `parse` does where there is no quick way."""
        fields = self.fields(text)
        return fields.instant() if self.has_offset else fields.instant_in(zone)


@lru_cache(maxsize=512)
def compile_format(text: str) -> Parser:
    """Return the parser of a format; a directive that does not exist fails when a text is read up to it."""
    return Parser(text)


def parse_timestamp(text: str, format_text: str, zone: Zone = UTC) -> Timestamp:
    """Read a timestamp in a format.

    Raises:
        InvalidTimestamp: The text does not fit the format, or says no or more than one instant.
    """
    return compile_format(format_text).parse(text, zone)


def parse_relaxed(text: str) -> Timestamp:
    """Read RFC 3339 with numbers of any width, a space for the `T`, and an offset with or without a colon.

    Raises:
        InvalidTimestamp: The text is not such a timestamp.
    """
    fields = Fields()
    at = _read_iso(text, 0, fields)
    if _SPACE.match(text, at).end() < len(text):
        fail(TOO_LONG)
    return fields.instant()


def _is_plain_offset(part: Part) -> bool:
    return part.kind is Kind.OFFSET and part.detail in ("", ":", "#")


def _reader(part: Part) -> _Read:
    match part.kind:
        case Kind.LITERAL:
            return _literal_reader(part.detail)
        case Kind.SPACE:
            return _read_space
        case Kind.NUMBER:
            return _number_reader(part.detail)
        case Kind.NAME:
            return _name_reader(part.detail)
        case Kind.FRACTION:
            return _fraction_reader(part.detail)
        case Kind.OFFSET:
            return _read_any_offset if part.detail == "#" else _read_offset
        case Kind.ZONE:
            return _read_zone
        case Kind.ISO:
            return _read_iso
        case Kind.ERROR:
            return _read_error


def _read_error(text: str, at: int, fields: Fields) -> int:
    fail(BAD_FORMAT)


def _literal_reader(literal: str) -> _Read:
    length = byte_length(literal)

    def read(text: str, at: int, fields: Fields) -> int:
        if text.startswith(literal, at):
            return at + len(literal)
        fail(TOO_SHORT if byte_length(text[at:]) < length else INVALID)

    return read


def _read_space(text: str, at: int, fields: Fields) -> int:
    return _SPACE.match(text, at).end()


def _read_zone(text: str, at: int, fields: Fields) -> int:
    """Skip the name of a zone: names are not unique, so they say nothing."""
    return _WORD.match(text, at).end()


def _digits(text: str, at: int, fewest: int, most: int) -> tuple[int, int]:
    """Read digits; return their number and the offset after them."""
    if byte_length(text[at : at + fewest]) < fewest:
        fail(TOO_SHORT)
    end = _DIGITS.match(text, at, min(at + most, len(text))).end()
    if end - at < fewest:
        # A digit that would overflow is met before one that is missing, but no number that has a fewest is so long.
        fail(INVALID)
    significant = text[at:end].lstrip("0")
    number = int(significant or "0") if len(significant) < 20 else _I64_MAX + 1
    if number > _I64_MAX:
        fail(OUT_OF_RANGE)
    return number, end


def _number_reader(name: str) -> _Read:
    width = _WIDTHS.get(name, 2)
    is_signed = name in ("year", "iso year")

    def read(text: str, at: int, fields: Fields) -> int:
        at = _SPACE.match(text, at).end()
        sign = text[at : at + 1] if is_signed else ""
        if sign in ("+", "-") and sign:
            number, at = _digits(text, at + 1, 1, len(text))
            fields.put(name, -number if sign == "-" else number)
        else:
            number, at = _digits(text, at, 1, width)
            fields.put(name, number)
        return at

    return read


def _name_reader(detail: str) -> _Read:
    if detail.endswith("half"):
        return _read_half
    names = _WEEKDAYS if detail.endswith("weekday") else _MONTHS
    field, first = ("weekday", 0) if names is _WEEKDAYS else ("month", 1)
    short = [name[:3] for name in names]
    takes_long = not detail.startswith("short")

    def read(text: str, at: int, fields: Fields) -> int:
        start = _ascii_lower(text[at : at + 3])
        if start not in short:
            fail(TOO_SHORT if byte_length(text[at : at + 3]) < 3 else INVALID)
        index = short.index(start)
        fields.put(field, index + first)
        name = names[index]
        if takes_long and _ascii_lower(text[at : at + len(name)]) == name:
            return at + len(name)
        return at + 3

    return read


def _ascii_lower(text: str) -> str:
    return text.lower() if text.isascii() else text


def _read_half(text: str, at: int, fields: Fields) -> int:
    half = text[at : at + 2].lower()
    if half not in ("am", "pm"):
        fail(TOO_SHORT if byte_length(text[at : at + 2]) < 2 else INVALID)
    fields.put("half", int(half == "pm"))
    return at + 2


def _fraction_reader(detail: str) -> _Read:
    digits = int(detail[-1]) if detail[-1].isdigit() else 0
    dotted = detail.startswith(".")

    def read(text: str, at: int, fields: Fields) -> int:
        if dotted:
            if not text.startswith(".", at):
                return at
            at += 1
        if not digits:
            return _read_fraction(text, at, fields)
        number, end = _digits(text, at, digits, digits)
        fields.put("nanosecond", number * 10 ** (9 - digits))
        return end

    return read


def _read_fraction(text: str, at: int, fields: Fields) -> int:
    """Read a decimal fraction after its dot; digits after the ninth count for nothing."""
    number, end = _digits(text, at, 1, 9)
    fields.put("nanosecond", number * 10 ** (9 - (end - at)))
    return _DIGITS.match(text, end).end()


def _read_offset(text: str, at: int, fields: Fields) -> int:
    return _offset(text, _read_space(text, at, fields), fields, takes_z=False, takes_hours=False)


def _read_any_offset(text: str, at: int, fields: Fields) -> int:
    return _offset(text, _read_space(text, at, fields), fields, takes_z=True, takes_hours=True)


def _offset(text: str, at: int, fields: Fields, *, takes_z: bool, takes_hours: bool) -> int:
    """Read an offset from UTC: a sign, two digits of hours, perhaps colons or white space, two of minutes.

    Args:
        text: The text.
        at: Where the offset begins.
        fields: Where to note it.
        takes_z: `Z` means no offset.
        takes_hours: The minutes may be missing.
    """
    if takes_z and text[at : at + 1] in ("Z", "z"):
        fields.put("offset", 0)
        return at + 1
    sign = text[at : at + 1]
    if sign not in ("+", "-", "\N{MINUS SIGN}") or not sign:
        fail(INVALID if sign else TOO_SHORT)
    at += 1
    if byte_length(text[at : at + 2]) < 2:
        fail(TOO_SHORT)
    hours = text[at : at + 2]
    if not (hours.isascii() and hours.isdigit()):
        fail(INVALID)
    at = _COLON_OR_SPACE.match(text, at + 2).end()
    minutes = text[at : at + 2]
    if byte_length(minutes) < 2:
        if minutes or not takes_hours:
            fail(TOO_SHORT)
        minutes = "00"
    elif not (minutes.isascii() and minutes.isdigit()):
        fail(INVALID)
    else:
        at += 2
    if minutes >= "60":
        fail(OUT_OF_RANGE)
    seconds = int(hours) * 3_600 + int(minutes) * 60
    fields.put("offset", seconds if sign == "+" else -seconds)
    return at


_ISO_DATE = [
    _number_reader("year"), _read_space, _literal_reader("-"),
    _number_reader("month"), _read_space, _literal_reader("-"),
    _number_reader("day"),
]  # fmt: skip
_ISO_TIME = [
    _number_reader("hour"), _read_space, _literal_reader(":"),
    _number_reader("minute"), _read_space, _literal_reader(":"),
    _number_reader("second"), _fraction_reader("."), _read_space,
]  # fmt: skip


def _read_iso(text: str, at: int, fields: Fields) -> int:
    for read in _ISO_DATE:
        at = read(text, at, fields)
    if text[at : at + 1] not in ("t", "T", " ") or at >= len(text):
        fail(INVALID if at < len(text) else TOO_SHORT)
    at += 1
    for read in _ISO_TIME:
        at = read(text, at, fields)
    if text[at : at + 3].upper() == "UTC":
        fields.put("offset", 0)
        return at + 3
    return _offset(text, at, fields, takes_z=True, takes_hours=False)
