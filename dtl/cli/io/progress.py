"""A progress line on the error stream, for people who watch."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from dtl.cli.io.console import Console

_INTERVAL = 0.1  # seconds between two drawings
_WIDTH = 30


class Progress:
    """Counts bytes and records and draws them now and then; does nothing unless somebody watches."""

    def __init__(self, console: Console, total: int | None) -> None:
        self._console = console
        self._total = total
        self._bytes = 0
        self._started = time.monotonic()
        self._next = self._started + _INTERVAL
        self._drawn = False
        self.records = 0

    def counted(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass blocks through and count their bytes."""
        if not self._console.progress:
            yield from blocks
            return
        for block in blocks:
            yield block
            self._bytes += len(block)
            if time.monotonic() >= self._next:
                self._draw()

    def clear(self) -> None:
        """Remove the line."""
        if self._drawn:
            self._put("")
            self._drawn = False

    def _draw(self) -> None:
        now = time.monotonic()
        self._next = now + _INTERVAL
        self._drawn = True
        rate = self.records / max(now - self._started, 1e-9)
        counts = f"{self.records:,} records  {self._bytes / 1e6:,.1f} MB  {rate:,.0f}/s"
        if self._total:
            share = min(self._bytes / self._total, 1.0)
            full = int(share * _WIDTH)
            counts = f"{'█' * full}{'░' * (_WIDTH - full)} {share:4.0%}  {counts}"
        self._put(counts)

    def _put(self, text: str) -> None:
        try:
            self._console.errors.write(f"\r\x1b[K{text}")
            self._console.errors.flush()
        except (OSError, ValueError):
            self._console.progress = False
