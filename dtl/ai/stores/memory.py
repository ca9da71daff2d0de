"""The store `memory`: vectors in this process, searched exactly; read from a file of JSON lines where one is named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock

from dtl.ai.config.entries import Entry
from dtl.ai.provider import Ask, ComputingProvider, Refusal, Reply
from dtl.ai.stores import searching
from dtl.ai.stores.json_lines import WrongLine, read_lines, write_line
from dtl.ai.stores.matrix import Matrix
from dtl.ai.stores.store import Distance, StoreItem, VectorStore, Written, distance_of
from dtl.values.errors import FunctionError


class MemoryStore(VectorStore, ComputingProvider):
    """Vectors in memory.

    Args:
        path: A file of JSON lines, read at the first use; items that are put in are added to it. None for none.
        distance: How likeness is measured.
        dimension: That of the vectors; taken from the first one when None.
    """

    name = "memory"
    is_local = True

    def __init__(self, path: str | None = None, distance: Distance = "cosine", dimension: int | None = None) -> None:
        self.distance = distance
        self.dimension = dimension
        self.key = self.identity = f"memory {path or id(self)}"
        self._path = Path(path) if path else None
        self._items: dict[str, StoreItem] | None = None
        self._matrix: Matrix | None = None
        self._lock = Lock()

    def compute(self, asks: Sequence[Ask]) -> Reply:
        """Answer searches."""
        with self._lock:
            try:
                if self._matrix is None:
                    self._matrix = Matrix(list(self._loaded().values()), self.distance)
            except FunctionError as reason:
                return Reply(refusal=Refusal("invalid", reason.message))
            matrix = self._matrix
        return searching.answer(asks, matrix)

    def upsert(self, items: Iterable[StoreItem]) -> Written:
        """Put items in; with a file, add them to it."""
        failed = {}
        taken = []
        with self._lock:
            known = self._loaded()
            for item in items:
                self.dimension = self.dimension or len(item.vector)
                if len(item.vector) != self.dimension:
                    failed[item.id] = f"its vector has {len(item.vector)} dimensions, not {self.dimension}"
                    continue
                known[item.id] = item
                taken.append(item)
            self._matrix = None
            if self._path is not None and taken:
                with self._path.open("ab") as file:
                    file.writelines(map(write_line, taken))
        return Written(len(taken), failed)

    def delete(self, ids: Iterable[str]) -> Written:
        """Take items out; with a file, write it anew."""
        with self._lock:
            known = self._loaded()
            gone = [id for id in ids if known.pop(id, None) is not None]
            self._matrix = None
            if self._path is not None and gone:
                beside = self._path.with_name(self._path.name + ".new")
                with beside.open("wb") as file:
                    file.writelines(map(write_line, known.values()))
                os.replace(beside, self._path)
        return Written(len(gone))

    def count(self) -> int:
        """Return how many items there are."""
        with self._lock:
            return len(self._loaded())

    def _loaded(self) -> dict[str, StoreItem]:
        if self._items is None:
            self._items = {} if self._path is None or not self._path.exists() else self._read(self._path)
        return self._items

    def _read(self, path: Path) -> dict[str, StoreItem]:
        items: dict[str, StoreItem] = {}
        with path.open("rb") as file:
            for item in read_lines(file):
                if isinstance(item, WrongLine):
                    raise FunctionError(f"{path}, {item}")
                items[item.id] = item
                self.dimension = self.dimension or len(item.vector)
        return items


def make(entry: Entry, warn: Callable[[str], None]) -> MemoryStore:
    """Return the store of an entry."""
    return MemoryStore(entry.get("path"), distance_of(entry), entry.get("dimension"))
