"""The `deep_merge` function."""

from typing import Literal

from dtl.functions import function
from dtl.types.annotations import Object

from .._merge import merged_deeply


@function(dialect="dtl")
def deep_merge(to: Object, from_: Object, arrays: Literal["replace", "append"] = "replace") -> Object:
    """Return the fields of two objects in one, with objects under the same name merged likewise.

    Args:
        to: The first object.
        from: The second object; its fields win.
        arrays: Whether an array under the same name takes the place of the first one, or is appended to it.

    Examples:
        Settings over defaults:
            >>> deep_merge({ "db": { "host": "a", "port": 1 } }, { "db": { "port": 2 } })
            { "db": { "host": "a", "port": 2 } }

        Arrays put together:
            >>> deep_merge({ "tags": ["a"] }, { "tags": ["b"] }, arrays: "append")
            { "tags": ["a", "b"] }
    """
    return merged_deeply(to, from_, _appended if arrays == "append" else None)


def _appended(one: list[object], two: list[object]) -> list[object]:
    return [*one, *two]
