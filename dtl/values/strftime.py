"""Timestamps as text in a format of chrono's directives."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from dtl.values.calendar import MONTHS, WEEKDAYS, days_from_civil, iso_week, weekday
from dtl.values.instant import FIRST_SECOND, LAST_SECOND, NANOS, Timestamp, shortest_fraction, show_year
from dtl.values.strftime_template import offset_text, quick_writer
from dtl.values.time_format import Kind, Part, read_format
from dtl.values.zone import UTC, Zone


class InvalidFormat(ValueError):
    """A format has a directive that does not exist, or one that can only be read."""

    def __init__(self) -> None:
        super().__init__("invalid format")


class LocalTime:
    """A timestamp in a zone, taken apart: what the directives write."""

    __slots__ = (
        "abbreviation", "day", "days", "hour", "minute", "month", "nanos", "offset", "second", "seconds", "year",
    )  # fmt: skip

    def __init__(self, timestamp: Timestamp, zone: Zone) -> None:
        self.seconds = timestamp.seconds
        self.offset, self.abbreviation = zone.at(timestamp.seconds)
        self.days = (timestamp.seconds + self.offset) // 86_400
        self.year, self.month, self.day, self.hour, self.minute, self.second = timestamp.civil(self.offset)
        self.nanos = timestamp.nanos
        if self.nanos >= NANOS:  # a leap second
            self.nanos -= NANOS
            self.second += 1

    @property
    def day_of_year(self) -> int:
        return self.days - days_from_civil(self.year, 1, 1) + 1

    @property
    def weekday(self) -> int:
        return weekday(self.days)


_Write = Callable[[LocalTime], str]

# Each number: its width in digits and where it comes from.
_NUMBERS: dict[str, tuple[int, Callable[[LocalTime], int]]] = {
    "year": (4, lambda t: t.year),
    "century": (2, lambda t: t.year // 100),
    "year of century": (2, lambda t: t.year % 100),
    "iso year": (4, lambda t: iso_week(t.days)[0]),
    "iso year of century": (2, lambda t: iso_week(t.days)[0] % 100),
    "quarter": (1, lambda t: (t.month + 2) // 3),
    "month": (2, lambda t: t.month),
    "day": (2, lambda t: t.day),
    "weekday from sunday": (1, lambda t: (t.weekday + 1) % 7),
    "weekday from monday": (1, lambda t: t.weekday + 1),
    "week from sunday": (2, lambda t: (t.day_of_year - (t.weekday + 1) % 7 + 6) // 7),
    "week from monday": (2, lambda t: (t.day_of_year - t.weekday + 6) // 7),
    "iso week": (2, lambda t: iso_week(t.days)[1]),
    "day of year": (3, lambda t: t.day_of_year),
    "hour": (2, lambda t: t.hour),
    "hour of half": (2, lambda t: (t.hour + 11) % 12 + 1),
    "minute": (2, lambda t: t.minute),
    "second": (2, lambda t: t.second),
    "nanosecond": (9, lambda t: t.nanos),
    "timestamp": (9, lambda t: t.seconds),
}

_NAMES: dict[str, _Write] = {
    "short month": lambda t: MONTHS[t.month - 1][:3],
    "month": lambda t: MONTHS[t.month - 1],
    "short weekday": lambda t: WEEKDAYS[t.weekday][:3],
    "weekday": lambda t: WEEKDAYS[t.weekday],
    "lower half": lambda t: "pm" if t.hour >= 12 else "am",
    "upper half": lambda t: "PM" if t.hour >= 12 else "AM",
}


class Formatter:
    """A format, ready to write timestamps.

    Raises:
        InvalidFormat: The format has a directive that cannot be written.
    """

    __slots__ = ("_writers", "quick")

    def __init__(self, text: str) -> None:
        parts = read_format(text)
        self._writers = [_writer(part) for part in parts]
        self.quick = quick_writer(parts)

    def format(self, timestamp: Timestamp, zone: Zone = UTC) -> str:
        """Write a timestamp as it reads in a zone."""
        seconds, nanos = timestamp
        if self.quick is not None and nanos < NANOS and FIRST_SECOND <= seconds <= LAST_SECOND:
            return self.quick(seconds, nanos, 0 if zone.is_utc else zone.at(seconds)[0])
        return self.format_by_rule(timestamp, zone)

    def format_by_rule(self, timestamp: Timestamp, zone: Zone) -> str:
        """Write a timestamp directive by directive, as `format` does where there is no quick way."""
        moment = LocalTime(timestamp, zone)
        return "".join([write(moment) for write in self._writers])


@lru_cache(maxsize=512)
def compile_format(text: str) -> Formatter:
    """Return the formatter of a format.

    Raises:
        InvalidFormat: The format has a directive that cannot be written.
    """
    return Formatter(text)


def format_timestamp(timestamp: Timestamp, text: str, zone: Zone = UTC) -> str:
    """Write a timestamp in a format, as it reads in a zone.

    Raises:
        InvalidFormat: The format has a directive that cannot be written.
    """
    return compile_format(text).format(timestamp, zone)


def _writer(part: Part) -> _Write:
    detail = part.detail
    match part.kind:
        case Kind.LITERAL | Kind.SPACE:
            return lambda _: detail
        case Kind.NUMBER:
            return _number_writer(part)
        case Kind.NAME:
            return _NAMES[detail]
        case Kind.FRACTION:
            return _fraction_writer(detail)
        case Kind.OFFSET if detail != "#":
            return lambda t: offset_text(t.offset, detail)
        case Kind.ZONE:
            return lambda t: t.abbreviation
        case Kind.ISO:
            return _iso
    raise InvalidFormat


def _number_writer(part: Part) -> _Write:
    width, value = _NUMBERS[part.detail]
    pads = {"0": f"0{width}", "_": str(width), "-": ""}
    spec = pads[part.padding]
    if part.detail not in ("year", "iso year"):
        template = f"{{:{spec}d}}".format
        return lambda t: template(value(t))
    # Beyond four digits a year has a sign, which takes a place of its own.
    signed = {"0": f"+0{width + 1}", "_": f"+{width + 1}", "-": "+"}[part.padding]

    def year(t: LocalTime) -> str:
        number = value(t)
        return format(number, spec if 0 <= number <= 9999 else signed)

    return year


def _fraction_writer(detail: str) -> _Write:
    if detail == ".":
        return lambda t: shortest_fraction(t.nanos)
    dot, digits = detail[:-1], int(detail[-1])
    divisor = 10 ** (9 - digits)
    return lambda t: f"{dot}{t.nanos // divisor:0{digits}d}"


def _iso(t: LocalTime) -> str:
    fraction = shortest_fraction(t.nanos)
    clock = f"{t.hour:02d}:{t.minute:02d}:{t.second:02d}{fraction}"
    return f"{show_year(t.year)}-{t.month:02d}-{t.day:02d}T{clock}{offset_text(t.offset, ':')}"
