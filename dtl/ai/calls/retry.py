"""Calls, and what is done with one that came to nothing: tried again later, taken apart, or given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dtl.ai.calls.packer import Item

# The waits between attempts in seconds: doubled each time, up to the longest.
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 8.0
# Refusals in a bisection, beyond those that one bad item makes, before it is seen that everything is bad.
_SPARE_REFUSALS = 8


@dataclass(slots=True, eq=False)
class Bisection:
    """A call that was refused for what is in it, and its halves.

    Attributes:
        size: Items of the whole.
        refusals: How many of its parts were refused.
        successes: How many of its parts were answered.
    """

    size: int
    refusals: int = 0
    successes: int = 0

    @property
    def is_hopeless(self) -> bool:
        """Tell whether more parts were refused than one bad item explains, and none was answered."""
        return not self.successes and self.refusals > self.size.bit_length() + _SPARE_REFUSALS


@dataclass(slots=True, eq=False)
class Call:
    """Items that go together, once or more times.

    Attributes:
        id: Unique in a run.
        items: What is asked, all of one target.
        tokens: Of all inputs and the prompts.
        weight: How much of the provider's budget of requests it takes.
        attempts: How often it was sent.
        bisection: The refused call that it is a part of.
        reserved: Dollars set aside for it.
        sent_at: When it was sent last.
        begun_at: When it was sent first.
        refused: Why it came to nothing last time.
    """

    id: int
    items: list[Item]
    tokens: int
    weight: int
    attempts: int = 0
    bisection: Bisection | None = None
    reserved: float = 0.0
    sent_at: float = 0.0
    begun_at: float = 0.0
    refused: str = ""


def wait_before(attempt: int, random: Callable[[], float]) -> float:
    """Return the seconds to wait before an attempt, 1 being the first repetition; half of it is chance.

    Args:
        attempt: Which repetition.
        random: Gives a number from 0 to 1.
    """
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(attempt - 1, 10))
    return longest * (0.5 + random() / 2)


def halves(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Return both halves of some items."""
    middle = (len(items) + 1) // 2
    return items[:middle], items[middle:]
