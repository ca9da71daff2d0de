"""Mappings that never change, made from one another at a cost that hardly grows with their size.

A program that sets thousands of fields makes as many states, each with one field more. Small ones are plain dicts;
a large one is a dict that many share and the few changes since.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from itertools import islice
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")

#: So many items make a mapping large, and so many changes are put into a new dict.
_MANY = 64


class Layered(Mapping[K, V]):
    """A dict that is shared, and what differs from it; in the order of a dict."""

    __slots__ = ("base", "changes", "count")

    def __init__(self, base: dict[K, V], changes: dict[K, V]) -> None:
        self.base = base
        self.changes = changes
        self.count = len(base) + sum(key not in base for key in changes)

    def plain(self) -> dict[K, V]:
        """Return a dict of all."""
        return {**self.base, **self.changes}

    def __getitem__(self, key: K) -> V:
        changes = self.changes
        return changes[key] if key in changes else self.base[key]

    def get(self, key: K, default: Any = None) -> Any:
        """Return a key's value, or the default."""
        changes = self.changes
        return changes[key] if key in changes else self.base.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self.changes or key in self.base

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[K]:
        return iter(self.plain())

    def keys(self) -> KeysView[K]:
        """Return the keys."""
        return self.plain().keys()

    def values(self) -> ValuesView[V]:
        """Return the values."""
        return self.plain().values()

    def items(self) -> ItemsView[K, V]:
        """Return the pairs."""
        return self.plain().items()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping) or len(other) != self.count:
            return False
        keys = differing(self, other)
        if keys is not None:
            return all(key in self and key in other and self[key] == other[key] for key in keys)
        return self.plain() == plain(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.plain())


def plain(mapping: Mapping[K, V]) -> dict[K, V]:
    """Return a new dict of a mapping's items."""
    return mapping.plain() if isinstance(mapping, Layered) else dict(mapping)


def with_item(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    """Return a mapping with one item set."""
    if isinstance(mapping, dict):
        return {**mapping, key: value} if len(mapping) < _MANY else Layered(mapping, {key: value})
    return with_items(mapping, {key: value})


def with_items(mapping: Mapping[K, V], items: Mapping[K, V]) -> Mapping[K, V]:
    """Return a mapping with several items set."""
    if not items:
        return mapping
    base, changes = _layers(mapping)
    changes = {**changes, **items}
    return {**base, **changes} if len(base) < _MANY or len(changes) > _MANY else Layered(base, changes)


def differing(a: Mapping[K, V], b: Mapping[K, V]) -> Iterable[K] | None:
    """Return the keys in which two mappings may differ, if they share all others; None if that is not known."""
    if a is b:
        return ()
    (base, mine), (other_base, theirs) = _layers(a), _layers(b)
    return {**mine, **theirs} if base is other_base else None


def latest(mapping: Mapping[K, V], count: int) -> list[K]:
    """Return the keys that came last, in their order."""
    base, changes = _layers(mapping)
    new = [key for key in changes if key not in base]
    return [*reversed([*islice(reversed(base), count)]), *new][-count:]


def _layers(mapping: Mapping[K, V]) -> tuple[dict[K, V], dict[K, V]]:
    if isinstance(mapping, Layered):
        return mapping.base, mapping.changes
    return (mapping if isinstance(mapping, dict) else dict(mapping)), {}
