"""How a server behaves: latency, caps, budgets, faults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

#: Faults of a whole request. rate_limit (429), server (500), overloaded (529 or 503), timeout (no answer), reset
#: (the connection breaks before the answer), cut (it breaks within the answer), truncated (the body ends too early,
#: with a length to match), html (a proxy's page under status 200).
#: Faults of items (embeddings): shuffled, missing, foreign, extra, doubled.
#: Faults of a chat's answer: wrong_schema, prose (no JSON where JSON is due), refused, too_long.
FAULTS = (
    "rate_limit", "server", "overloaded", "timeout", "reset", "cut", "truncated", "html",
    "shuffled", "missing", "foreign", "extra", "doubled",
    "wrong_schema", "prose", "refused", "too_long",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How a server behaves.

    Attributes:
        latency: Seconds from a request's arrival to its answer.
        per_input: Seconds more for each input.
        dimensions: Length of vectors.
        requests: Requests that a key may make within `seconds`; None for any number.
        tokens: Tokens that it may send, likewise.
        inputs: Inputs that it may send, likewise.
        seconds: The time that budgets are for.
        budget: "window" (no more than the limit in any such time) or "bucket" (fills steadily).
        retry_after: What a 429 says; None for the time until there is room, rounded up to whole seconds.
        tells: Whether responses tell the budgets.
        faults: Probability of each fault, by name.
        first: Faults of the first requests, in order.
        insufficient_quota: After so many accepted requests, all are refused as unpaid; None for never.
        seed: Chooses which requests the faults hit: the same body meets the same faults, in any order of arrival.
        hang: Seconds after which a request that meets `timeout` is broken off.
        bytes_per_token: How tokens are counted: the bytes of a text divided by it, rounded up.
        poison: A request with this text in an input is refused (400), whoever else is in it.
        cursed: A request with this text in an input fails (500).
        mute: An input with this text in it is left out of every answer.
        silly: A chat about a text with this in it is answered against its schema.
        batch_seconds: How long a batch takes.
        keys: Keys that are known; empty for any.
        lists_inputs: Whether the ledger holds a hash of every input.
    """

    latency: float = 0.0
    per_input: float = 0.0
    dimensions: int = 64
    requests: int | None = None
    tokens: int | None = None
    inputs: int | None = None
    seconds: float = 60.0
    budget: str = "window"
    retry_after: float | None = None
    tells: bool = True
    faults: Mapping[str, float] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    insufficient_quota: int | None = None
    seed: int = 0
    hang: float = 60.0
    bytes_per_token: float = 4.0
    poison: str | None = None
    cursed: str | None = None
    mute: str | None = None
    silly: str | None = None
    batch_seconds: float = 0.2
    keys: tuple[str, ...] = ()
    lists_inputs: bool = False

    def __post_init__(self) -> None:
        unknown = [name for name in (*self.faults, *self.first) if name not in FAULTS and name != "none"]
        if unknown:
            raise ValueError(f"no such fault: {', '.join(unknown)}")

    def to_json(self) -> str:
        """Return the plan as text."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Plan:
        """Return the plan that a text describes.

        Raises:
            ValueError: It is no JSON, or names an unknown fault.
            TypeError: It has an unknown field.
        """
        data: dict[str, Any] = json.loads(text)
        for name in ("first", "keys"):
            data[name] = tuple(data.get(name, ()))
        return Plan(**data)
