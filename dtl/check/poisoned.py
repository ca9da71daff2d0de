"""The places whose assignment was wrong: what is read there says nothing new, so it is not reported again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dtl.check.footprint import Footprint
from dtl.hir.nodes import EVENT, METADATA

#: A variable's name, the event or the metadata, and a path into it.
Place = tuple[str, tuple[str | int, ...]]


class Poisoned:
    """A set of places that only grows, found by what an expression mentions without going over all of them."""

    def __init__(self) -> None:
        self._all: set[Place] = set()
        self._order: list[Place] = []
        self._by_first: dict[str, dict[str | int | None, list[Place]]] = {}

    def __contains__(self, place: object) -> bool:
        return place in self._all

    def __len__(self) -> int:
        return len(self._order)

    def add(self, place: Place) -> None:
        """Add a place."""
        if place in self._all:
            return
        self._all.add(place)
        self._order.append(place)
        root, path = place
        first = path[0] if path else None
        self._by_first.setdefault(root, {}).setdefault(first, []).append(place)

    def update(self, places: Iterable[Place]) -> None:
        """Add several."""
        for place in places:
            self.add(place)

    def since(self, count: int) -> frozenset[Place]:
        """Return what was added since there were so many."""
        return frozenset(self._order[count:])

    def concerning(self, mentions: Footprint) -> frozenset[Place]:
        """Return the places that an expression with this footprint may read."""
        if not self._all:
            return frozenset()
        found: list[Place] = []
        for name in mentions.names:
            found += self._below(name, None)
        found += self._below(EVENT, None if mentions.whole_event else mentions.fields)
        found += self._below(METADATA, None if mentions.whole_metadata else mentions.metadata)
        return frozenset(found)

    def _below(self, root: str, firsts: frozenset[str] | None) -> Iterator[Place]:
        """Give the places below a root, or those of them that begin with one of these parts or are all of it."""
        known = self._by_first.get(root, {})
        for first in known if firsts is None else (None, *firsts):
            yield from known.get(first, ())
