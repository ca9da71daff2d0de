"""The `date` matcher of Datadog's grok rules: dates in Joda's notation, as milliseconds since 1970."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dtl.values.strptime import InvalidTimestamp, compile_format
from dtl.values.time_fields import Fields
from dtl.values.timestamp import Timestamp
from dtl.values.zone import UTC, UnknownZone, Zone, find_zone

from ._datadog_date_format import InvalidDateFormat, pattern_of, strptime_of
from ._datadog_filters import InvalidArguments

_OFFSET_FORMAT = "%Y-%m-%d %H:%M:%S %z"
_ZERO_OFFSETS = frozenset({"GMT", "UTC", "UT", "Z"})
_DATE_FIELDS = frozenset({"hour", "half", "hour of half", "minute", "second", "nanosecond", "timestamp"})


class DateFilter:
    """Reads the text of a date.

    Attributes:
        now: The clock, which completes dates without a year, or without month and day.
    """

    def __init__(self, notation: str, zone: str | None) -> None:
        """Prepare for dates of a notation.

        Raises:
            InvalidDateFormat: The notation has letters without a meaning.
            ValueError: There is no such zone.
        """
        self.now: Callable[[], Timestamp] = Timestamp.now
        self._groups = re.compile(pattern_of(notation, groups=True))
        self._ends_in_z = notation.endswith("Z")
        self._has_offset = "z" in notation.lower() and bool(re.search("[zZ]", re.sub("'[^']*'", "", notation)))
        self._seconds_east = offset_of(zone) if zone is not None else 0
        text = strptime_of(notation)
        self._missing: list[str] = []
        if "d" not in text and "M" not in notation:
            self._missing += ["day", "month"]
            text = f"%-m %-d {text}"
        if "y" not in notation and "Y" not in notation:
            self._missing.append("year")
            text = f"%Y {text}"
        self._parser = compile_format(text)

    def __call__(self, value: Any) -> int:
        """Return the milliseconds since 1970.

        Raises:
            ValueError: The text is no date of the notation.
        """
        if not isinstance(value, str):
            raise ValueError("not a string")
        year, month, day, *_ = self.now().civil()
        text = value
        for what in self._missing:
            text = f"{ {'day': day, 'month': month, 'year': year}[what] } {text}"
        if text.endswith("Z") and self._ends_in_z:
            text = text[:-1] + "+0000"
        found = self._groups.search(value)
        name = found["tz"] if found and "tz" in self._groups.groupindex else None
        if "fr" in self._groups.groupindex and (fraction := self._groups.search(text)):
            text = text[: fraction.start("fr")] + "." + text[fraction.end("fr") :]
        return _millis(self._read(text, name))

    def _read(self, text: str, zone_name: str | None) -> Timestamp:
        if zone_name is not None:
            return self._parser.fields(text).instant_in(_zone(zone_name))
        fields = self._parser.fields(text)
        if self._has_offset:
            return fields.instant()
        try:
            local = fields.instant_in(UTC)
        except InvalidTimestamp:
            return _date_or_time(fields)
        return Timestamp(local.seconds - self._seconds_east, local.nanos)


def date_matcher(arguments: tuple[Any, ...] | None) -> tuple[str, DateFilter]:
    """Return the regular expression of a date, and the filter that reads it.

    Args:
        arguments: Joda's notation, and perhaps the zone of dates without one.

    Raises:
        InvalidArguments: They are of no use.
    """
    if not arguments or len(arguments) > 2 or not isinstance(arguments[0], str):
        raise InvalidArguments("date")
    zone = arguments[1] if len(arguments) == 2 and isinstance(arguments[1], str) else None
    try:
        return pattern_of(arguments[0], groups=False), DateFilter(arguments[0], zone)
    except (InvalidDateFormat, ValueError, re.error):
        raise InvalidArguments("date") from None


def offset_of(zone: str) -> int:
    """Return how many seconds a zone is to the east of UTC, now where that changes.

    Raises:
        ValueError: There is no such zone.
    """
    if zone in _ZERO_OFFSETS:
        return 0
    sign = zone.find("+") if "+" in zone else zone.find("-")
    if zone.startswith("-"):
        sign = 0
    if sign < 0:
        return _zone(zone).at(Timestamp.now().seconds)[0]
    offset = zone[sign:]
    if len(offset) <= 3:
        return int(offset) * 3_600
    noon = Timestamp(1_586_731_857)
    return noon.seconds - compile_format(_OFFSET_FORMAT).parse(f"2020-04-12 22:50:57 {offset}").seconds


def _zone(name: str) -> Zone:
    if name in ("", "local"):
        raise ValueError("no such zone")
    try:
        return find_zone(name)
    except UnknownZone as reason:
        raise ValueError(str(reason)) from None


def _date_or_time(fields: Fields) -> Timestamp:
    """Return the time of day on the first of January 1970, or the date at midnight, whichever the text has."""
    time, date = Fields(), Fields()
    time.known = {name: value for name, value in fields.known.items() if name in _DATE_FIELDS}
    time.known |= {"year": 1970, "month": 1, "day": 1}
    date.known = {name: value for name, value in fields.known.items() if name not in _DATE_FIELDS}
    date.known |= {"half": 0, "hour of half": 0, "minute": 0}
    try:
        return time.instant_in(UTC)
    except InvalidTimestamp:
        return date.instant_in(UTC)


def _millis(timestamp: Timestamp) -> int:
    return timestamp.seconds * 1_000 + timestamp.nanos // 1_000_000
