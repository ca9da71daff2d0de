"""Which of some categories a text belongs to, by likeness of embeddings to descriptions of them (zero-shot)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dtl.ai.local.categories import KNOWN, SYNONYMS

Encode = Callable[[Sequence[str]], Sequence[list[float]]]
#: What a category is like: a vector for each of its parts ("science and technology" has two).
Centres = Mapping[str, list[list[float]]]


def descriptions(name: str, given: str | None = None) -> list[list[str]]:
    """Return what the parts of a category are about: the description given, what is known of its name, or the name."""
    if given:
        return [[f"{name}: {given}", given]]
    parts = [part.strip() for part in name.lower().replace(" and ", "/").replace("&", "/").split("/") if part.strip()]
    known = [list(found) for part in parts if (found := KNOWN.get(SYNONYMS.get(part, part))) is not None]
    return known or [[f"This text is about {name}.", name]]


def centres_of(categories: Mapping[str, str | None], encode: Encode) -> Centres:
    """Return the vectors of categories: for each part the mean of those of its descriptions."""
    texts = {name: descriptions(name, given) for name, given in categories.items()}
    vectors = iter(encode([text for parts in texts.values() for part in parts for text in part]))
    return {name: [_mean([next(vectors) for _ in part]) for part in parts] for name, parts in texts.items()}


def choose(vector: list[float], centres: Centres) -> tuple[str, float]:
    """Return the nearest category and its likeness; the first of equals."""
    scores = {name: max(_product(vector, centre) for centre in parts) for name, parts in centres.items()}
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best]


def _product(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _mean(vectors: list[list[float]]) -> list[float]:
    total = [sum(column) for column in zip(*vectors, strict=True)]
    length = sum(each * each for each in total) ** 0.5 or 1.0
    return [each / length for each in total]
