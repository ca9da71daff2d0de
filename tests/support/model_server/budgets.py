"""What a key may still use: a sliding window or a token bucket, and what the headers say of it."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple, Protocol


class State(NamedTuple):
    """A budget as headers tell it: how much in all, how much is left, seconds until it is full again."""

    limit: int
    remaining: int
    reset: float


class Budget(Protocol):
    """How much may be used."""

    def wait(self, amount: int, now: float) -> float:
        """Return the seconds until so much may be used; 0 for now."""

    def use(self, amount: int, now: float) -> None:
        """Use so much."""

    def state(self, now: float) -> State:
        """Return what headers say."""


class Window:
    """No more than a limit in any time of a given length.

    Args:
        limit: How much.
        seconds: In which time.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._used: deque[tuple[float, int]] = deque()
        self._sum = 0

    def wait(self, amount: int, now: float) -> float:
        """Return the seconds until so much may be used; more than the limit never may."""
        self._forget(now)
        over = self._sum + amount - self._limit
        if over <= 0:
            return 0.0
        for at, used in self._used:
            over -= used
            if over <= 0:
                return max(at + self._seconds - now, 1e-6)
        return self._seconds

    def use(self, amount: int, now: float) -> None:
        """Use so much."""
        self._used.append((now, amount))
        self._sum += amount

    def state(self, now: float) -> State:
        """Return what headers say."""
        self._forget(now)
        reset = self._used[-1][0] + self._seconds - now if self._used else 0.0
        return State(self._limit, self._limit - self._sum, reset)

    def _forget(self, now: float) -> None:
        while self._used and self._used[0][0] + self._seconds <= now:
            self._sum -= self._used.popleft()[1]


class Bucket:
    """A bucket that fills steadily.

    Args:
        limit: What it holds.
        seconds: In which time an empty one is full again.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._rate = limit / seconds
        self._level = float(limit)
        self._at: float | None = None

    def wait(self, amount: int, now: float) -> float:
        """Return the seconds until so much may be used."""
        self._fill(now)
        return max(0.0, (amount - self._level) / self._rate)

    def use(self, amount: int, now: float) -> None:
        """Use so much."""
        self._fill(now)
        self._level -= amount

    def state(self, now: float) -> State:
        """Return what headers say."""
        self._fill(now)
        return State(self._limit, max(0, int(self._level)), (self._limit - self._level) / self._rate)

    def _fill(self, now: float) -> None:
        if self._at is not None:
            self._level = min(self._limit, self._level + (now - self._at) * self._rate)
        self._at = now


class Budgets:
    """The budgets of one key.

    Args:
        kind: "window" or "bucket".
        seconds: The time that limits are for.
        limits: By what is counted (requests, tokens, inputs); None where there is no limit.
    """

    def __init__(self, kind: str, seconds: float, limits: dict[str, int | None]) -> None:
        made = Bucket if kind == "bucket" else Window
        self._budgets: dict[str, Budget] = {
            name: made(limit, seconds) for name, limit in limits.items() if limit is not None
        }

    def take(self, amounts: dict[str, int], now: float) -> float:
        """Use amounts of all budgets if every one has room; return the seconds to wait otherwise."""
        wait = max((budget.wait(amounts[name], now) for name, budget in self._budgets.items()), default=0.0)
        if wait <= 0:
            for name, budget in self._budgets.items():
                budget.use(amounts[name], now)
        return wait

    def states(self, now: float) -> dict[str, State]:
        """Return what headers say of each budget."""
        return {name: budget.state(now) for name, budget in self._budgets.items()}
