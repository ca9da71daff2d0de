"""Time zones: IANA names from the tz database, UTC, and the host's own zone."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from datetime import UTC as PYTHON_UTC
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dtl.values.instant import FIRST_SECOND

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# The end of 2099: VRL's tz database is written out until then, and what is in force at its end stays so for good.
_LAST = 4_102_444_799
_DAY = 86_400
# So many days are remembered for each zone.
_MOST_DAYS = 4_096


class UnknownZone(ValueError):
    """No time zone has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unable to parse timezone: {name}")


class Zone(ABC):
    """A time zone; offsets are seconds to the east of UTC."""

    name: str
    is_utc = False

    @abstractmethod
    def at(self, seconds: int) -> tuple[int, str]:
        """Return the offset and the abbreviation in force at an instant, in seconds since 1970."""

    def offsets(self, local: int) -> tuple[int, ...]:
        """Return the offsets that a local time may have: none in a gap, two where clocks were put back.

        Args:
            local: The local time, in seconds since 1970-01-01 00:00 local time.
        """
        around = {self.at(local - _DAY)[0], self.at(local + _DAY)[0]}
        return tuple(offset for offset in sorted(around, reverse=True) if self.at(local - offset)[0] == offset)


class _Utc(Zone):
    name = "UTC"
    is_utc = True

    def at(self, seconds: int) -> tuple[int, str]:
        return 0, "UTC"

    def offsets(self, local: int) -> tuple[int, ...]:
        return (0,)


class _Named(Zone):
    def __init__(self, name: str, rules: ZoneInfo) -> None:
        self.name = name
        self._rules = rules
        # Days (of UTC, of local time) in which the offset does not change, and what it is.
        self._steady: dict[int, tuple[int, str]] = {}
        self._steady_local: dict[int, tuple[int, ...]] = {}

    def at(self, seconds: int) -> tuple[int, str]:
        day = seconds // _DAY
        found = self._steady.get(day)
        if found is None:
            found = self._look_up(seconds)
            if self._look_up(day * _DAY) == found == self._look_up(day * _DAY + _DAY - 1):
                _remember(self._steady, day, found)
        return found

    def offsets(self, local: int) -> tuple[int, ...]:
        day = local // _DAY
        found = self._steady_local.get(day)
        if found is None:
            found = super().offsets(local)
            if (self.at((day - 1) * _DAY)[0],) == found == (self.at((day + 2) * _DAY)[0],):
                _remember(self._steady_local, day, found)
        return found

    def _look_up(self, seconds: int) -> tuple[int, str]:
        moment = datetime.fromtimestamp(min(max(seconds, FIRST_SECOND), _LAST), PYTHON_UTC).astimezone(self._rules)
        offset = moment.utcoffset()
        assert offset is not None
        return offset.days * _DAY + offset.seconds, moment.tzname() or ""


def _remember(days: dict[int, Any], day: int, what: Any) -> None:
    if len(days) >= _MOST_DAYS:
        days.clear()
    days[day] = what


class _Local(Zone):
    """The host's zone, as the environment and the operating system set it."""

    name = "local"

    def at(self, seconds: int) -> tuple[int, str]:
        offset = time.localtime(seconds).tm_gmtoff
        sign, minutes = ("-", -offset // 60) if offset < 0 else ("+", offset // 60)
        return offset, f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


UTC: Zone = _Utc()
LOCAL: Zone = _Local()


@lru_cache(maxsize=64)
def find_zone(name: str) -> Zone:
    """Return the zone of an IANA name, or the host's for `local`.

    Raises:
        UnknownZone: No zone has the name.
    """
    if name in ("", "local"):
        return LOCAL
    if name == "UTC":
        return UTC
    if name not in _names():
        raise UnknownZone(name)
    return _Named(name, _load(name))


# The imports inside these two are lazy, as the tz database and its reader are heavy and most programs name no zone.


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    from importlib.resources import files

    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split()) - {"Factory"}


def _load(name: str) -> ZoneInfo:
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)
