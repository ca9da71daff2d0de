"""The fields that a timestamp's text gives, and the one instant on which they agree."""

from __future__ import annotations

from typing import NoReturn

from dtl.values.calendar import (
    MAX_YEAR,
    MIN_YEAR,
    civil_from_days,
    days_from_civil,
    days_in_month,
    is_leap,
    iso_week,
    iso_weeks_in_year,
    weekday,
)
from dtl.values.instant import NANOS, InvalidTimestamp, Timestamp
from dtl.values.zone import Zone

OUT_OF_RANGE = "input is out of range"
IMPOSSIBLE = "no possible date and time matching input"
NOT_ENOUGH = "input is not enough for unique date and time"

_I32_MAX = 2**31 - 1

# The values that each field may have; what else a text gives is out of range at once.
_RANGES: dict[str, tuple[int, int]] = {
    "year": (-(2**31), _I32_MAX),
    "century": (0, _I32_MAX),
    "year of century": (0, 99),
    "iso year": (-(2**31), _I32_MAX),
    "iso year of century": (0, 99),
    "quarter": (1, 4),
    "month": (1, 12),
    "day": (1, 31),
    "weekday": (0, 6),
    "weekday from sunday": (0, 6),
    "weekday from monday": (1, 7),
    "week from sunday": (0, 53),
    "week from monday": (0, 53),
    "iso week": (1, 53),
    "day of year": (1, 366),
    "half": (0, 1),
    "hour": (0, 23),
    "hour of half": (1, 12),
    "minute": (0, 59),
    "second": (0, 60),
    "nanosecond": (0, 999_999_999),
    "timestamp": (-(2**63), 2**63 - 1),
    "offset": (-(2**31), _I32_MAX),
}


def fail(reason: str) -> NoReturn:
    """Raise the error of a text that is not a timestamp."""
    raise InvalidTimestamp(reason)


class Fields:
    """What is known of a timestamp. Fields may say the same thing in different ways; then they must agree."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def put(self, name: str, value: int) -> None:
        """Note a field's value.

        Raises:
            InvalidTimestamp: It is out of the field's range, or the field already has another value.
        """
        low, high = _RANGES[name]
        if not low <= value <= high:
            fail(OUT_OF_RANGE)
        match name:
            case "hour":
                self._set("half", value // 12)
                self._set("hour of half", value % 12)
            case "hour of half":
                self._set(name, value % 12)
            case "weekday from sunday":
                self._set("weekday", (value - 1) % 7)
            case "weekday from monday":
                self._set("weekday", value - 1)
            case _:
                self._set(name, value)

    def _set(self, name: str, value: int) -> None:
        if self.known.setdefault(name, value) != value:
            fail(IMPOSSIBLE)

    def instant(self) -> Timestamp:
        """Return the instant of fields that include an offset from UTC, or seconds since 1970."""
        offset = self.known.get("offset", 0 if "timestamp" in self.known else None)
        if offset is None:
            fail(NOT_ENOUGH)
        local, nanos = self._local(offset)
        if not -86_400 < offset < 86_400:
            fail(OUT_OF_RANGE)
        return _checked(local - offset, nanos)

    def instant_in(self, zone: Zone) -> Timestamp:
        """Return the instant of fields that give a zone's local time."""
        guess = 0
        if "timestamp" in self.known:
            guess = zone.at(_checked(self.known["timestamp"], 0).seconds)[0]
        local, nanos = self._local(guess)
        offsets = zone.offsets(local)
        given = self.known.get("offset")
        if len(offsets) > 1:  # the clock was put back: only an offset can tell which of the two times is meant
            if given is None:
                fail(NOT_ENOUGH)
            offsets = (given,) if given in offsets else ()
        if not offsets or given not in (None, offsets[0]):
            fail(IMPOSSIBLE)
        return _checked(local - offsets[0], nanos)

    def _local(self, offset: int) -> tuple[int, int]:
        """Return the local time in seconds since 1970 local time, and nanoseconds."""
        days = problem = None
        try:
            days = self._days()
            time, nanos = self._time()
        except InvalidTimestamp as reason:
            problem = reason
        if problem is None and days is not None:
            local = days * 86_400 + time
            stamp = self.known.get("timestamp")
            if stamp is not None and local - offset != stamp and not (nanos >= NANOS and local - offset + 1 == stamp):
                fail(IMPOSSIBLE)
            return local, nanos
        if "timestamp" not in self.known:
            assert problem is not None
            raise problem
        return self._from_timestamp(offset)

    def _from_timestamp(self, offset: int) -> tuple[int, int]:
        """Complete the fields from seconds since 1970; those that are given too must agree."""
        reasons = []
        for part in (self._days, self._time):
            try:
                part()
            except InvalidTimestamp as problem:
                reasons.append(str(problem))
        for reason in (OUT_OF_RANGE, IMPOSSIBLE):
            if reason in reasons:
                fail(reason)
        local = self.known["timestamp"] + offset
        days, rest = divmod(local, 86_400)
        year, *_ = civil_from_days(days)
        if not MIN_YEAR <= year <= MAX_YEAR:
            fail(OUT_OF_RANGE)
        whole = Fields()
        whole.known = dict(self.known)
        second = rest % 60
        if self.known.get("second") == 60:
            if second == 0:
                local -= 1
                days, rest = divmod(local, 86_400)
                year, *_ = civil_from_days(days)
            elif second != 59:
                fail(IMPOSSIBLE)
        else:
            whole.put("second", second)
        whole.put("year", year)
        whole.put("day of year", days - days_from_civil(year, 1, 1) + 1)
        whole.put("hour", rest // 3_600)
        whole.put("minute", rest // 60 % 60)
        seconds, nanos = whole._time()
        return whole._days() * 86_400 + seconds, nanos

    def _year(self, prefix: str = "") -> int | None:
        """Return the year that the year, its century and its last two digits say together."""
        year, century = self.known.get(f"{prefix}year"), None if prefix else self.known.get("century")
        rest = self.known.get(f"{prefix}year of century")
        if century is None and rest is None:
            return year
        if year is not None:
            if year < 0 or century not in (None, year // 100) or rest not in (None, year % 100):
                fail(IMPOSSIBLE)
            return year
        if rest is None:
            fail(NOT_ENOUGH)
        if century is not None:
            if century * 100 + rest > _I32_MAX:
                fail(OUT_OF_RANGE)
            return century * 100 + rest
        return rest + (2000 if rest < 70 else 1900)

    def _days(self) -> int:
        """Return the date in days since 1970."""
        known = self.known
        year, iso_year = self._year(), self._year("iso ")
        if year is not None and not MIN_YEAR <= year <= MAX_YEAR and ("month" in known or "day of year" in known):
            fail(OUT_OF_RANGE)
        if year is not None and "month" in known and "day" in known:
            if known["day"] > days_in_month(year, known["month"]):
                fail(OUT_OF_RANGE)
            days = days_from_civil(year, known["month"], known["day"])
        elif year is not None and "day of year" in known:
            if known["day of year"] == 366 and not is_leap(year):
                fail(OUT_OF_RANGE)
            days = days_from_civil(year, 1, 1) + known["day of year"] - 1
        elif year is not None and "weekday" in known and "week from sunday" in known:
            days = _day_of_week(year, known["week from sunday"], (known["weekday"] + 1) % 7, first=6)
        elif year is not None and "weekday" in known and "week from monday" in known:
            days = _day_of_week(year, known["week from monday"], known["weekday"], first=0)
        elif iso_year is not None and "weekday" in known and "iso week" in known:
            if not MIN_YEAR <= iso_year <= MAX_YEAR or known["iso week"] > iso_weeks_in_year(iso_year):
                fail(OUT_OF_RANGE)
            fourth = days_from_civil(iso_year, 1, 4)
            days = fourth - weekday(fourth) + (known["iso week"] - 1) * 7 + known["weekday"]
        else:
            fail(NOT_ENOUGH)
        self._verify(days)
        return days

    def _verify(self, days: int) -> None:
        """Check that every field agrees with a date."""
        year, month, day = civil_from_days(days)
        iso_year, week = iso_week(days)
        day_of_year, of_week = days - days_from_civil(year, 1, 1) + 1, weekday(days)
        truth = {
            "year": year,
            "century": year // 100 if year >= 0 else None,
            "year of century": year % 100 if year >= 0 else None,
            "quarter": (month + 2) // 3,
            "month": month,
            "day": day,
            "day of year": day_of_year,
            "weekday": of_week,
            "week from sunday": (day_of_year - (of_week + 1) % 7 + 6) // 7,
            "week from monday": (day_of_year - of_week + 6) // 7,
            "iso year": iso_year,
            "iso year of century": iso_year % 100 if iso_year >= 0 else None,
            "iso week": week,
        }
        if any(name in truth and truth[name] != value for name, value in self.known.items()):
            fail(IMPOSSIBLE)

    def _time(self) -> tuple[int, int]:
        """Return the time of day in seconds, and nanoseconds; a leap second has 1e9 nanoseconds more."""
        known = self.known
        if "half" not in known or "hour of half" not in known or "minute" not in known:
            fail(NOT_ENOUGH)
        if "nanosecond" in known and "second" not in known:
            fail(NOT_ENOUGH)
        second, nanos = known.get("second", 0), known.get("nanosecond", 0)
        if second == 60:
            second, nanos = 59, nanos + NANOS
        return (known["half"] * 12 + known["hour of half"]) * 3_600 + known["minute"] * 60 + second, nanos


def _day_of_week(year: int, week: int, day: int, first: int) -> int:
    """Return a date from the week of the year, which begins with the weekday `first`, and the day of that week."""
    new_year = days_from_civil(year, 1, 1)
    days = new_year + (first - weekday(new_year)) % 7 + (week - 1) * 7 + day
    if civil_from_days(days)[0] != year:
        fail(IMPOSSIBLE)
    return days


def _checked(seconds: int, nanos: int) -> Timestamp:
    if not MIN_YEAR <= civil_from_days(seconds // 86_400)[0] <= MAX_YEAR:
        fail(OUT_OF_RANGE)
    return Timestamp(seconds, nanos)
