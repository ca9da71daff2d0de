"""The usual timestamp formats as one pattern each, which reads a timestamp in a microsecond or two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from dtl.values.time_format import Kind, Part

# Returns seconds (of UTC if the format has an offset, else of local time) and nanoseconds, or None: read it exactly.
Quick = Callable[[str], tuple[int, int] | None]

_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = {name: index for index, name in enumerate(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
)}  # fmt: skip

_NUMBERS = {
    "year": "(?P<year>[0-9]{4})",
    "month": "(?P<month>[0-9]{2})",
    "day": "(?P<day>[0-9 ][0-9])",
    "hour": "(?P<hour>[0-9 ][0-9])",
    "minute": "(?P<minute>[0-9]{2})",
    "second": "(?P<second>[0-9]{2})",
}
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
    "(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    + _FRACTIONS["."]
    + f"(?:Z|{_OFFSET})"
)
_REQUIRED = {"year", "month", "day", "hour", "minute", "second"}


def quick_reader(parts: Sequence[Part]) -> Quick | None:
    """Return the quick reader of a format, or None if it is not of the usual kind."""
    pieces: list[str] = []
    for index, part in enumerate(parts):
        after = parts[index + 1] if index + 1 < len(parts) else None
        piece = _piece(part, after)
        if piece is None:
            return None
        pieces.append(piece)
    try:
        pattern = re.compile("".join(pieces))
    except re.error:  # a field that is there twice
        return None
    if not pattern.groupindex.keys() >= _REQUIRED:
        return None
    return _reader(pattern, names="short month" in {part.detail for part in parts})


def _piece(part: Part, after: Part | None) -> str | None:
    match part.kind:
        case Kind.LITERAL:
            return re.escape(part.detail)
        case Kind.SPACE:
            # One space, whatever the format has: other white space is read exactly. A number may begin with spaces.
            return " "
        case Kind.NUMBER:
            return _NUMBERS.get(part.detail)
        case Kind.NAME if part.detail == "short month":
            return "(?P<month>" + "|".join(_MONTHS) + ")"
        case Kind.FRACTION:
            # What follows must not be able to take digits that the fraction would have taken first.
            ends = after is None or after.kind is Kind.OFFSET or (
                after.kind is Kind.LITERAL and not (after.detail[0].isdigit() or after.detail[0] == ".")
            )
            return _FRACTIONS[part.detail] if ends else None
        case Kind.OFFSET:
            return f"(?:Z|{_OFFSET})" if part.detail == "#" else _OFFSET
        case Kind.ISO:
            return _ISO
    return None


def _reader(pattern: re.Pattern[str], names: bool) -> Quick:
    groups = pattern.groupindex
    order = ["year", "month", "day", "hour", "minute", "second"]
    picks = [groups[name] for name in order]
    fraction_at, sign_at = groups.get("fraction"), groups.get("sign")
    hours_at, minutes_at = groups.get("hours"), groups.get("minutes")
    fullmatch = pattern.fullmatch

    def read(text: str) -> tuple[int, int] | None:
        match = fullmatch(text)
        if match is None:
            return None
        year, month, day, hour, minute, second = match.group(*picks)
        hours, minutes, seconds = int(hour), int(minute), int(second)
        if hours > 23 or minutes > 59 or seconds > 59:  # a leap second, or an error
            return None
        try:
            days = date(int(year), _MONTHS[month] if names else int(month), int(day)).toordinal() - _EPOCH
        except ValueError:
            return None
        total = days * 86_400 + hours * 3_600 + minutes * 60 + seconds
        nanos = 0
        if fraction_at is not None:
            fraction = match[fraction_at]
            if fraction:
                nanos = int(fraction) * 10 ** (9 - len(fraction))
        if sign_at is not None:
            sign = match[sign_at]
            if sign:
                shift = int(match[hours_at]) * 3_600 + int(match[minutes_at]) * 60
                if shift >= 86_400:
                    return None
                total += shift if sign == "-" else -shift
        return total, nanos

    return read
