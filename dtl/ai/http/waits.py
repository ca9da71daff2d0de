"""Waits and budgets, as the headers of responses tell them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dtl.ai.provider import Bucket

_PARTS = re.compile(r"(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Return the seconds in which nothing may be sent: from `retry-after-ms`, or `retry-after` as seconds or date.

    Args:
        headers: Names in lower case.
        now: Seconds since 1970; the clock's when None.
    """
    milliseconds = _float(headers.get("retry-after-ms"))
    if milliseconds is not None and milliseconds >= 0:
        return milliseconds / 1000
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    seconds = _float(text)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return duration(text)
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, date.timestamp() - _now(now))


def duration(text: str | None) -> float | None:
    """Return seconds from `6m0s`, `12ms`, `1.5` and the like; None for anything else."""
    text = (text or "").strip()
    number = _float(text)
    if number is not None:
        return number if number >= 0 else None
    parts = _PARTS.findall(text)
    if not parts or "".join(amount + unit for amount, unit in parts) != text:
        return None
    return sum(float(amount) * _SECONDS[unit] for amount, unit in parts)


def until(text: str | None, now: float | None = None) -> float | None:
    """Return the seconds until a moment: RFC 3339, or seconds since 1970."""
    if not text:
        return None
    number = _float(text)
    if number is not None:
        return max(0.0, number - _now(now)) if number > 1e9 else number
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - _now(now))


def bucket(limit: str | None, remaining: str | None, reset: float | None) -> Bucket | None:
    """Return a budget; a part that is missing or negative (Azure writes -1) is not known."""
    known = Bucket(_count(limit), _count(remaining), reset)
    return known if known.limit is not None or known.remaining is not None else None


def _count(text: str | None) -> int | None:
    number = _float(text)
    return int(number) if number is not None and number >= 0 else None


def _float(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _now(now: float | None) -> float:
    return datetime.now(UTC).timestamp() if now is None else now
