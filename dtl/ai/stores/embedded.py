"""The store `embedded`: vectors in one SQLite file, searched exactly in memory."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock

import orjson

from dtl.ai.config.entries import Entry
from dtl.ai.provider import Ask, ComputingProvider, Refusal, Reply
from dtl.ai.stores import searching
from dtl.ai.stores.matrix import Matrix
from dtl.ai.stores.store import Distance, StoreItem, VectorStore, Written, distance_of
from dtl.values.errors import FunctionError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, vector BLOB NOT NULL, metadata BLOB NOT NULL, text TEXT);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
#: Items of a transaction.
_TOGETHER = 1000
_PATIENCE = 30.0


class EmbeddedStore(VectorStore, ComputingProvider):
    """Vectors in a file that several processes may use; what is committed outlives a crash.

    Vectors are kept as 32-bit floats. They are read into memory at the first search, and again after a change.

    Args:
        path: The file; made when the first item is put in.
        distance: How likeness is measured; part of the file once it is made.
        dimension: That of the vectors; taken from the first one when None.
        missing: Is told when a search finds no file.
    """

    name = "embedded"
    is_local = True

    def __init__(
        self,
        path: str,
        distance: Distance = "cosine",
        dimension: int | None = None,
        missing: Callable[[], object] = lambda: None,
    ) -> None:
        self.path = path
        self.distance = distance
        self.dimension = dimension
        self.key = self.identity = f"embedded {path}"
        self._missing = missing
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._matrix: tuple[tuple[int, int], Matrix] | None = None

    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Answer searches."""
        try:
            with self._lock:
                matrix = self._read()
        except (FunctionError, sqlite3.Error) as reason:
            return Reply(refusal=Refusal("invalid", f"{self.path}: {reason}"))
        return searching.answer(asks, matrix)

    def upsert(self, items: Iterable[StoreItem]) -> Written:
        """Put items in, in transactions of a thousand.

        Raises:
            FunctionError: The file cannot be written.
        """
        failed = {}
        count = 0
        batch: list[tuple[str, bytes, bytes, str | None]] = []
        with self._lock:
            connection = self._opened(make=True)
            assert connection is not None
            for item in items:
                if self.dimension is None:
                    self.dimension = len(item.vector)
                if len(item.vector) != self.dimension:
                    failed[item.id] = f"its vector has {len(item.vector)} dimensions, not {self.dimension}"
                    continue
                batch.append((item.id, array("f", item.vector).tobytes(), orjson.dumps(dict(item.metadata)), item.text))
                count += 1
                if len(batch) == _TOGETHER:
                    self._write(connection, batch)
                    batch = []
            self._write(connection, batch)
        return Written(count, failed)

    def delete(self, ids: Iterable[str]) -> Written:
        """Take items out."""
        with self._lock:
            connection = self._opened(make=False)
            if connection is None:
                return Written()
            with connection:
                gone = connection.executemany("DELETE FROM items WHERE id = ?", [(id,) for id in ids]).rowcount
            return Written(max(0, gone))

    def count(self) -> int:
        """Return how many items there are."""
        with self._lock:
            connection = self._opened(make=False)
            return 0 if connection is None else int(connection.execute("SELECT count(*) FROM items").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _write(self, connection: sqlite3.Connection, batch: list[tuple[str, bytes, bytes, str | None]]) -> None:
        try:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", batch)
                facts = [("dimension", str(self.dimension)), ("distance", self.distance)]
                connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts if self.dimension else [])
        except sqlite3.Error as reason:
            raise FunctionError(f"{self.path} cannot be written: {reason}") from reason

    def _opened(self, make: bool) -> sqlite3.Connection | None:
        if self._connection is not None:
            return self._connection
        if not make and not os.path.exists(self.path):
            return None
        try:
            if make:
                Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=_PATIENCE, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_SCHEMA)
            facts = dict(connection.execute("SELECT name, value FROM facts").fetchall())
        except (sqlite3.Error, OSError) as reason:
            raise FunctionError(f"{self.path} cannot be used as a store: {reason}") from reason
        if "dimension" in facts:
            if self.dimension not in (None, int(facts["dimension"])):
                raise FunctionError(
                    f"{self.path} holds vectors of {facts['dimension']} dimensions, not {self.dimension}"
                )
            self.dimension = int(facts["dimension"])
            self.distance = facts.get("distance", self.distance)
        self._connection = connection
        return connection

    def _read(self) -> Matrix:
        connection = self._opened(make=False)
        if connection is None:
            self._missing()
            return Matrix([], self.distance)
        # The one tells of changes by other connections, the other of our own.
        version = (int(connection.execute("PRAGMA data_version").fetchone()[0]), connection.total_changes)
        if self._matrix is None or self._matrix[0] != version:
            rows = connection.execute("SELECT id, vector, metadata, text FROM items ORDER BY id")
            items = [StoreItem(id, array("f", vector), orjson.loads(data), text) for id, vector, data, text in rows]
            self._matrix = (version, Matrix(items, self.distance))
        return self._matrix[1]


def default_path(name: str) -> str:
    """Return the file of a store that no configuration names: in the user's folder for data."""
    base = os.environ.get("DTL_DATA_HOME") or os.path.join(
        os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "dtl"
    )
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in name)
    return os.path.join(base, "vectors", f"{safe}.sqlite")


def make(entry: Entry, warn: Callable[[str], None]) -> EmbeddedStore:
    """Return the store of an entry."""
    path = entry.get("path") or default_path(entry.name)
    advice = f"no configuration names it, and nothing was loaded into {path}"

    def missing() -> None:
        if not entry.place.file:
            warn(f'the store "{entry.name}" is empty: {advice}')

    return EmbeddedStore(path, distance_of(entry), entry.get("dimension"), missing)
