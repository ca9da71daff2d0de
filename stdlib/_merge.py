"""Merging of objects at any depth."""

from collections.abc import Callable
from typing import Any


def merged_deeply(
    one: dict[str, Any], two: dict[str, Any], arrays: Callable[[list[Any], list[Any]], list[Any]] | None = None
) -> dict[str, Any]:
    """Return the fields of two objects in one, with objects under the same name merged likewise.

    Args:
        one: The first object.
        two: The second object; its fields win.
        arrays: What becomes of two arrays under the same name; the second takes the place if it is None.
    """
    result = dict(one)
    # Merged objects that still lack the second one's fields.
    todo = [(result, two)]
    while todo:
        into, other = todo.pop()
        for key, new in other.items():
            old = into.get(key)
            if type(old) is dict and type(new) is dict:
                into[key] = dict(old)
                todo.append((into[key], new))
            elif arrays is not None and type(old) is list and type(new) is list:
                into[key] = arrays(old, new)
            else:
                into[key] = new
    return result
