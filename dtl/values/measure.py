"""How large and how deep a value is, for limits."""

from __future__ import annotations

from typing import Any, NamedTuple

from dtl.values.value import Value

# Values are counted one by one up to here. A value of more is likely to hold the same container many times over
# (`x = [x, x]`, forty times, has more elements than memory has bytes), so that counting must not visit each.
_ONE_BY_ONE = 100_000


class Size(NamedTuple):
    """What a value takes up: containers within one another, values in all, characters of text and keys."""

    depth: int
    values: int
    characters: int


def measure(value: Value) -> Size:
    """Return the size of a value; a scalar has depth 0, and what several containers share counts each time."""
    depth = values = characters = 0
    level: list[Any] = [value]
    while level:
        values += len(level)
        if values > _ONE_BY_ONE:
            return measure_shared(value)
        below: list[Any] = []
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


def measure_shared(value: Any) -> Size:
    """Measure a value, visiting each of its containers once."""
    known: dict[int, Size] = {}
    todo: list[Any] = [value]
    while todo:
        item = todo[-1]
        if id(item) in known:
            todo.pop()
            continue
        inner = item if type(item) is list else list(item.values())
        missing = [each for each in inner if type(each) in (list, dict) and id(each) not in known]
        if missing:
            todo.extend(missing)
            continue
        todo.pop()
        sizes = [known[id(each)] for each in inner if type(each) in (list, dict)]
        known[id(item)] = Size(
            1 + max((size.depth for size in sizes), default=0),
            1 + len(inner) - len(sizes) + sum(size.values for size in sizes),
            sum(len(each) for each in inner if type(each) is str)
            + (sum(map(len, item)) if type(item) is dict else 0)
            + sum(size.characters for size in sizes),
        )
    return known[id(value)]


def depth(value: Value) -> int:
    """Return how many containers lie within one another, the outermost included; a scalar has 0."""
    return measure(value).depth


def is_deeper(value: Value, limit: int) -> bool:
    """Tell whether a value has more than `limit` containers within one another, looking no deeper than that."""
    level: list[Any] = [value]
    for _ in range(limit + 1):
        level = [item for item in level if type(item) is list or type(item) is dict]
        if not level:
            return False
        level = [inner for item in level for inner in (item if type(item) is list else item.values())]
    return True
