"""Tables from MaxMind's databases: one row for each network, found by an address in it."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any

from dtl.functions import FunctionError
from dtl.values.path import InvalidPath, get, insert, parse_path
from dtl.values.text import from_bytes
from dtl.values.value import Value, clamp, display

from .._optional import missing
from ._table import Equals, Search, Table, TableError


class MmdbTable(Table):
    """A table that answers one question: what is known of an address."""

    def __init__(self, name: str, path: Path) -> None:
        self._reader: Any = None
        super().__init__(name, path)

    def _load(self) -> None:
        # Lazy, as few hosts have such a table.
        try:
            import maxminddb
        except ImportError:
            raise TableError(missing(f"table {self.name}", "maxminddb", "mmdb").message) from None
        try:
            self._reader = maxminddb.open_database(str(self.path), maxminddb.MODE_MEMORY)
        except (OSError, ValueError, maxminddb.InvalidDatabaseError) as reason:
            raise TableError(f"cannot read table {self.name}: {reason}") from None

    def _find(self, search: Search) -> list[dict[str, Value]]:
        if len(search.conditions) != 1:
            raise TableError("only one condition is allowed")
        condition = search.conditions[0]
        if not isinstance(condition, Equals):
            raise TableError("only equality condition is allowed")
        value = condition.value
        try:
            address = ipaddress.ip_address(value if isinstance(value, str) else display(value))
            found = self._reader.get(address)
        except ValueError:
            raise TableError("invalid IP address syntax") from None
        if not isinstance(found, dict):
            return []
        row: Any = _value(found)
        return [row if search.select is None else _selected(row, search.select)]


def _value(found: Any) -> Value:
    if isinstance(found, dict):
        return {str(key): _value(part) for key, part in found.items()}
    if isinstance(found, list):
        return [_value(part) for part in found]
    if isinstance(found, (bytes, bytearray)):
        return from_bytes(found)
    if isinstance(found, bool) or not isinstance(found, int):
        return 0.0 if found != found else found
    return clamp(found)


def _selected(row: dict[str, Value], select: tuple[str, ...]) -> dict[str, Value]:
    result: Any = {}
    for field in select:
        try:
            path = parse_path(field)
        except InvalidPath:
            raise FunctionError(f"invalid path: {field}") from None
        result = insert(result, path, get(row, path))
    return result if isinstance(result, dict) else {}
