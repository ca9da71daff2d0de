"""What the compiler has to say about a program, as data."""

from __future__ import annotations

from enum import Enum

from dtl.data import frozen
from dtl.source import Source, Span


class Severity(Enum):
    """How much a diagnostic matters: an error stops compilation, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


@frozen
class Label:
    """A span and what is to be said of it; the primary labels are where the fault is."""

    span: Span
    text: str = ""
    primary: bool = True


@frozen
class Edit:
    """Replace the text of a span."""

    span: Span
    text: str


@frozen
class Fix:
    """A change of the program that would settle the diagnostic."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


@frozen
class Diagnostic:
    """One finding: a code, its sentence, the places and ways out.

    `source` is set when the finding lies in another text than the program's own (an imported file).
    """

    code: int
    message: str
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity = Severity.ERROR
    source: Source | None = None

    def __eq__(self, other: object) -> bool:
        """Compare what is found, wherever the text comes from."""
        return isinstance(other, Diagnostic) and self._found == other._found

    def __hash__(self) -> int:
        return hash(self._found)

    @property
    def _found(self) -> tuple[object, ...]:
        return self.code, self.message, self.labels, self.notes, self.fixes, self.severity

    @property
    def is_error(self) -> bool:
        """Tell whether this stops compilation."""
        return self.severity is Severity.ERROR

    @property
    def span(self) -> Span:
        """Return the place of the first primary label."""
        return next((label.span for label in self.labels if label.primary), Span(0, 0))
