"""The usual timestamp formats as one template each, which writes a timestamp in a microsecond or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from dtl.values.calendar import MONTHS, WEEKDAYS
from dtl.values.instant import shortest_fraction
from dtl.values.time_format import Kind, Part

# Writes seconds since 1970 (within the years of Python's datetime), nanoseconds below 1e9, and an offset from UTC.
QuickWriter = Callable[[int, int, int], str]

_EPOCH = datetime(1970, 1, 1)
_CLOCK = ("year", "month", "day", "hour", "minute", "second")
_clock = attrgetter(*_CLOCK)

# What is more than the clock: its value from the local time, nanoseconds and offset, and how a template shows it.
_More = Callable[[datetime, int, int], int | str]
_SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
_SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)
_MORE: dict[tuple[Kind, str], tuple[str, _More, str]] = {
    (Kind.NAME, "short month"): ("", lambda local, nanos, offset: _SHORT_MONTHS[local.month - 1], ""),
    (Kind.NAME, "short weekday"): ("", lambda local, nanos, offset: _SHORT_WEEKDAYS[local.weekday()], ""),
    (Kind.FRACTION, "."): ("", lambda local, nanos, offset: shortest_fraction(nanos), ""),
    (Kind.FRACTION, ".3"): (".", lambda local, nanos, offset: nanos // 1_000_000, "03d"),
    (Kind.FRACTION, ".6"): (".", lambda local, nanos, offset: nanos // 1_000, "06d"),
    (Kind.FRACTION, ".9"): (".", lambda local, nanos, offset: nanos, "09d"),
    (Kind.FRACTION, "3"): ("", lambda local, nanos, offset: nanos // 1_000_000, "03d"),
    (Kind.FRACTION, "6"): ("", lambda local, nanos, offset: nanos // 1_000, "06d"),
    (Kind.FRACTION, "9"): ("", lambda local, nanos, offset: nanos, "09d"),
    (Kind.OFFSET, ""): ("", lambda local, nanos, offset: offset_text(offset, ""), ""),
    (Kind.OFFSET, ":"): ("", lambda local, nanos, offset: offset_text(offset, ":"), ""),
}
_ISO_CLOCK = "{0:04d}-{1:02d}-{2:02d}T{3:02d}:{4:02d}:{5:02d}"


def quick_writer(parts: Sequence[Part]) -> QuickWriter | None:
    """Return the quick writer of a format, or None if it is not of the usual kind."""
    template = ""
    more: list[_More] = []
    for part in parts:
        if part.kind in (Kind.LITERAL, Kind.SPACE):
            template += part.detail.replace("{", "{{").replace("}", "}}")
        elif part.kind is Kind.NUMBER and part.detail in _CLOCK:
            width = 4 if part.detail == "year" else 2
            spec = {"0": f"0{width}d", "_": f"{width}d", "-": "d"}[part.padding]
            template += f"{{{_CLOCK.index(part.detail)}:{spec}}}"
        elif part.kind is Kind.ISO:
            template += f"{_ISO_CLOCK}{{{6 + len(more)}}}{{{7 + len(more)}}}"
            more += [_MORE[Kind.FRACTION, "."][1], _MORE[Kind.OFFSET, ":"][1]]
        elif (part.kind, part.detail) in _MORE:
            before, value, spec = _MORE[part.kind, part.detail]
            template += f"{before}{{{6 + len(more)}:{spec}}}"
            more.append(value)
        else:
            return None
    fill = template.format

    def write(seconds: int, nanos: int, offset: int) -> str:
        local = _EPOCH + timedelta(0, seconds + offset)
        if not more:
            return fill(*_clock(local))
        return fill(*_clock(local), *[value(local, nanos, offset) for value in more])

    return write


def offset_text(offset: int, colons: str) -> str:
    """Write an offset with no, one, two or three colons: hours and minutes, with seconds (two), hours alone (three)."""
    sign, size = ("-", -offset) if offset < 0 else ("+", offset)
    if colons == ":::":
        return f"{sign}{size // 3_600:02d}"
    if colons == "::":
        return f"{sign}{size // 3_600:02d}:{size // 60 % 60:02d}:{size % 60:02d}"
    minutes = (size + 30) // 60  # offsets of long ago have seconds, which are rounded
    return f"{sign}{minutes // 60:02d}{colons}{minutes % 60:02d}"
