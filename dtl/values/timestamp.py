"""Timestamps: instants in UTC to the nanosecond, and their literals."""

from __future__ import annotations

from importlib import import_module

from dtl.values.instant import NANOS, InvalidTimestamp, Timestamp, from_civil

__all__ = ["NANOS", "InvalidTimestamp", "Timestamp", "from_civil", "parse_literal"]


def parse_literal(text: str) -> Timestamp:
    """Read what stands between the quotes of a timestamp literal: relaxed RFC 3339.

    Raises:
        InvalidTimestamp: The text is not such a timestamp.
    """
    # Programs that were compiled before have no literals to read.
    found: Timestamp = import_module("dtl.values.strptime").parse_relaxed(text)
    return found
