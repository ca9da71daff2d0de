"""Enrichment tables: rows that are found by the values of their columns."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dtl.values.timestamp import Timestamp
from dtl.values.value import Value


class TableError(ValueError):
    """A table cannot be loaded or searched."""


@dataclass(frozen=True, slots=True)
class Equals:
    """The column has the value."""

    column: str
    value: Value


@dataclass(frozen=True, slots=True)
class Between:
    """The column has a time that is neither before the first nor after the last; None is no limit."""

    column: str
    first: Timestamp | None
    last: Timestamp | None


Condition = Equals | Between


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for.

    Attributes:
        conditions: All must hold.
        select: The columns to return; None for all.
        case_sensitive: Whether texts must agree in case.
        wildcard: A value that is taken for any that a condition wants; None for no such value.
    """

    conditions: tuple[Condition, ...]
    select: tuple[str, ...] | None = None
    case_sensitive: bool = True
    wildcard: Value = None


class Table(ABC):
    """A table from a file; the file is read again once it has changed."""

    def __init__(self, name: str, path: Path) -> None:
        """Load a table.

        Raises:
            TableError: The file cannot be read.
        """
        self.name = name
        self.path = path
        self._lock = threading.Lock()
        self._seen = self._state()
        self._load()

    def find(self, search: Search) -> list[dict[str, Value]]:
        """Return the rows that fit, in the table's order.

        Raises:
            TableError: The table cannot be searched so.
        """
        state = self._state()
        with self._lock:
            if state != self._seen and state != (0, 0):
                self._load()
                self._seen = state
            return self._find(search)

    def _state(self) -> tuple[int, int]:
        """Return what changes when the file does; zeros while there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    @abstractmethod
    def _load(self) -> None: ...

    @abstractmethod
    def _find(self, search: Search) -> list[dict[str, Value]]: ...


def show_unknown(name: str, tables: Mapping[str, Any] | frozenset[str]) -> str:
    """Return the message about a table that does not exist."""
    if not tables:
        return f'unknown enrichment table "{name}": no enrichment tables are registered'
    known = ", ".join(f'"{table}"' for table in sorted(tables))
    return f'unknown enrichment table "{name}": must be one of {known}'
