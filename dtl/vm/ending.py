"""A run that did not come to its end, as an outcome."""

from __future__ import annotations

from typing import Any

from dtl.backends import Runnable
from dtl.backends.budget import LimitExceeded, too_deep
from dtl.values.errors import Abort, Drop, Stop
from dtl.vm.outcome import Inner, Outcome, RunError, Status


def ended_by(problem: Exception, code: Runnable, record: Any, metadata: Any) -> Outcome:
    """Return the outcome of a run that was ended by an exception.

    One that is neither the program's nor a limit's is a fault in a function, and a failure of this record.

    Args:
        problem: What was raised.
        code: The program, which knows where it was raised.
        record: The record as it came.
        metadata: Its metadata, likewise.
    """
    if isinstance(problem, Drop):
        return Outcome("dropped", None, record, metadata)
    if isinstance(problem, RecursionError):
        problem = too_deep()
    status: Status = "aborted" if isinstance(problem, Abort) else "failed"
    span = code.span_of(problem)
    place = None if span is None else code.source.position(span.start)
    within = code.inner_place(problem)
    inner = None if within is None else Inner(*within)
    if isinstance(problem, Stop | LimitExceeded):
        return Outcome(status, None, record, metadata, RunError(problem.message, span, place, None, inner))
    message = f"internal error: {type(problem).__name__}: {problem}"
    return Outcome(status, None, record, metadata, RunError(message, span, place, problem, inner))
