"""What a function may ask of its host: the clock, the time zone, secrets, tables, the log."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from dtl.data import data, fresh
from dtl.values.timestamp import Timestamp


def _discard(level: str, message: Any, rate_limit_seconds: int, place: int) -> None:
    """Drop a log message."""


@data
class Context:
    """The host of a running program.

    Attributes:
        timezone: IANA name of the zone in which times without an offset are read and shown.
        now: The clock.
        secrets: The event's secrets, by key.
        tables: Enrichment tables, by name.
        log: Receives level, value, seconds for which equal messages are held back, and the place of the call.
        ai: The engine behind functions with the AI effect.
        sandbox: Whether functions keep away from the files and addresses that their arguments name.
    """

    timezone: str = "UTC"
    now: Callable[[], Timestamp] = Timestamp.now
    secrets: MutableMapping[str, str] = fresh(factory=dict)
    tables: dict[str, Any] = fresh(factory=dict)
    log: Callable[[str, Any, int, int], None] = _discard
    ai: Any = None
    sandbox: bool = False
