"""The types that a table's columns may have."""

from __future__ import annotations

from collections.abc import Callable

from dtl.values.convert import to_bool, to_float, to_int
from dtl.values.strptime import compile_format, parse_relaxed
from dtl.values.time_fields import Fields
from dtl.values.timestamp import InvalidTimestamp, Timestamp
from dtl.values.value import Value

ColumnType = Callable[[str], Value]

_TIME_FIELDS = frozenset({"hour", "half", "hour of half", "minute", "second", "nanosecond", "timestamp", "offset"})
# Formats of a `timestamp` column that names none, tried in order after RFC 3339.
_TIMESTAMP_FORMATS = ("%F %T", "%v %T", "%FT%T", "%a, %d %b %Y %T", "%a %b %e %T %Y", "%s", "%a %d %b %T %z %Y")


def read_column_type(text: str | None) -> ColumnType:
    """Return the reader of a column's type.

    Raises:
        ValueError: There is no such type.
    """
    if text is None:
        return str
    name, _, form = (part.strip() for part in text.partition("|"))
    match name:
        case "string" | "bytes" | "asis":
            return str
        case "integer" | "int":
            return to_int
        case "float":
            return to_float
        case "boolean" | "bool":
            return to_bool
        case "date":
            return lambda value: _date(value, form or "%Y-%m-%d")
        case "timestamp":
            return lambda value: _timestamp(value, form)
    raise ValueError(f"unknown type of column: {text}")


def _date(text: str, form: str) -> Timestamp:
    fields = compile_format(form).fields(text)
    day = Fields()
    day.known = {name: value for name, value in fields.known.items() if name not in _TIME_FIELDS}
    day.known |= {"half": 0, "hour of half": 0, "minute": 0, "offset": 0}
    return day.instant()


def _timestamp(text: str, form: str) -> Timestamp:
    if form:
        return compile_format(form).parse(text)
    try:
        return parse_relaxed(text)
    except InvalidTimestamp:
        pass
    for known in _TIMESTAMP_FORMATS:
        try:
            return compile_format(known).parse(text)
        except InvalidTimestamp:
            continue
    raise ValueError(f"not a timestamp: {text}")
