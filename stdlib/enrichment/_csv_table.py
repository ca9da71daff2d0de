"""Tables from CSV files, with an index for each set of columns that is searched."""

from __future__ import annotations

import csv
import json
from collections.abc import Hashable, Iterable, Mapping
from itertools import product
from pathlib import Path

from dtl.values.errors import Failure
from dtl.values.timestamp import Timestamp
from dtl.values.value import Value

from ._column import ColumnType, read_column_type
from ._table import Between, Equals, Search, Table, TableError

# With a wildcard each column doubles the number of index entries to look at; beyond this all rows are looked at.
_MOST_WILDCARD_COLUMNS = 6

_Key = tuple[Hashable, ...]


class CsvTable(Table):
    """A table whose rows are the lines of a CSV file."""

    def __init__(self, name: str, path: Path, schema: Mapping[str, str] | None) -> None:
        self._schema = schema
        self._columns: dict[str, int] = {}
        self._rows: list[list[Value]] = []
        self._indexes: dict[tuple[bool, tuple[str, ...]], dict[_Key, list[int]]] = {}
        super().__init__(name, path)

    def _load(self) -> None:
        try:
            with self.path.open(newline="", encoding="utf-8-sig") as file:
                lines = csv.reader(file, strict=True)
                header = next(lines, [])
                types = [read_column_type(self._types().get(column)) for column in header]
                rows = [self._row(line, types, lines.line_num) for line in lines if line]
        except (OSError, UnicodeDecodeError, csv.Error) as reason:
            raise TableError(f"cannot read table {self.name}: {reason}") from None
        self._columns = {column: place for place, column in reversed(list(enumerate(header)))}
        self._rows, self._indexes = rows, {}

    def _types(self) -> Mapping[str, str]:
        if self._schema is not None:
            return self._schema
        file = self.path.with_suffix(".schema.json")
        if not file.is_file():
            return {}
        types = json.loads(file.read_text("utf-8"))
        if not isinstance(types, dict) or not all(isinstance(kind, str) for kind in types.values()):
            raise TableError(f"{file.name} is not an object of texts")
        return types

    def _row(self, line: list[str], types: list[ColumnType], number: int) -> list[Value]:
        if len(line) != len(types):
            raise TableError(f"line {number} of table {self.name} has {len(line)} columns instead of {len(types)}")
        try:
            return [read(text) for read, text in zip(types, line, strict=True)]
        except (ValueError, Failure) as reason:
            raise TableError(f"line {number} of table {self.name}: {reason}") from None

    def _find(self, search: Search) -> list[dict[str, Value]]:
        if any(condition.column not in self._columns for condition in search.conditions):
            return []
        equal = {c.column: c.value for c in search.conditions if isinstance(c, Equals)}
        between = [c for c in search.conditions if isinstance(c, Between)]
        rows = [self._rows[number] for number in self._candidates(equal, search)]
        wanted = search.select
        return [
            {column: row[place] for column, place in self._columns.items() if wanted is None or column in wanted}
            for row in rows
            if all(self._is_between(row, condition) for condition in between)
        ]

    def _candidates(self, equal: Mapping[str, Value], search: Search) -> Iterable[int]:
        """Return the numbers of the rows whose columns have the values (or the wildcard), in order."""
        columns = tuple(sorted(equal))
        if not columns:
            return range(len(self._rows))
        if search.wildcard is None:
            choices = [[_key(equal[column], search.case_sensitive)] for column in columns]
        else:
            wildcard = _key(search.wildcard, search.case_sensitive)
            choices = [[_key(equal[column], search.case_sensitive), wildcard] for column in columns]
            if len(columns) > _MOST_WILDCARD_COLUMNS:
                return self._scan(columns, choices, search.case_sensitive)
        index = self._index(columns, search.case_sensitive)
        found = {number for key in product(*choices) for number in index.get(key, ())}
        return sorted(found)

    def _scan(self, columns: tuple[str, ...], choices: list[list[Hashable]], case_sensitive: bool) -> list[int]:
        places = [self._columns[column] for column in columns]
        return [
            number
            for number, row in enumerate(self._rows)
            if all(_key(row[at], case_sensitive) in keys for at, keys in zip(places, choices, strict=True))
        ]

    def _index(self, columns: tuple[str, ...], case_sensitive: bool) -> dict[_Key, list[int]]:
        index = self._indexes.get((case_sensitive, columns))
        if index is None:
            index = self._indexes[case_sensitive, columns] = {}
            places = [self._columns[column] for column in columns]
            for number, row in enumerate(self._rows):
                index.setdefault(tuple(_key(row[at], case_sensitive) for at in places), []).append(number)
        return index

    def _is_between(self, row: list[Value], condition: Between) -> bool:
        moment = row[self._columns[condition.column]]
        if not isinstance(moment, Timestamp):
            return False
        after = condition.first is None or condition.first <= moment
        return after and (condition.last is None or moment <= condition.last)


def _key(value: Value, case_sensitive: bool) -> Hashable:
    """Return what equal values share: values of different kinds are never equal."""
    if isinstance(value, str):
        return value if case_sensitive else value.lower()
    if isinstance(value, (list, dict)):
        return "container", json.dumps(value, sort_keys=True, default=str)
    return type(value).__name__, value
