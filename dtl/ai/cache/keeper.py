"""Answers on their way into the cache: a thread that writes what has gathered, so that nobody waits for a disk."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from dtl.ai.actions import CacheEntry
from dtl.ai.cache.disk import AnswerCache, UnusableCache

#: Told when entries are written, or could not be (with the reason): called in the keeper's thread.
Then = Callable[[Exception | None], None]


class Keeper:
    """Writes answers into a cache.

    Args:
        path: The cache's.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._queue: SimpleQueue[tuple[list[CacheEntry], Then] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        #: Answers that are not written yet.
        self.waiting: dict[bytes, Any] = {}

    def put(self, entries: list[CacheEntry], then: Then) -> None:
        """Have entries written with what else has gathered."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="dtl-cache", daemon=True)
            self._thread.start()
        for entry in entries:
            self.waiting[entry.key] = entry.answer
        self._queue.put((entries, then))

    def close(self) -> None:
        """Write what is left."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        cache: AnswerCache | None = None
        is_over = False
        while not is_over:
            gathered = [self._queue.get()]
            while not self._queue.empty():
                gathered.append(self._queue.get())
            is_over = None in gathered
            given = [each for each in gathered if each is not None]
            problem: Exception | None = None
            try:
                # A connection of its own: the other one answers questions in the meantime.
                cache = cache or AnswerCache(self._path)
                if given:
                    cache.put(entry for entries, _ in given for entry in entries)
            except (sqlite3.Error, UnusableCache) as reason:
                problem = reason
            for entries, _ in given:
                for entry in entries:
                    self.waiting.pop(entry.key, None)
            for _, then in given:
                then(problem)
        if cache is not None:
            cache.close()
