"""The type of a value that exists: as exact as its parts."""

from __future__ import annotations

from typing import Any

from dtl.types import type as kind
from dtl.types.type import Type, object_of, tuple_of
from dtl.values.regex import Regex
from dtl.values.timestamp import Timestamp

_SCALARS = {
    str: kind.STRING_TYPE,
    bool: kind.BOOLEAN_TYPE,
    int: kind.INTEGER_TYPE,
    float: kind.FLOAT_TYPE,
    type(None): kind.NULL_TYPE,
    Timestamp: kind.TIMESTAMP_TYPE,
    Regex: kind.REGEX_TYPE,
}

#: Beyond so many parts a container's parts are not looked at.
MOST_PARTS = 200


def type_of_value(value: Any) -> Type:
    """Return a value's type."""
    if isinstance(value, dict):
        if len(value) > MOST_PARTS:
            return kind.ANY_OBJECT
        return object_of({key: type_of_value(part) for key, part in value.items()})
    if isinstance(value, list):
        return kind.ANY_ARRAY if len(value) > MOST_PARTS else tuple_of([type_of_value(part) for part in value])
    return _SCALARS[value.__class__]
