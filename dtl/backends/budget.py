"""What a run may use up, counted while it runs."""

from __future__ import annotations

import time

#: User functions may call one another this deep.
CALL_DEPTH = 200
# The clock is looked at once in so many steps.
_STEPS_PER_LOOK = 256


class LimitExceeded(Exception):
    """A run has used more than it may; nothing in the program can catch it."""

    #: Where it was raised, as in `Stop`.
    place: object = None
    inner: object = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def too_deep() -> LimitExceeded:
    """Word the error for calls that go too deep."""
    return LimitExceeded(f"functions call one another more than {CALL_DEPTH} deep")


class Budget:
    """The steps and the time left to one run.

    A step is a statement, a turn of a loop or of a closure, or a call of a user function.

    Args:
        steps: How many steps are allowed; None for any number.
        seconds: How long the run may take; None for any time.
    """

    __slots__ = ("_deadline", "_seconds", "_steps", "_taken")

    def __init__(self, steps: int | None = None, seconds: float | None = None) -> None:
        self._steps = steps
        self._seconds = seconds
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._taken = 0

    def step(self) -> None:
        """Take a step.

        Raises:
            LimitExceeded: There are no steps, or there is no time, left.
        """
        self._taken = taken = self._taken + 1
        if self._steps is not None and taken > self._steps:
            raise LimitExceeded(f"the program takes more than {self._steps} steps")
        if self._deadline is not None and not taken % _STEPS_PER_LOOK and time.monotonic() > self._deadline:
            raise LimitExceeded(f"the program takes longer than {self._seconds:g} seconds")
