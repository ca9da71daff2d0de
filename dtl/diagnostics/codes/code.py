"""What a diagnostic code is: a number that never changes its meaning, and the words that go with it."""

from __future__ import annotations

from enum import Enum

from dtl.data import frozen
from dtl.diagnostics.diagnostic import Severity


class Stage(Enum):
    """Where a code is met, which decides how its example is tested."""

    COMPILE = "compile"
    WRAPPED = "wrapped"  # reported as E610, whose message names the code
    RUN = "run"  # an error of the running program, or wrapped in E610
    HOST = "host"  # found in a file around programs, so that no program alone is an example
    RESERVED = "reserved"  # kept for its number; no program of this version causes it


@frozen
class Code:
    """A kind of finding.

    `title` is the message, or its pattern: what stands in angle brackets varies. `wrong` is a program
    that causes the finding and `right` one that does not. `notes` follow every report.
    """

    number: int
    title: str
    explanation: str
    wrong: str = ""
    right: str = ""
    notes: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    stage: Stage = Stage.COMPILE
    dialect: str = "vrl"

    @property
    def name(self) -> str:
        """Return the code as it is written in reports: `E103`."""
        return f"E{self.number:03}"
