"""Records of the host as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dtl.values.regex import Regex
from dtl.values.text import from_bytes, replaced
from dtl.values.timestamp import Timestamp
from dtl.values.value import I64_MAX, I64_MIN

# Forms that are values whatever they hold.
_PLAIN = frozenset((bool, type(None), Timestamp, Regex))


def own(record: Any) -> dict[str, Any]:
    """Return an object that a run may change the fields of; what they hold is shared with the host's record.

    Besides values, a host may give mappings, tuples, datetimes (without a zone: UTC), bytes, and numbers beyond
    64 bits, which become floats; NaN becomes null, and half a surrogate pair U+FFFD.

    Raises:
        TypeError: The record is no object, something in it can be no value, or it is nested too deep.
    """
    if type(record) is not dict:
        if not isinstance(record, Mapping):
            raise TypeError(f"a record must be an object, not {type(record).__name__}")
        record = dict(record)
    try:
        return _owned(record)
    except RecursionError:
        raise TypeError("the record is nested too deep") from None


def _owned(record: dict[Any, Any]) -> dict[str, Any]:
    owned: dict[str, Any] = record.copy()
    for key, item in record.items():
        kind = type(item)
        if kind is str:
            if not item.isascii():
                owned[key] = _text(item)
        elif kind is int:
            if not I64_MIN <= item <= I64_MAX:
                owned[key] = _as_float(item)
        elif kind not in _PLAIN:
            owned[key] = value_of(item)
    return owned if _are_names(record) else {_name(key): item for key, item in owned.items()}


def value_of(item: Any) -> Any:
    """Return the value that stands for something of the host's; itself where it is one.

    Raises:
        TypeError: There is none.
    """
    kind = type(item)
    if kind is str:
        return item if item.isascii() else _text(item)
    if kind is int:
        return item if I64_MIN <= item <= I64_MAX else _as_float(item)
    if kind in _PLAIN:
        return item
    if kind is float:
        return item if item == item else None
    if kind is dict:
        if not _are_names(item):
            return _owned(item)
        for inner in item.values():
            if value_of(inner) is not inner:
                return _owned(item)
        return item
    if kind is list:
        for inner in item:
            if value_of(inner) is not inner:
                return [value_of(inner) for inner in item]
        return item
    return _converted(item)


def _are_names(record: dict[Any, Any]) -> bool:
    """Tell whether all keys are plain text, the usual case."""
    try:
        return "".join(record).isascii()
    except TypeError:
        return False


def _name(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the names of fields are strings, not {type(key).__name__}")
    return replaced(_text(key))


def _text(text: str) -> str:
    """Return a text in which nothing stands for what no bytes could be."""
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return str(text)


def _converted(item: Any) -> Any:
    """Return the value for what is of another class than values are."""
    if isinstance(item, bool | str):
        return _text(str(item)) if isinstance(item, str) else bool(item)
    if isinstance(item, int):
        return value_of(int(item))
    if isinstance(item, float):
        return value_of(float(item))
    if isinstance(item, datetime):
        return Timestamp.from_datetime(item)
    if isinstance(item, bytes | bytearray | memoryview):
        return from_bytes(item)
    if isinstance(item, Mapping):
        return _owned(dict(item))
    if isinstance(item, list | tuple):
        return [value_of(inner) for inner in item]
    raise TypeError(f"not a value: {type(item).__name__}")


def _as_float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
