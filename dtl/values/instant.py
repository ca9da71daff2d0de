"""The form of a timestamp: an instant in UTC to the nanosecond."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from dtl.values.calendar import civil_from_days, days_from_civil

NANOS = 1_000_000_000

# The seconds since 1970 that lie in the years that Python's datetime knows, but for a day at both ends.
FIRST_SECOND, LAST_SECOND = -62_135_510_400, 253_402_214_400
_EPOCH = datetime(1970, 1, 1)


class Timestamp(NamedTuple):
    """An instant: seconds since 1970 in UTC, and nanoseconds.

    A leap second is told by nanoseconds of 1e9 or more, which count from the second before it.
    The order of the pair is the order of time.
    """

    seconds: int
    nanos: int = 0

    @classmethod
    def from_nanos(cls, nanos: int) -> Timestamp:
        """Return the instant a number of nanoseconds after 1970 (before, if negative)."""
        return cls(*divmod(nanos, NANOS))

    @classmethod
    def now(cls) -> Timestamp:
        """Return the present."""
        return cls(*divmod(time.time_ns(), NANOS))

    @classmethod
    def from_datetime(cls, moment: datetime) -> Timestamp:
        """Return the instant of a datetime; one without a zone is taken as UTC."""
        offset = moment.utcoffset()
        days = moment.toordinal() - 719_163
        seconds = days * 86_400 + moment.hour * 3_600 + moment.minute * 60 + moment.second
        if offset is not None:
            seconds -= offset.days * 86_400 + offset.seconds
        return cls(seconds, moment.microsecond * 1_000)

    def to_datetime(self) -> datetime:
        """Return a datetime in UTC, cut to microseconds.

        Raises:
            OverflowError: The year is not within 1 to 9999.
        """
        return datetime.fromtimestamp(self.seconds, UTC).replace(microsecond=min(self.nanos // 1_000, 999_999))

    @property
    def total_nanos(self) -> int:
        """Return the nanoseconds since 1970, of any size."""
        return self.seconds * NANOS + self.nanos

    def civil(self, offset: int = 0) -> tuple[int, int, int, int, int, int]:
        """Return year, month, day, hour, minute, second at an offset in seconds from UTC, leap seconds left out."""
        days, rest = divmod(self.seconds + offset, 86_400)
        hours, rest = divmod(rest, 3_600)
        minutes, seconds = divmod(rest, 60)
        return (*civil_from_days(days), hours, minutes, seconds)

    def to_rfc3339(self) -> str:
        """Write the instant as RFC 3339 in UTC, with the fewest of 0, 3, 6 or 9 fraction digits that are exact."""
        seconds, nanos = self
        if not nanos:
            return _clock(seconds) + "Z"
        if nanos < NANOS:
            return _clock(seconds) + _fraction(nanos)
        year, month, day, hour, minute, second = self.civil()
        date = f"{show_year(year)}-{month:02d}-{day:02d}"
        return f"{date}T{hour:02d}:{minute:02d}:{second + 1:02d}{shortest_fraction(nanos - NANOS)}Z"


# The timestamps of a stream lie in few seconds, and often have three digits after the point.


@lru_cache(maxsize=4_096)
def _clock(seconds: int) -> str:
    """Return a second since 1970 as RFC 3339 begins."""
    if FIRST_SECOND <= seconds <= LAST_SECOND:
        return (_EPOCH + timedelta(seconds=seconds)).isoformat()
    year, month, day, hour, minute, second = Timestamp(seconds).civil()
    return f"{show_year(year)}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"


@lru_cache(maxsize=4_096)
def _fraction(nanos: int) -> str:
    """Return nanoseconds as RFC 3339 ends."""
    return shortest_fraction(nanos) + "Z"


def show_year(year: int) -> str:
    """Write a year with four digits, and with a sign if it needs more or lies before the year 0."""
    return f"{year:04d}" if 0 <= year <= 9999 else f"{year:+05d}"


def shortest_fraction(nanos: int) -> str:
    """Write nanoseconds below 1e9 as a dot and 3, 6 or 9 digits, the fewest that are exact; nothing for zero."""
    if not nanos:
        return ""
    if nanos % 1_000_000 == 0:
        return f".{nanos // 1_000_000:03d}"
    return f".{nanos // 1_000:06d}" if nanos % 1_000 == 0 else f".{nanos:09d}"


class InvalidTimestamp(ValueError):
    """A text is not a timestamp; `str()` gives the reason in chrono's words."""


def from_civil(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, nanos: int = 0
) -> Timestamp:
    """Return the instant of a date and time of day in UTC; the parts are not checked."""
    return Timestamp(days_from_civil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second, nanos)
