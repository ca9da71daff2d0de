"""What became of a record."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from dtl.data import data, frozen
from dtl.source import Position, Span

Status: TypeAlias = Literal["ok", "aborted", "dropped", "failed"]


@frozen
class Inner:
    """A place in an imported file: its name, and the line and column there, both from 1."""

    name: str
    place: Position

    def __str__(self) -> str:
        return f"{self.name}:{self.place.line}:{self.place.column}"


@frozen
class RunError:
    """Why a program did not come to its end.

    Attributes:
        message: What went wrong, in VRL's words where VRL has them.
        span: The part of the program that raised it, if known.
        place: The line and column where that part begins, both from 1.
        cause: The exception behind an error that is no error of the program.
        inner: Where a function of an imported file raised it, if it did; `span` is the call then.
    """

    message: str
    span: Span | None = None
    place: Position | None = None
    cause: Exception | None = None
    inner: Inner | None = None

    @property
    def line(self) -> int | None:
        """Return the line of the failing expression, from 1."""
        return None if self.place is None else self.place.line

    @property
    def column(self) -> int | None:
        """Return the column of the failing expression in characters, from 1."""
        return None if self.place is None else self.place.column

    def __str__(self) -> str:
        if self.place is None:
            return self.message
        inner = "" if self.inner is None else f", in {self.inner}"
        return f"{self.message} (line {self.line}, column {self.column}{inner})"


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
