"""Vectors in memory, searched exactly; with NumPy where it is installed."""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from dtl.ai.local.packages import is_installed, load
from dtl.ai.stores.store import Distance, StoreItem, matches_filter
from dtl.values.errors import FunctionError

# Scores computed at a time: bounds the memory that a batch of searches takes.
_BLOCK = 4_000_000


class Matrix:
    """Items with vectors of one dimension; not changed once made.

    Raises:
        FunctionError: The dimensions differ.
    """

    def __init__(self, items: Sequence[StoreItem], distance: Distance) -> None:
        self.items = list(items)
        self.distance = distance
        self.dimension = len(self.items[0].vector) if self.items else None
        for item in self.items:
            if len(item.vector) != self.dimension:
                message = f'the vector of "{item.id}" has {len(item.vector)} dimensions, others have {self.dimension}'
                raise FunctionError(message)
        self.numpy: Any = load("numpy", "numpy", "ai") if self.items and is_installed("numpy") else None
        if self.numpy is not None:
            self.rows = self.numpy.asarray([item.vector for item in self.items], dtype=self.numpy.float32)
            squares = (self.rows.astype(self.numpy.float64) ** 2).sum(axis=1)
            self.norms = self.numpy.sqrt(squares)

    def search(
        self, vectors: Sequence[Sequence[float]], top: int, threshold: float | None, wanted: Mapping[str, Any]
    ) -> list[list[dict[str, Any]]]:
        """Return the matches of each vector, the most alike first, those of equal score in the items' order.

        Raises:
            FunctionError: A vector is of another dimension than the items.
        """
        if not self.items:
            return [[] for _ in vectors]
        for vector in vectors:
            if len(vector) != self.dimension:
                raise FunctionError(f"the vector has {len(vector)} dimensions, the store's have {self.dimension}")
        allowed = (
            [index for index, item in enumerate(self.items) if matches_filter(item.metadata, wanted)]
            if wanted
            else None
        )
        if allowed == []:
            return [[] for _ in vectors]
        found = []
        step = max(1, _BLOCK // len(self.items))
        for at in range(0, len(vectors), step):
            for scores in self._scores(vectors[at : at + step]):
                found.append(self._best(scores, top, threshold, allowed))
        return found

    def _best(self, scores: Any, top: int, threshold: float | None, allowed: list[int] | None) -> list[dict[str, Any]]:
        numpy = self.numpy
        if numpy is None:
            indexes = range(len(scores)) if allowed is None else allowed
            order = heapq.nsmallest(top, indexes, key=lambda index: (-scores[index], index))
        else:
            chosen = numpy.arange(len(scores)) if allowed is None else numpy.asarray(allowed)
            values = scores[chosen]
            if top < len(values):
                # All that are as good as the last one wanted: among equals the order of the items decides.
                least = numpy.partition(values, len(values) - top)[len(values) - top]
                kept = values >= least
                chosen, values = chosen[kept], values[kept]
            order = chosen[numpy.argsort(-values, kind="stable")][:top].tolist()
        return [
            self._match(index, float(scores[index]))
            for index in order
            if threshold is None or scores[index] >= threshold
        ]

    def _match(self, index: int, score: float) -> dict[str, Any]:
        item = self.items[index]
        match = {
            "id": item.id,
            "score": score,
            "embedding": self._shown(item.vector),
            "metadata": dict(item.metadata),
        }
        if item.text is not None:
            match["text"] = item.text
        return match

    def _shown(self, vector: Sequence[float]) -> list[float]:
        """Return a vector as plain numbers: 32-bit floats with the seven digits that they are exact to."""
        if not isinstance(vector, array):
            return list(vector)
        return [float(f"{number:.7g}") for number in vector]

    def _scores(self, vectors: Sequence[Sequence[float]]) -> Any:
        if self.numpy is None:
            return [[self._score(vector, item.vector) for item in self.items] for vector in vectors]
        numpy = self.numpy
        asked = numpy.asarray(vectors, dtype=numpy.float32)
        products = (asked @ self.rows.T).astype(numpy.float64)
        if self.distance == "dot":
            return products
        lengths = numpy.sqrt((asked.astype(numpy.float64) ** 2).sum(axis=1))[:, None]
        if self.distance == "cosine":
            return numpy.clip(products / numpy.maximum(lengths * self.norms[None, :], 1e-30), -1, 1)
        squares = lengths**2 + self.norms[None, :] ** 2 - 2 * products
        return 1 / (1 + numpy.sqrt(numpy.maximum(squares, 0)))

    def _score(self, a: Sequence[float], b: Sequence[float]) -> float:
        if self.distance == "euclidean":
            return 1 / (1 + math.dist(a, b))
        product = math.fsum(x * y for x, y in zip(a, b, strict=True))
        if self.distance == "dot":
            return product
        return max(-1.0, min(1.0, product / max(math.hypot(*a) * math.hypot(*b), 1e-30)))
