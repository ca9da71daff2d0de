"""Equality of elements: of the same kind and the same content."""

from typing import Any

from dtl.values.compare import same


def is_same(one: Any, two: Any) -> bool:
    """Tell whether two values are alike; `1` and `1.0` are not."""
    if type(one) is not type(two):
        return False
    return bool(one == two) if type(one) is not list and type(one) is not dict else same(one, two)


def identity(value: Any) -> Any:
    """Return something hashable that is equal for values that are alike, and for no others."""
    if type(value) is list or type(value) is dict:
        return _flat(value)
    return type(value), value


def _flat(value: Any) -> tuple[Any, ...]:
    """Return a container as the sequence of its openings, keys and scalars."""
    parts: list[Any] = []
    todo: list[tuple[Any, Any]] = [(None, value)]
    while todo:
        key, item = todo.pop()
        if type(item) is list:
            parts.append((key, list, len(item)))
            todo.extend((None, element) for element in item)
        elif type(item) is dict:
            parts.append((key, dict, len(item)))
            todo.extend((name, item[name]) for name in sorted(item))
        else:
            parts.append((key, type(item), item))
    return tuple(parts)
