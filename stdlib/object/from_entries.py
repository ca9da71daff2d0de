"""The `from_entries` function."""

from typing import Any

from dtl.functions import FunctionError, function
from dtl.types.annotations import Array, Object
from dtl.values.text import replaced
from dtl.values.value import describe

_KEYS = ("key", "Key", "name", "Name")


@function
def from_entries(value: Array) -> Object:
    """Make an object of an array of entries.

    An entry is an object with the name of a field under `key`, `Key`, `name` or `Name` (the first that is neither
    null nor false) and its value under `value` or `Value`. It is what `to_entries` makes.

    Args:
        value: The array of entries; of two with one name the later stays.

    Raises:
        An element is not an object.
        An element has no name, or one that is not a string.

    Examples:
        Two entries:
            >>> from_entries([{ "key": "a", "value": 1 }, { "name": "b", "value": 2 }])
            { "a": 1, "b": 2 }

        A number for an entry:
            >>> from_entries([1])
            error: expected object, got integer

        No name:
            >>> from_entries([{ "value": 1 }])
            error: object keys must be strings
    """
    made: dict[str, Any] = {}
    for entry in value:
        if type(entry) is not dict:
            raise FunctionError(f"expected object, got {describe(entry)}")
        key = next((found for name in _KEYS if (found := entry.get(name)) is not None and found is not False), None)
        if type(key) is not str:
            raise FunctionError("object keys must be strings")
        made[replaced(key)] = entry["value"] if "value" in entry else entry.get("Value")
    return made
