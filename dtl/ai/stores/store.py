"""What every vector store can do: put in, take out, count, and find what is most alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from dtl.ai.config.entries import Entry
from dtl.ai.provider import Ask, Caps, Provider
from dtl.ai.request import Kind

Distance: TypeAlias = Literal["cosine", "dot", "euclidean"]
_DISTANCES: dict[str, Distance] = {
    "cosine": "cosine", "dot": "dot", "dotproduct": "dot", "euclidean": "euclidean", "euclid": "euclidean",
    "l2": "euclidean",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoreItem:
    """A vector with its name, the data that goes with it, and the text that it stands for, if any."""

    id: str
    vector: Sequence[float]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of items: how many were taken, and why each of the others was not, by id."""

    count: int = 0
    failed: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: Written) -> Written:
        return Written(self.count + other.count, {**self.failed, **other.failed})


class VectorStore(Provider, ABC):
    """A store: a provider of the kind "search", and what fills it.

    The answer to a search is a list of matches, the most alike first, each with id, score, embedding, metadata and,
    where known, text. A score is more for what is more alike, whatever the distance: the cosine, the product, or
    1 / (1 + euclidean distance).
    """

    distance: Distance = "cosine"
    dimension: int | None = None

    def caps(self, kind: Kind, model: str) -> Caps:
        """Return how many searches one call may carry."""
        return Caps(inputs=100, concurrency=4)

    @abstractmethod
    def upsert(self, items: Iterable[StoreItem]) -> Written:
        """Put items in, in place of those of the same ids."""

    @abstractmethod
    def delete(self, ids: Iterable[str]) -> Written:
        """Take items out; ids that are not there are no failure."""

    @abstractmethod
    def count(self) -> int:
        """Return how many items there are."""

    def stats(self) -> dict[str, Any]:
        """Return what there is to say of the store."""
        return {"items": self.count(), "distance": self.distance, "dimension": self.dimension}

    def close(self) -> None:
        """Let go of files and connections."""


def distance_of(entry: Entry) -> Distance:
    """Return the distance that an entry sets."""
    return _DISTANCES[entry.get("distance", "cosine")]


def search_options(ask: Ask) -> tuple[int, float | None, Mapping[str, Any]]:
    """Return how many matches a search wants, its least score, and its filter."""
    options = ask.request.options
    return options["top_k"], options.get("threshold"), options.get("filter") or {}


def matches_filter(metadata: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Tell whether metadata have the values that a filter wants; `a.b` looks into objects."""
    for name, value in wanted.items():
        found: Any = metadata.get(name)
        if found is None and "." in name:
            found = metadata
            for part in name.split("."):
                found = found.get(part) if isinstance(found, Mapping) else None
        allowed = value if isinstance(value, list) else [value]
        held = found if isinstance(found, list) else [found]
        if not any(_equal(each, other) for each in held for other in allowed):
            return False
    return True


def _equal(a: Any, b: Any) -> bool:
    return a == b and isinstance(a, bool) == isinstance(b, bool)
