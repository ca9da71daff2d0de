"""How large and how deep a value is, for limits."""

from __future__ import annotations

from typing import NamedTuple

from dtl.values.value import Value


class Size(NamedTuple):
    """What a value takes up: containers within containers, values in all, and bytes of text (UTF-8 not counted out)."""

    depth: int
    values: int
    characters: int


def measure(value: Value) -> Size:
    """Return the size of a value; a scalar has depth 0, and what several containers share counts each time."""
    depth = values = characters = 0
    level: list[Value] = [value]
    while level:
        below: list[Value] = []
        values += len(level)
        containers = False
        for item in level:
            if type(item) is str:
                characters += len(item)
            elif type(item) is list:
                containers = True
                below.extend(item)
            elif type(item) is dict:
                containers = True
                characters += sum(map(len, item))
                below.extend(item.values())
        depth += containers
        level = below
    return Size(depth, values, characters)


def depth(value: Value) -> int:
    """Return how many containers lie within one another, the outermost included; a scalar has 0."""
    return measure(value).depth


def is_deeper(value: Value, limit: int) -> bool:
    """Tell whether a value has more than `limit` containers within one another, looking no deeper than that."""
    level: list[Value] = [value]
    for _ in range(limit + 1):
        level = [item for item in level if type(item) is list or type(item) is dict]
        if not level:
            return False
        level = [inner for item in level for inner in (item if isinstance(item, list) else item.values())]
    return True
