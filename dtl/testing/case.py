"""A test case and its verdict, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class _Anything:
    """The type of ANYTHING."""

    def __repr__(self) -> str:
        return "anything"


#: Stands for an expectation that a case does not state.
ANYTHING = _Anything()


@dataclass(frozen=True)
class Step:
    """A program of a case: its text, how messages call it, its dialect; a condition drops what it does not hold for."""

    text: str
    name: str
    dialect: str = "dtl"
    is_condition: bool = False


@dataclass(frozen=True)
class Case:
    """One case: events go through the steps in order; what comes of them is compared.

    Attributes:
        events: What goes in.
        expected: The events that come out, in order.
        result: The value of the last step's program, for a single event.
        error: Part of the message of the failure that must come.
        aborted: True, or part of the message of the abort that must come.
        dropped: Whether nothing may come out (aborted or dropped).
        checks: Programs over each event that comes out; each must give true.
        place: Where the case stands: path of keys and indexes in its file, for `--update`.
    """

    name: str
    steps: tuple[Step, ...]
    events: tuple[Any, ...]
    metadata: dict[str, Any] = field(default_factory=dict)
    expected: Any = ANYTHING
    result: Any = ANYTHING
    error: str | None = None
    aborted: bool | str = False
    dropped: bool = False
    checks: tuple[Step, ...] = ()
    timezone: str = "UTC"
    place: tuple[str | int, ...] = ()


@dataclass
class Verdict:
    """What became of a case: the reasons why it failed, none when it passed."""

    file: str
    name: str
    seconds: float
    reasons: list[str] = field(default_factory=list)
    #: What the case should say to pass, for `--update`: the place of its `expect`, and the value.
    actual: Any = ANYTHING
    place: tuple[str | int, ...] = ()
    #: Spans of each step's source that ran, by the step's name (with coverage).
    covered: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Tell whether nothing was wrong."""
        return not self.reasons
