"""The timestamps of syslog messages."""

from __future__ import annotations

import re
from functools import lru_cache

from dtl.values.calendar import MAX_YEAR, civil_from_days, days_from_civil, days_in_month
from dtl.values.instant import NANOS, Timestamp
from dtl.values.zone import Zone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RFC3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(?:\.([0-9]+))?"
    r"(?:[Zz]|([+\-\u2212])([01][0-9]|2[0-3]):([0-5][0-9]))"
)
_DAY = 86_400


def read_rfc3339(text: str) -> Timestamp | None:
    """Return the timestamp of a text in strict RFC 3339, or None if it is none."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    date, hour, minute, second, fraction, sign, hours, minutes = match.groups()
    seconds = _start_of_date(date)
    if seconds is None:
        return None
    seconds += int(hour) * 3_600 + int(minute) * 60 + int(second)
    nanos = int(fraction[:9].ljust(9, "0")) if fraction else 0
    if sign:
        offset = int(hours) * 3_600 + int(minutes) * 60
        seconds += -offset if sign == "+" else offset
    return Timestamp(seconds, nanos) if second != "60" else Timestamp(seconds - 1, nanos + NANOS)


def read_rfc3164(match: re.Match[str], now: Timestamp, zone: Zone) -> Timestamp | None:
    """Return the timestamp of a date without its offset and perhaps without its year, or None if there is no such date.

    Args:
        match: Has the groups `month`, `day`, `year`, `hour`, `minute`, `second`.
        now: Tells the year: this one, but in January the last one for a date in December.
        zone: Where the time belongs; of two such times the later one is taken.
    """
    month, day, year, hour, minute, second = match.group("month", "day", "year", "hour", "minute", "second")
    start = _start_of_day(month, day, year, now.seconds // _DAY)
    hours, minutes, seconds = int(hour), int(minute), int(second)
    if start is None or hours > 23 or minutes > 59 or seconds > 59:
        return None
    local = start + hours * 3_600 + minutes * 60 + seconds
    if zone.is_utc:
        return Timestamp(local)
    offsets = zone.offsets(local)
    if offsets:
        return Timestamp(local - offsets[-1])
    # A time left out by the clocks: with its year it is read as UTC.
    return Timestamp(local) if year is not None else None


@lru_cache(maxsize=1024)
def _start_of_date(date: str) -> int | None:
    """Return the seconds from 1970 to the start of a date `YYYY-MM-DD`, or None if there is no such date."""
    return _start(*map(int, date.split("-")))


@lru_cache(maxsize=1024)
def _start_of_day(month_name: str, day: str, year: str | None, today: int) -> int | None:
    """Return the seconds from 1970 to the start of a date, or None if there is no such date.

    Args:
        month_name: Its first three letters in English.
        day: The day of the month.
        year: The year if it is given.
        today: The days since 1970.
    """
    if month_name.lower() not in _MONTHS:
        return None
    month = _MONTHS.index(month_name.lower()) + 1
    if year is not None:
        return _start(int(year), month, int(day))
    this_year, this_month, _ = civil_from_days(today)
    return _start(this_year - 1 if this_month == 1 and month == 12 else this_year, month, int(day))


def _start(year: int, month: int, day: int) -> int | None:
    if year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month):
        return days_from_civil(year, month, day) * _DAY
    return None
