"""Hard stops: what a run may cost and how many requests it may send, reserved before sending and settled after."""

from __future__ import annotations

from dataclasses import dataclass

from dtl.ai.provider import Price, Usage

# Tokens of an answer whose length nothing bounds, for the reservation.
UNBOUNDED_ANSWER = 4096
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Stops:
    """What a run may use: dollars and requests; None for any amount."""

    cost: float | None = None
    requests: int | None = None


NO_STOPS = Stops()


def most_cost(price: Price, tokens: int, answer_tokens: int) -> float:
    """Return the most that a call can cost, in dollars."""
    return (tokens * price.input + answer_tokens * price.output) / _MILLION


def cost_of(price: Price, usage: Usage, tokens: int) -> float:
    """Return what a call cost by the provider's count; by our estimate of its input where the provider is silent."""
    asked = usage.input_tokens if usage.input_tokens is not None else tokens
    cached = min(usage.cached_tokens or 0, asked)
    cheap = price.cached_input if price.cached_input is not None else price.input
    return ((asked - cached) * price.input + cached * cheap + (usage.output_tokens or 0) * price.output) / _MILLION


class Budget:
    """What is spent and what is reserved."""

    def __init__(self, stops: Stops) -> None:
        self._stops = stops
        self.spent = 0.0
        self.requests = 0
        self._reserved = 0.0
        self._open = 0

    def why_not(self, amount: float) -> str | None:
        """Tell why a call that may cost so much may not be sent, if it may not."""
        stops = self._stops
        if stops.requests is not None and self.requests >= stops.requests:
            return f"the run may send no more than {stops.requests} requests"
        if stops.cost is not None and self.spent + self._reserved + amount > stops.cost:
            return f"the run may cost no more than ${stops.cost:g}"
        return None

    @property
    def may_be_freed(self) -> bool:
        """Tell whether calls under way may come to cost less than is reserved for them."""
        return self._open > 0 and (self._stops.requests is None or self.requests < self._stops.requests)

    def reserve(self, amount: float) -> None:
        """Set aside what a call may cost, and count it."""
        self.requests += 1
        self._open += 1
        self._reserved += amount

    def settle(self, reserved: float, cost: float) -> None:
        """Replace what was set aside by what it came to."""
        self._open -= 1
        self._reserved = self._reserved - reserved if self._open else 0.0
        self.spent += cost
