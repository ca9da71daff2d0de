"""The usual timestamp formats as one pattern each, which reads a timestamp in a microsecond or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dtl.values.calendar import MONTHS, WEEKDAYS, weekday
from dtl.values.instant import Timestamp
from dtl.values.strptime_iso import Quick, instant, iso_reader
from dtl.values.time_format import Kind, Part

_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = {name[:3]: index for index, name in enumerate(MONTHS, 1)}
_WEEKDAYS = {name[:3]: index for index, name in enumerate(WEEKDAYS)}

# A number may have spaces before it; it takes all digits that it can have, and gives none back.
_NUMBERS = {
    "year": "(?P<year>[0-9]{4})",
    **{name: f"(?> *(?P<{name}>[0-9]{{1,2}}))" for name in ("month", "day", "hour", "minute", "second")},
}
_TIMESTAMP = "(?P<timestamp>[0-9]{1,11})"
_FRACTIONS = {
    ".": r"(?:\.(?P<fraction>[0-9]{1,9}))?",
    ".3": r"(?:\.(?P<fraction>[0-9]{3}))?",
    ".6": r"(?:\.(?P<fraction>[0-9]{6}))?",
    ".9": r"(?:\.(?P<fraction>[0-9]{9}))?",
    "3": "(?P<fraction>[0-9]{3})",
    "6": "(?P<fraction>[0-9]{6})",
    "9": "(?P<fraction>[0-9]{9})",
}
_OFFSET = "(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-5][0-9])"
_ISO = (
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})[T ]"
    "(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})" + _FRACTIONS["."] + f"(?:Z|{_OFFSET})"
)
_CLOCK = ("year", "month", "day", "hour", "minute", "second")


def quick_reader(parts: Sequence[Part]) -> Quick | None:
    """Return the quick reader of a format, or None if it is not of the usual kind."""
    pieces: list[str] = []
    for index, part in enumerate(parts):
        piece = _piece(part, parts[index + 1] if index + 1 < len(parts) else None)
        if piece is None:
            return None
        pieces.append(piece)
    try:
        pattern = re.compile("".join(pieces))
    except re.error:  # a field that is there twice
        return None
    groups = pattern.groupindex.keys()
    needed = _CLOCK if "fraction" in groups else _CLOCK[:-1]  # seconds may be missing if nothing is said of their parts
    if groups >= {*needed} and "timestamp" not in groups:
        read = _clock_reader(pattern, names="short month" in {part.detail for part in parts})
        shape = "".join(pieces)
        if shape == _ISO:
            return iso_reader(read)
        return read
    if groups <= {"timestamp", "fraction"} and "timestamp" in groups:
        return _timestamp_reader(pattern)
    return None


def _piece(part: Part, after: Part | None) -> str | None:
    # What follows a part of no fixed width must not be able to take digits that the part itself would have taken first.
    ends = (
        after is None
        or after.kind is Kind.OFFSET
        or (after.kind is Kind.LITERAL and not (after.detail[0].isdigit() or after.detail[0] == "."))
    )
    match part.kind:
        case Kind.LITERAL:
            return re.escape(part.detail)
        case Kind.SPACE:
            # One space, whatever the format has: other white space is read exactly. A number may begin with spaces.
            return " "
        case Kind.NUMBER if part.detail != "timestamp":
            return _NUMBERS.get(part.detail)
        case Kind.NUMBER if ends or (after is not None and after.kind is Kind.FRACTION and after.detail[0] == "."):
            return _TIMESTAMP
        case Kind.NAME if part.detail == "short month":
            return f"(?P<month>{'|'.join(_MONTHS)})"
        case Kind.NAME if part.detail == "short weekday":
            return f"(?P<weekday>{'|'.join(_WEEKDAYS)})"
        case Kind.FRACTION if ends:
            return _FRACTIONS[part.detail]
        case Kind.OFFSET if part.detail in ("", ":", "#"):  # the others do not replace the zone
            return f"(?:Z|{_OFFSET})" if part.detail == "#" else _OFFSET
        case Kind.ISO:
            return _ISO
    return None


def _nanoseconds(fraction: str | None) -> int:
    return int(fraction) * 10 ** (9 - len(fraction)) if fraction else 0


def _timestamp_reader(pattern: re.Pattern[str]) -> Quick:
    has_fraction = "fraction" in pattern.groupindex
    fullmatch = pattern.fullmatch

    def read(text: str) -> Timestamp | None:
        match = fullmatch(text)
        if match is None:
            return None
        return instant((int(match["timestamp"]), _nanoseconds(match["fraction"]) if has_fraction else 0))

    return read


def _clock_reader(pattern: re.Pattern[str], names: bool) -> Quick:
    groups = pattern.groupindex
    picks = [groups[name] for name in _CLOCK if name in groups]
    has_fraction, has_offset, has_weekday = (name in groups for name in ("fraction", "sign", "weekday"))
    fullmatch = pattern.fullmatch

    def read(text: str) -> Timestamp | None:
        match = fullmatch(text)
        if match is None:
            return None
        year, month, day, hour, minute, *second = match.group(*picks)
        hours, minutes, seconds = int(hour), int(minute), int(second[0]) if second else 0
        if hours > 23 or minutes > 59 or seconds > 59:  # a leap second, or an error
            return None
        try:
            days = date(int(year), _MONTHS[month] if names else int(month), int(day)).toordinal() - _EPOCH
        except ValueError:
            return None
        if has_weekday and weekday(days) != _WEEKDAYS[match["weekday"]]:
            return None
        total = days * 86_400 + hours * 3_600 + minutes * 60 + seconds
        if has_offset:
            sign, hours_east, minutes_east = match.group("sign", "hours", "minutes")
            if sign:
                shift = int(hours_east) * 3_600 + int(minutes_east) * 60
                if shift >= 86_400:
                    return None
                total += shift if sign == "-" else -shift
        return instant((total, _nanoseconds(match["fraction"]) if has_fraction else 0))

    return read
