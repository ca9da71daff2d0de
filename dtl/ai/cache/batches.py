"""Batches that are under way at a service, noted beside the answers: another run waits for them and buys nothing."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import orjson

from dtl.ai.cache.description import keys_of

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batches (
    lane TEXT NOT NULL, id TEXT NOT NULL, told BLOB NOT NULL, made INTEGER NOT NULL, PRIMARY KEY (lane, id)
)
"""
# Seconds for which services keep what came of a batch, less a day.
_KEPT = 28 * 86_400
_PATIENCE = 30.0
_KEYS = 500


class BatchNotes:
    """The batches of a cache's runs. Any thread may use it; what cannot be written is not noted.

    Args:
        path: The cache's.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        # A batch is resumed once in a run: what it leaves out is asked for anew.
        self._seen: set[tuple[str, str]] = set()

    def add(self, lane: str, id: str, told: dict[str, Any]) -> None:
        """Note a batch; it outlives the process when this returns.

        Args:
            lane: Whose key it was sent with, as the name of its budget.
            id: The service's name for it.
            told: What must be known to read what comes of it (`dtl.ai.cache.description.describe`).
        """
        self._seen.add((lane, id))
        with suppress(sqlite3.Error), self._opened() as base:
            base.execute("INSERT OR REPLACE INTO batches VALUES (?, ?, ?, ?)",
                         (lane, id, orjson.dumps(told), int(time.time())))  # fmt: skip

    def drop(self, lane: str, id: str) -> None:
        """Forget a batch."""
        with suppress(sqlite3.Error), self._opened() as base:
            base.execute("DELETE FROM batches WHERE lane = ? AND id = ?", (lane, id))

    def unfinished(self, lane: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the batches of other runs whose answers are not all in the cache, and what was told of each."""
        found: list[tuple[str, dict[str, Any]]] = []
        try:
            with self._opened() as base:
                base.execute("DELETE FROM batches WHERE made < ?", (int(time.time()) - _KEPT,))
                rows = base.execute("SELECT id, told FROM batches WHERE lane = ? ORDER BY made", (lane,)).fetchall()
                for id, data in rows:
                    told = orjson.loads(data)
                    if _is_answered(base, keys_of(told)):
                        base.execute("DELETE FROM batches WHERE lane = ? AND id = ?", (lane, id))
                    elif (lane, id) not in self._seen:
                        self._seen.add((lane, id))
                        found.append((id, told))
        except (sqlite3.Error, ValueError, LookupError, TypeError):
            return found
        return found

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give the file; batches are few, so it is opened for each use."""
        with self._lock:
            base = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
            try:
                base.execute(_SCHEMA)
                yield base
            finally:
                base.close()


def _is_answered(base: sqlite3.Connection, keys: list[bytes]) -> bool:
    for start in range(0, len(keys), _KEYS):
        part = keys[start : start + _KEYS]
        numbers = [int.from_bytes(key[:8], "big", signed=True) for key in part]
        marks = ",".join("?" * len(part))
        (count,) = base.execute(f"SELECT count(*) FROM answers WHERE number IN ({marks})", numbers).fetchone()
        if count < len(set(numbers)):
            return False
    return True
