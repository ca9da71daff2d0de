"""What both lookups share: reading the condition and asking the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dtl.functions import Arguments, Context, FunctionError, InvalidArgument
from dtl.values.text import replaced
from dtl.values.timestamp import Timestamp
from dtl.values.value import Value, describe

from ._table import Between, Condition, Equals, Search, TableError, show_unknown


def look_up(
    context: Context,
    table: str,
    condition: Mapping[str, Any],
    select: list[Any] | None,
    case_sensitive: bool,
    wildcard: Value,
) -> list[dict[str, Value]]:
    """Return the rows of a table that fit.

    Raises:
        FunctionError: There is no such table, an argument is wrong, or the table cannot be searched so.
    """
    found = context.tables.get(table)
    if found is None:
        raise FunctionError(show_unknown(table, context.tables))
    conditions = tuple(_condition(column, condition[column]) for column in sorted(condition))
    columns = None if select is None else tuple(_column(column) for column in select)
    try:
        rows: list[dict[str, Value]] = found.find(Search(conditions, columns, case_sensitive, wildcard))
    except TableError as reason:
        raise FunctionError(str(reason)) from None
    return rows


def check_table(arguments: Arguments) -> None:
    """Refuse a table that the host does not have, where the compiler knows the host's tables."""
    known = arguments.tables
    name = arguments.constant("table")
    if known is not None and isinstance(name, str) and name not in known:
        raise InvalidArgument(show_unknown(name, known), code=111)


def _condition(column: str, wanted: Any) -> Condition:
    if not isinstance(wanted, dict) or not {"from", "to"} & wanted.keys():
        return Equals(column, wanted)
    return Between(column, _limit(wanted, "from"), _limit(wanted, "to"))


def _limit(wanted: Mapping[str, Any], name: str) -> Timestamp | None:
    limit = wanted.get(name)
    if name in wanted and not isinstance(limit, Timestamp):
        raise FunctionError(f"{name} in condition must be a timestamp")
    return limit


def _column(name: Any) -> str:
    if not isinstance(name, str):
        raise FunctionError(f"expected string, got {describe(name)}")
    return replaced(name)
