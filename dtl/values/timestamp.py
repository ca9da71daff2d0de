"""Timestamps: instants in UTC to the nanosecond, and their literals."""

from __future__ import annotations

from dtl.values.instant import NANOS, InvalidTimestamp, Timestamp, from_civil
from dtl.values.strptime import parse_relaxed

__all__ = ["NANOS", "InvalidTimestamp", "Timestamp", "from_civil", "parse_literal"]


def parse_literal(text: str) -> Timestamp:
    """Read what stands between the quotes of a timestamp literal: relaxed RFC 3339.

    Raises:
        InvalidTimestamp: The text is not such a timestamp.
    """
    return parse_relaxed(text)
