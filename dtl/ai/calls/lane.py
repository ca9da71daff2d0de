"""Lanes: the calls to one key, in their order."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from dtl.ai.calls.pacer import Pacer
from dtl.ai.calls.retry import Call
from dtl.ai.provider import Refusal


@dataclass(slots=True, eq=False)
class Lane:
    """The calls to one key: its pace, what waits, and whether it is of any use.

    Attributes:
        pacer: When it may be used.
        calls: To be sent in this order.
        later: To be tried again, by time: (time, id, call).
        given_up: The refusal that outlasted all patience; None again after a success.
        answered_at: When there was a success last.
    """

    pacer: Pacer
    calls: deque[Call] = field(default_factory=deque)
    later: list[tuple[float, int, Call]] = field(default_factory=list)
    given_up: Refusal | None = None
    answered_at: float = float("-inf")
    _closed: dict[str | None, Refusal] = field(default_factory=dict)

    def close(self, refusal: Refusal, model: str) -> None:
        """Send nothing more: to the model if there is none of that name, to the key otherwise."""
        self._closed[model if refusal.kind == "model" else None] = refusal

    def dead_for(self, model: str) -> Refusal | None:
        """Return why nothing can be sent to a model, if so."""
        if not self._closed:
            return None
        return self._closed.get(None) or self._closed.get(model)
