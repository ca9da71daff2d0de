"""What became of a record."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from dtl.data import data, frozen
from dtl.source import Position, Span

Status: TypeAlias = Literal["ok", "aborted", "dropped", "failed"]


@frozen
class RunError:
    """Why a program did not come to its end.

    Attributes:
        message: What went wrong, in VRL's words where VRL has them.
        span: The part of the program that raised it, if known.
        place: The line and column where that part begins, both from 1.
        cause: The exception behind an error that is no error of the program.
    """

    message: str
    span: Span | None = None
    place: Position | None = None
    cause: Exception | None = None

    @property
    def line(self) -> int | None:
        """Return the line of the failing expression, from 1."""
        return None if self.place is None else self.place.line

    @property
    def column(self) -> int | None:
        """Return the column of the failing expression in characters, from 1."""
        return None if self.place is None else self.place.column

    def __str__(self) -> str:
        return self.message if self.place is None else f"{self.message} (line {self.line}, column {self.column})"


@data
class Outcome:
    """What became of a record.

    Attributes:
        status: "ok"; "aborted" by `abort`; "dropped" by `deleted()`; "failed" with a run-time error.
        value: The value of the last expression, or of `return`; null unless the status is "ok".
        record: The event afterwards; as it came unless the status is "ok". It may share what it contains with the
            record given, as neither is ever changed.
        metadata: The metadata afterwards, likewise.
        error: Why the program failed or aborted.
    """

    status: Status
    value: Any
    record: Any
    metadata: Any
    error: RunError | None = None
