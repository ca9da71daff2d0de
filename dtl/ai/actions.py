"""What the engine wants done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from dtl.ai.provider import Ask, Target


class CacheEntry(NamedTuple):
    """An answer to be kept."""

    key: bytes
    task: str
    model: str
    answer: Any


@dataclass(frozen=True, slots=True)
class Lookup:
    """Look keys up in the cache; to be reported by `looked_up`."""

    keys: list[bytes]


@dataclass(frozen=True, slots=True)
class Send:
    """Send a call; to be reported by `answered`.

    Attributes:
        id: Unique in a run.
        asks: What is asked.
        target: Whom.
        keys: Of the asks, in their order; empty when the answers are not to be kept.
    """

    id: int
    asks: list[Ask]
    target: Target
    keys: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """Write answers to the journal; to be reported by `stored`, and only then does anybody see them.

    Attributes:
        id: Unique in a run.
        entries: The answers.
        call: The Send whose response they come from.
    """

    id: int
    entries: list[CacheEntry]
    call: int = -1


@dataclass(frozen=True, slots=True)
class Resume:
    """Hand out results: each the token of who asked, and an answer or a FunctionError."""

    results: list[tuple[Any, Any]]


Action: TypeAlias = Lookup | Send | Store | Resume
