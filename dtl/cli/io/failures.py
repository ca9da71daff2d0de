"""What becomes of input that is no record and of records on which the program fails."""

from __future__ import annotations

from binascii import b2a_base64
from typing import BinaryIO

from dtl.cli.io.console import Console
from dtl.cli.io.readers import Item, Problem
from dtl.data import data, frozen
from dtl.values.encode import to_json_bytes
from dtl.values.value import Value
from dtl.vm.outcome import Inner, RunError

# How many failures are told one by one; a flood of them hides everything else.
_TOLD = 20


class Stopped(Exception):
    """The first failure ends the run."""


@frozen
class Fault:
    """Why an item came to nothing; `place` is the line and column in the program, if it was the program.

    `inner` is the place in a file that the program imports, if it was a function of one.
    """

    reason: str
    place: tuple[int, int] | None = None
    inner: Inner | None = None

    @staticmethod
    def of(error: RunError) -> Fault:
        """Return the fault that a program's error is."""
        return Fault(error.message, error.place, error.inner)


@data
class Failures:
    """The rule for failures: `fail` and `skip` say it all, `keep` passes the input on, anything else is a file.

    `keep` gives the record as it came; a line that is no record goes on as `{"message": line}`, so that the
    output stays readable as what it is.
    """

    rule: str
    console: Console
    program: str
    count: int = 0
    letters: BinaryIO | None = None

    def open(self) -> None:
        """Create the file of dead letters, if there is to be one.

        Raises:
            OSError: it cannot be created.
        """
        if self.rule not in ("fail", "skip", "keep"):
            self.letters = open(self.rule, "wb")  # noqa: SIM115 - closed by close()

    def close(self) -> None:
        """Bring the dead letters to disk, and say how many failures were not told."""
        if self.letters is not None:
            self.letters.close()
        if self.letters is not None and self.count:
            self.console.error(f"{self.count} failed, see {self.rule}")
        elif self.count > _TOLD:
            self.console.error(f"{self.count - _TOLD} more failed")

    def flush(self) -> None:
        """Write out the dead letters so far: they must not be later than the records around them."""
        if self.letters is not None:
            self.letters.flush()

    def take(self, item: Item, name: str, fault: Fault) -> Value | Problem:
        """Treat a failed item by the rule; return what goes to the output, or a problem when nothing does.

        Raises:
            Stopped: the rule is to stop.
            OSError: the dead letter cannot be written.
        """
        self.count += 1
        if self.letters is not None:
            self.letters.write(to_json_bytes(_letter(item, name, self.program, fault)) + b"\n")
            return Problem(fault.reason)
        if self.count <= _TOLD:
            self.console.error(self._told(item, name, fault))
        if self.rule == "fail":
            raise Stopped
        if self.rule == "skip":
            return Problem(fault.reason)
        return {"message": _text(item.raw)} if isinstance(item.record, Problem) else item.record

    def _told(self, item: Item, name: str, fault: Fault) -> str:
        where = f"{'standard input' if name == '-' else name}, line {item.line}"
        if fault.place is None:
            return f"{where}: {fault.reason}"
        inner = "" if fault.inner is None else f", in {fault.inner}"
        return f"{where}: {fault.reason} ({self.program or 'program'}:{fault.place[0]}:{fault.place[1]}{inner})"


def _letter(item: Item, name: str, program: str, fault: Fault) -> dict[str, Value]:
    letter: dict[str, Value] = {
        "error": fault.reason,
        "input": {"file": name, "line": item.line},
    }
    if fault.place is not None:
        letter["position"] = {"program": program, "line": fault.place[0], "column": fault.place[1]}
    if fault.inner is not None:
        line, column = fault.inner.place
        letter["raised_in"] = {"file": fault.inner.name, "line": line, "column": column}
    if not isinstance(item.record, Problem):
        letter["record"] = item.record
        return letter
    try:
        letter["raw"] = item.raw.decode()
    except UnicodeDecodeError:  # JSON text could not give these bytes back
        letter["raw_base64"] = b2a_base64(item.raw, newline=False).decode()
    return letter


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
