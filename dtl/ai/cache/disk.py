"""Answers on disk: a SQLite file that several processes may use at once.

It is the journal too: an answer is committed before any record sees it, so that a process that is killed buys nothing
twice. A commit reaches the operating system, not the disk: a killed process loses nothing, a power cut may lose the
last moments.
"""

from __future__ import annotations

import os
import sqlite3
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from struct import Struct
from struct import error as StructError
from typing import Any

import orjson

from dtl.ai.actions import CacheEntry
from dtl.ai.cache.arrivals import Leftovers
from dtl.ai.cache.key import KEY_SIZE, to_json

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY, key BLOB NOT NULL, answer BLOB NOT NULL, task TEXT NOT NULL, model TEXT NOT NULL,
    made INTEGER NOT NULL
)
"""
# Keys of one query; SQLite takes no more than 32766.
_KEYS = 500
# Seconds for which another process is awaited that writes.
_PATIENCE = 30.0
# Written to when the form of answers changes.
_FORM = 1


class UnusableCache(Exception):
    """The file cannot be used as a cache; the text says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of one function on one model is kept."""

    task: str
    model: str
    answers: int
    bytes: int


class AnswerCache:
    """A file of answers by key. One thread at a time may use it.

    Raises:
        UnusableCache: The file cannot be opened or created, or is none of ours.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        folder = os.path.dirname(os.path.abspath(path))
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            # Whoever can read it can read what was asked and answered.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("PRAGMA cache_size = -65536")
            self._base.execute("PRAGMA mmap_size = 1073741824")
            form = self._base.execute("PRAGMA user_version").fetchone()[0]
            if form not in (0, _FORM):
                raise UnusableCache(f"{path} is a cache of another version")
            self._base.execute(_SCHEMA)
            self._base.execute(f"PRAGMA user_version = {_FORM}")
        except (OSError, sqlite3.Error) as reason:
            raise UnusableCache(f"cannot use {path} as a cache: {reason}") from reason

    def find(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        """Return the answers that are known, by key."""
        found: dict[bytes, Any] = {}
        for start in range(0, len(keys), _KEYS):
            part = keys[start : start + _KEYS]
            query, numbers = _query(len(part))
            rows = self._base.execute(query, numbers.unpack(b"".join(part))).fetchall()
            try:
                found.update([(key, to_answer(data)) for key, data in rows])
            except ValueError:
                for key, data in rows:
                    with suppress(ValueError):  # a damaged answer is no answer
                        found[key] = to_answer(data)
        return found

    def put(self, entries: Iterable[CacheEntry]) -> None:
        """Keep answers; when this returns they outlive the process.

        Raises:
            sqlite3.Error: They could not be written.
        """
        now = int(time.time())
        rows = [
            (_number(entry.key), entry.key, to_bytes(entry.answer), entry.task, entry.model, now) for entry in entries
        ]
        with self._written():
            self._base.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", rows)

    def kept(self) -> list[Kept]:
        """Return how much is kept, by function and model."""
        rows = self._base.execute(
            "SELECT task, model, count(*), sum(length(answer)) FROM answers GROUP BY task, model ORDER BY task, model"
        )
        return [Kept(*row) for row in rows]

    def clear(self) -> int:
        """Forget all answers; return how many there were."""
        with self._written():
            count: int = self._base.execute("DELETE FROM answers").rowcount
            self._base.execute("DROP TABLE IF EXISTS batches")  # see dtl.ai.cache.batches
        self._base.execute("VACUUM")
        Leftovers(self.path).clear()
        return count

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    @contextmanager
    def _written(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")


@cache
def _query(count: int) -> tuple[str, Struct]:
    """Return the query for so many keys, and what takes their numbers out of them."""
    marks = ",".join("?" * count)
    return f"SELECT key, answer FROM answers WHERE number IN ({marks})", Struct(f">{f'q{KEY_SIZE - 8}x' * count}")


@cache
def _doubles(size: int) -> Struct:
    """Return what reads a vector that takes so many bytes, its mark included."""
    return Struct(f"=x{(size - 1) // 8}d")


def _number(key: bytes) -> int:
    """Return the number that a row is found by: the beginning of its key. Two keys of one number share a place."""
    return int.from_bytes(key[:8], "big", signed=True)


def to_bytes(answer: Any) -> bytes:
    """Return an answer as bytes; a vector as the doubles that it is made of."""
    if type(answer) is list and answer and set(map(type, answer)) == {float}:
        return b"v" + array("d", answer).tobytes()
    return b"j" + to_json(answer)


def to_answer(data: bytes) -> Any:
    """Return the answer that `to_bytes` made into bytes.

    Raises:
        ValueError: It is damaged.
    """
    if data[:1] == b"v":
        try:
            return list(_doubles(len(data)).unpack(data))
        except StructError as reason:
            raise ValueError(str(reason)) from reason
    return orjson.loads(data[1:])
