"""What the engine wants done, and how it is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from dtl.ai.money import NO_CAPS, Caps
from dtl.ai.provider import Ask, Target


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run asks.

    Attributes:
        caps: Hard stops on cost and requests.
        fuses: Whether tasks about one text may share a call.
        linger: Seconds of silence of a live stream after which calls that are not full are sent (without silence,
            twenty times as long after a question was asked); None to wait until there is no more input.
        patience: Seconds for which a provider may refuse everything before what waits for it fails.
        memory: Bytes of answers kept in memory.
        looks_up: Whether there is a cache to be asked.
    """

    caps: Caps = NO_CAPS
    fuses: bool = True
    linger: float | None = None
    patience: float = 60.0
    memory: int = 256 << 20
    looks_up: bool = False


class Entry(NamedTuple):
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
    entries: list[Entry]
    call: int = -1


@dataclass(frozen=True, slots=True)
class Resume:
    """Hand out results: each the token of who asked, and an answer or a FunctionError."""

    results: list[tuple[Any, Any]]


Action: TypeAlias = Lookup | Send | Store | Resume
