"""Where the messages of the `log` function go: to the error stream."""

from __future__ import annotations

import time
from typing import Any

from dtl.cli.io.console import Console
from dtl.source import without_controls
from dtl.values.value import display


class Log:
    """Writes messages, but one and the same place no more often than it asks for."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._next: dict[int, float] = {}

    def write(self, level: str, message: Any, rate_limit_seconds: int, place: int) -> None:
        """Write a message, unless its place wrote one within the last `rate_limit_seconds`."""
        now = time.monotonic()
        if now < self._next.get(place, 0.0):
            return
        self._next[place] = now + rate_limit_seconds
        text = message if isinstance(message, str) else display(message)
        self._console.say(f"{level}: {without_controls(text)}")
