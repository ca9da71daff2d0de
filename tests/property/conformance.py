"""Whether a value is of a type: what the checker's promises are held against."""

from __future__ import annotations

from typing import Any

from dtl.types import type as kind
from dtl.types.type import Type
from dtl.values.regex import Regex
from dtl.values.timestamp import Timestamp

_KINDS = {
    str: kind.STRING,
    bool: kind.BOOLEAN,
    int: kind.INTEGER,
    float: kind.FLOAT,
    type(None): kind.NULL,
    list: kind.ARRAY,
    dict: kind.OBJECT,
    Timestamp: kind.TIMESTAMP,
    Regex: kind.REGEX,
}


def violation(value: Any, type: Type, path: str = "") -> str | None:
    """Return where and how a value is not of a type, or None when it is."""
    found = _KINDS[value.__class__]
    if not type.kinds & found:
        return f"{path or 'the value'} is {value!r}, the type says {type.kinds:b}"
    if found == kind.OBJECT:
        return _parts(value.items(), value, type.object, path)
    if found == kind.ARRAY:
        return _parts(enumerate(value), dict(enumerate(value)), type.array, path)
    return None


def _parts(items: Any, present: Any, collection: Any, path: str) -> str | None:
    for key, part in items:
        if (wrong := violation(part, collection.part(key), f"{path}.{key}")) is not None:
            return wrong
    for key, expected in collection.known.items():
        if key not in present and not expected.kinds & kind.UNDEFINED:
            return f"{path}.{key} is missing"
    return None
