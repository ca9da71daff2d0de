"""The timestamps of syslog messages."""

from __future__ import annotations

import re

from dtl.values.calendar import days_from_civil, days_in_month
from dtl.values.instant import NANOS, Timestamp
from dtl.values.zone import Zone

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_RFC3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:[Zz]|([+\-\u2212])([0-9]{2}):([0-9]{2}))"
)
_DAY = 86_400
_MOST = 2**32 - 1


def read_rfc3339(text: str) -> Timestamp | None:
    """Return the timestamp of a text in strict RFC 3339, or None if it is none."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = match.groups()
    leap = second == "60"
    seconds = local_seconds(int(year), int(month), int(day), int(hour), int(minute), 59 if leap else int(second))
    if seconds is None:
        return None
    nanos = int(fraction[:9].ljust(9, "0")) if fraction else 0
    if sign:
        offset = int(hours) * 3_600 + int(minutes) * 60
        if offset >= _DAY or int(minutes) > 59:
            return None
        seconds += offset if sign != "+" else -offset
    return Timestamp(seconds, nanos + NANOS if leap else nanos)


def local_seconds(year: int, month: int, day: int, hour: int, minute: int, second: int) -> int | None:
    """Return the seconds from 1970-01-01 00:00 to a local time, or None if there is no such date or time."""
    if not (1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    return days_from_civil(year, month, day) * _DAY + hour * 3_600 + minute * 60 + second


def read_rfc3164(match: re.Match[str], now: Timestamp, zone: Zone) -> Timestamp | None:
    """Return the timestamp of a date without its offset and perhaps without its year, or None if there is no such date.

    Args:
        match: Has the groups `month`, `day`, `year`, `hour`, `minute`, `second`.
        now: Tells the year: this one, but in January the last one for a date in December.
        zone: Where the time belongs; of two such times the later one is taken.
    """
    month = _MONTHS.get(match["month"].lower())
    if month is None:
        return None
    given = match["year"]
    day, hour, minute, second = (int(match[name]) for name in ("day", "hour", "minute", "second"))
    if given is not None:
        year = int(given)
        if year > 262_142:
            return None
    else:
        this_year, this_month = now.civil()[:2]
        year = this_year - 1 if this_month == 1 and month == 12 else this_year
    local = local_seconds(year, month, day, hour, minute, second)
    if local is None:
        return None
    if zone.is_utc:
        return Timestamp(local)
    offsets = zone.offsets(local)
    if offsets:
        return Timestamp(local - offsets[-1])
    # A time left out by the clocks: with its year it is read as UTC.
    return Timestamp(local) if given is not None else None
