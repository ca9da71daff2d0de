"""How a run asks."""

from __future__ import annotations

from dataclasses import dataclass

from dtl.ai.accounting.budget import NO_STOPS, Stops


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a run asks.

    Attributes:
        stops: Hard stops on cost and requests.
        fuses: Whether tasks about one text may share a call.
        linger: Seconds of silence of a live stream after which calls that are not full are sent (without silence,
            twenty times as long after a question was asked); None to wait until there is no more input.
        patience: Seconds for which a provider may refuse everything before what waits for it fails.
        memory: Bytes of answers kept in memory.
        looks_up: Whether there is a cache to be asked.
    """

    stops: Stops = NO_STOPS
    fuses: bool = True
    linger: float | None = None
    patience: float = 60.0
    memory: int = 256 << 20
    looks_up: bool = False
