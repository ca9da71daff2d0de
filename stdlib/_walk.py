"""Going through nested values without Python's recursion, whose depth is limited."""

from collections.abc import Callable
from typing import Any


def rebuilt(value: Any, leaf: Callable[[Any], Any]) -> Any:
    """Return a value with every part that is no container replaced by `leaf` of it."""
    root: list[Any] = [value]
    # Places in new containers whose content is still the old value.
    todo: list[tuple[Any, Any]] = [(root, 0)]
    while todo:
        holder, key = todo.pop()
        old = holder[key]
        if type(old) is list:
            new: Any = list(old)
            todo.extend((new, index) for index in range(len(new)))
        elif type(old) is dict:
            new = dict(old)
            todo.extend((new, name) for name in new)
        else:
            new = leaf(old)
        holder[key] = new
    return root[0]
