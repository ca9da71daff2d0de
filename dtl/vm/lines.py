"""Lines of JSON through a program: the quick way for many records, which makes nothing that is not asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import orjson

from dtl.backends.budget import Budget, LimitExceeded
from dtl.functions.context import Context
from dtl.values.decode import DEEPEST, InvalidJson, from_json, reads_plainly
from dtl.values.encode import text_of, to_json_bytes, writes_plainly
from dtl.values.errors import Abort, Drop
from dtl.vm.outcome import Outcome, RunError
from dtl.vm.program import Program

#: Why a line gave no record: it is no JSON, or the program failed on it.
Trouble: TypeAlias = InvalidJson | Outcome

# A line of so many bytes, or fewer, has not the brackets to be too deep.
_NEVER_DEEP = 2 * DEEPEST + 1
_OPTIONS = orjson.OPT_SORT_KEYS


@dataclass(slots=True)
class Block:
    """What became of some lines.

    Attributes:
        records: The records (or results) that were kept, in order, written as JSON without line ends.
        troubles: For each line that failed: its index, the number of records before it, and why.
        kept: How many records were kept.
        dropped: How many were aborted or dropped by the program, blank lines left out.
    """

    records: list[bytes] = field(default_factory=list)
    troubles: list[tuple[int, int, Trouble]] = field(default_factory=list)
    dropped: int = 0

    @property
    def kept(self) -> int:
        """Return how many records were kept."""
        return len(self.records)


class LineRunner:
    """A program that is run on lines.

    Args:
        program: The program.
        metadata: The metadata of every record, as values.
        result: Whether the value of the program is what is written, rather than the record.
        context: The host, if not the program's own.
    """

    def __init__(
        self,
        program: Program,
        metadata: dict[str, Any] | None = None,
        *,
        result: bool = False,
        context: Context | None = None,
    ) -> None:
        self._program = program
        self._metadata = metadata or {}
        self._gives_result = result
        self._context = context or program.context
        # The bytecode backend's function is called without a detour.
        self._run: Callable[..., tuple[Any, Any, Any]] = getattr(program.code, "function", program.code)

    def __call__(self, lines: Sequence[bytes]) -> Block:
        """Run on the lines of a block, blank ones left out."""
        block = Block()
        if self._program.limits.is_counted or self._program.limits.is_measured:
            self._run_within_limits(lines, block)
        elif reads_plainly(b"\n".join(lines)):
            self._run_plainly(lines, block)
        else:
            for index, line in enumerate(lines):
                self._run_one(index, line, block)
        return block

    def _run_plainly(self, lines: Sequence[bytes], block: Block) -> None:
        """Run on lines that orjson reads as they are to be read."""
        run, context, metadata, loads, dumps = self._run, self._context, self._metadata, orjson.loads, orjson.dumps
        first, records = (0 if self._gives_result else 1), block.records
        add = records.append
        for index, line in enumerate(lines):
            try:
                event = loads(line)
                if type(event) is dict and (
                    len(line) <= _NEVER_DEEP or line.count(b"{") + line.count(b"[") <= DEEPEST
                ):
                    add(dumps(run(event, metadata.copy(), context, None)[first], text_of, _OPTIONS))
                    continue
            except (Abort, Drop):
                block.dropped += 1
                continue
            except Exception:
                pass  # once more below, step by step: it was bad input, a failure, or a value that orjson refuses
            self._run_one(index, line, block)
        if not writes_plainly(b"\n".join(records)):
            # Some floats are spelled otherwise than orjson does.
            records[:] = [record if writes_plainly(record) else to_json_bytes(from_json(record)) for record in records]

    def _run_one(self, index: int, line: bytes, block: Block) -> None:
        """Run on one line, minding everything."""
        program = self._program
        try:
            event = from_json(line, lenient_numbers=True)
        except InvalidJson as reason:
            if line.strip():
                block.troubles.append((index, len(block.records), reason))
            return
        if type(event) is not dict:
            reason = InvalidJson("a record must be an object")
            block.troubles.append((index, len(block.records), reason))
            return
        given = event.copy()
        try:
            budget: Budget | None = program.limits.budget()
            value, event, _ = self._run(event, self._metadata.copy(), self._context, budget)
            program.limits.measure(event)
        except Exception as problem:
            outcome = program.ended(problem, given, self._metadata)
            if outcome.status == "failed":
                block.troubles.append((index, len(block.records), outcome))
            else:
                block.dropped += 1
            return
        block.records.append(to_json_bytes(value if self._gives_result else event))

    def _run_within_limits(self, lines: Sequence[bytes], block: Block) -> None:
        for index, line in enumerate(lines):
            self._run_one(index, line, block)


__all__ = ["Block", "LimitExceeded", "LineRunner", "RunError", "Trouble"]
