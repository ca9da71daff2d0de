"""What a run may use up, and what its result may be: none of it limited unless asked for."""

from __future__ import annotations

from typing import Any

from dtl.backends.budget import CALL_DEPTH, Budget, LimitExceeded
from dtl.data import frozen
from dtl.values.encode import to_json_bytes
from dtl.values.measure import is_deeper

__all__ = ["CALL_DEPTH", "Budget", "LimitExceeded", "Limits"]


@frozen
class Limits:
    """Caps for a run on one record.

    Attributes:
        steps: Statements, turns of loops and closures, and calls of user functions.
        seconds: How long it may take. A single function call is not interrupted.
        size: Bytes of the record afterwards, written as JSON.
        depth: Containers within containers in the record afterwards.
    """

    steps: int | None = None
    seconds: float | None = None
    size: int | None = None
    depth: int | None = None

    @property
    def is_counted(self) -> bool:
        """Tell whether the program must count its steps."""
        return self.steps is not None or self.seconds is not None

    @property
    def is_measured(self) -> bool:
        """Tell whether the result must be measured."""
        return self.size is not None or self.depth is not None

    def budget(self) -> Budget | None:
        """Return what a run that begins now may use up."""
        return Budget(self.steps, self.seconds) if self.is_counted else None

    def measure(self, record: Any) -> None:
        """Check a record after a run.

        Raises:
            LimitExceeded: It is too deep or too large.
        """
        if self.depth is not None and is_deeper(record, self.depth):
            raise LimitExceeded(f"the record is nested more than {self.depth} deep")
        if self.size is not None and len(to_json_bytes(record)) > self.size:
            raise LimitExceeded(f"the record is larger than {self.size} bytes")


NO_LIMITS = Limits()
