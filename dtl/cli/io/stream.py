"""The loop of `dtl run`: files through a program to the output, block by block."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any, cast

from dtl.cli.io.compiled import Compiled
from dtl.cli.io.console import Console
from dtl.cli.io.failures import Failures, Fault
from dtl.cli.io.files import blocks, size
from dtl.cli.io.lines import LongLine, split
from dtl.cli.io.progress import Progress
from dtl.cli.io.readers import BYTE_ORDER_MARK, Item, Problem, Reader, read_lines, read_ndjson
from dtl.cli.io.writers import NdjsonWriter, Unwritable
from dtl.data import data, fresh
from dtl.values.errors import Abort, Drop
from dtl.values.value import Value, kind_name
from dtl.vm.ending import ended_by
from dtl.vm.lines import Block, LineRunner
from dtl.vm.outcome import Outcome, RunError

# Files of this many bytes together keep more than one core busy for long enough to be worth it.
_LARGE = 16 << 20


@data
class Stream:
    """Everything a run needs besides its files."""

    program: Compiled
    reader: Reader
    writer: NdjsonWriter
    failures: Failures
    console: Console
    metadata: dict[str, Any] = fresh(factory=dict)
    print_result: bool = False
    line_limit: int = 0
    jobs: int = 0

    def run(self, names: list[str]) -> None:
        """Transform the records of some files in order.

        What was read together is written together, so that the output only ever ends between records.

        Raises:
            Stopped: a record failed and the rule is to stop; what came before it is written.
            UnreadableFile: a file cannot be read to its end; what came before is written.
            OSError: the output or the dead letters cannot be written.
        """
        progress = Progress(self.console, size(names))
        # The common case has a way of its own, several times as quick.
        by_lines = self.reader is read_ndjson and type(self.writer) is NdjsonWriter
        program = self.program
        runner = LineRunner(program.code, program.context, program.limits, self.metadata, self.print_result)
        self.console.write(self.writer.start)
        with _interruptible() as waiting:
            workers = self._workers(runner, names) if by_lines else None
            try:
                for name in names:
                    source = progress.counted(waiting(blocks(name, self.console.input)))
                    if by_lines:
                        self._run_lines(source, name, runner, workers, progress)
                        continue
                    for items in self.reader(source, self.line_limit):
                        self._transform(items, name)
                        progress.records += len(items)
            finally:
                progress.clear()
                if workers is not None:
                    workers.end()
        self.console.write(self.writer.end)

    def _run_lines(
        self, source: Iterator[bytes], name: str, runner: LineRunner, workers: Any, progress: Progress
    ) -> None:
        """Transform lines of JSON into lines of JSON, a block at a time."""
        tasks = _tasks(source, self.line_limit)
        results: Iterator[tuple[int, list[Any], Block | None]]
        if workers is not None:
            results = workers.run(tasks)
        else:
            results = ((first, lines, runner(lines) if is_meant else None) for first, lines, is_meant in tasks)
        for first, lines, block in results:
            if block is None:
                self._transform(read_lines(first, lines, self.line_limit), name)
            elif block.troubles:
                self._settle(block, first, lines, name)
            else:
                self.console.write(block.written)
            progress.records += len(lines)

    def _workers(self, runner: LineRunner, names: list[str]) -> Any:
        """Return processes that share the work on large files, if they are of use."""
        if self.jobs == 1 or (not self.jobs and _size_at_hand(names, self.console) < _LARGE):
            return None
        module = import_module("dtl.vm.workers")  # most runs are too small to need it
        most: int = module.workers_for(self.program.code)
        count = min(most, self.jobs) if self.jobs else most
        return module.Workers(runner, count) if count > 1 else None

    def _settle(self, block: Block, first: int, lines: list[bytes], name: str) -> None:
        """Write a block in which lines failed, and treat those where they stand."""
        out: list[bytes | bytearray] = []
        at = 0
        try:
            for index, place, reason in block.troubles:
                out.append(block.written[at:place])
                at = place
                if isinstance(reason, Outcome):
                    error = reason.error
                    assert error is not None
                    item = Item(first + index, reason.record, lines[index])
                    self.fail(item, name, Fault.of(error), out)
                else:
                    (item,) = read_lines(first + index, [lines[index]], self.line_limit)
                    self.fail(item, name, Fault(_not_an_object(item.record)), out)
            out.append(block.written[at:])
        finally:
            self.failures.flush()
            self.console.write(b"".join(out))

    def _transform(self, items: list[Item], name: str) -> None:
        out: list[bytes | bytearray] = []
        encode, print_result = self.writer.encode, self.print_result
        # What was read here belongs to nobody else, so the program may work on it without the checks of `run`. The
        # copies keep what came in, for the case that the program fails halfway.
        code, context, limits = self.program.code, self.program.context, self.program.limits
        metadata, is_measured = self.metadata, limits.is_measured
        try:
            for item in items:
                record = item.record
                if type(record) is not dict:
                    self.fail(item, name, Fault(_not_an_object(record)), out)
                    continue
                try:
                    value, event, _ = code(record.copy(), metadata.copy(), context, limits.budget())
                    if is_measured:
                        limits.measure(event)
                    out.append(encode(value if print_result else event))
                except Unwritable as reason:
                    self.fail(item, name, Fault(str(reason)), out)
                except (Abort, Drop):
                    continue
                except Exception as problem:
                    outcome = ended_by(problem, code, record, metadata)
                    if outcome.status == "failed" and outcome.error is not None:
                        self.fail(item, name, Fault.of(outcome.error), out)
        finally:
            self.failures.flush()
            if out:
                self.console.write(b"".join(out))

    def fail(self, item: Item, name: str, fault: Fault, out: list[bytes | bytearray]) -> None:
        """Treat a failed item by the rule; what goes on is added to the output.

        Raises:
            Stopped: the rule is to stop.
        """
        kept = self.failures.take(item, name, fault)
        if not isinstance(kept, Problem):
            try:
                out.append(self.writer.encode(kept))
            except Unwritable:
                self.failures.console.error(f"line {item.line} cannot be kept in this output format")

    def refused(self, record: Value | Problem) -> Outcome:
        """Return the outcome of what is no record."""
        return Outcome("failed", None, record, self.metadata, RunError(_not_an_object(record)))


def _tasks(source: Iterator[bytes], limit: int) -> Iterator[tuple[int, list[Any], bool]]:
    """Give lines in blocks, with the number of the first, and whether all are short enough to be run."""
    for first, lines in split(source, limit):
        is_meant = not any(type(line) is LongLine for line in lines)
        if is_meant and first == 1:
            lines[0] = cast("bytes", lines[0]).removeprefix(BYTE_ORDER_MARK)
        yield first, lines, is_meant


def _size_at_hand(names: list[str], console: Console) -> int:
    """Return the bytes of the input files, compressed or not; what arrives bit by bit makes it zero."""
    total = 0
    for name in names:
        try:
            found = os.fstat(console.input.fileno()) if name == "-" else os.stat(name)
        except (OSError, ValueError, AttributeError):
            return 0
        if not stat.S_ISREG(found.st_mode):
            return 0
        total += found.st_size
    return total


def run_once(stream: Stream, record: Value) -> None:
    """Transform a single record that was not read from anywhere."""
    stream.console.write(stream.writer.start)
    stream._transform([Item(1, record, b"")], "no input")
    stream.console.write(stream.writer.end)


def _not_an_object(record: Value | Problem) -> str:
    if isinstance(record, Problem):
        return record.reason
    return f"a record must be an object, not {kind_name(record)}"


@contextmanager
def _interruptible() -> Iterator[Any]:
    """Let Ctrl-C end the run between two blocks: at once while input is awaited, else after the block is written.

    Gives a function that wraps the iteration over blocks. A second Ctrl-C ends the run wherever it is.
    """
    is_waiting = False
    is_asked = False

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_asked
        if is_waiting or is_asked:
            raise KeyboardInterrupt
        is_asked = True

    def waiting(source: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal is_waiting
        while True:
            if is_asked:
                raise KeyboardInterrupt
            is_waiting = True
            try:
                block = next(source, None)
            finally:
                is_waiting = False
            if block is None:
                return
            yield block

    try:
        before = signal.signal(signal.SIGINT, on_interrupt)
    except ValueError:  # this is not the main thread, which alone is interrupted
        yield waiting
        return
    try:
        yield waiting
    finally:
        signal.signal(signal.SIGINT, before)
