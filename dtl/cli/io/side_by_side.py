"""The loop of `dtl run` for programs that ask models: many records under way, outputs in the order of inputs."""

from __future__ import annotations

import os
import stat
import threading
from collections import deque
from collections.abc import Iterator
from queue import Empty, Queue
from time import monotonic
from typing import Any

from dtl.cli.io.failures import Fault
from dtl.cli.io.files import blocks, size
from dtl.cli.io.progress import Progress
from dtl.cli.io.readers import Item
from dtl.cli.io.stream import Stream
from dtl.cli.io.writers import Unwritable
from dtl.vm.outcome import Outcome
from dtl.vm.window import Given, Pause, Window

# Seconds between looks at the answers of a stream.
_LOOK = 0.02
# Lists of records that are read ahead of the program.
_AHEAD = 8
# Outputs that are written together at most.
_TOGETHER = 1000


class SideBySide:
    """One run of a program over files.

    Args:
        stream: What the run needs.
        names: The files.
        most: Run on no more than so many records, and write nothing; None to run on all.
    """

    def __init__(self, stream: Stream, names: list[str], most: int | None = None) -> None:
        self._stream = stream
        self._names = names
        self._under_way: deque[tuple[Item, str]] = deque()
        self._out: list[bytes | bytearray] = []
        self._progress = Progress(stream.console, size(names))
        self._most = most
        self.records = 0
        #: Bytes of the records that were read.
        self.bytes = 0

    def run(self) -> None:
        """Transform the records of the files (see `Stream.run` for what is raised)."""
        stream = self._stream
        program = stream.program
        window = Window(program.code, program.context.ai, program.context, program.limits, before_wait=self._write)
        if self._most is not None:
            for _ in window.run(self._records()):
                pass
            self._progress.clear()
            return
        stream.console.write(stream.writer.start)
        try:
            for outcome in window.run(self._records()):
                item, name = self._under_way.popleft()
                self._end(outcome, item, name)
                if len(self._out) >= _TOGETHER:
                    self._write()
        finally:
            self._write()
            self._progress.clear()
        stream.console.write(stream.writer.end)

    def _end(self, outcome: Outcome, item: Item, name: str) -> None:
        """Write a record that came to its end, or treat its failure."""
        stream = self._stream
        if outcome.status == "ok":
            try:
                self._out.append(stream.writer.encode(outcome.value if stream.print_result else outcome.record))
            except Unwritable as reason:
                stream.fail(item, name, Fault(str(reason)), self._out)
        elif outcome.status == "failed" and outcome.error is not None:
            stream.fail(item, name, Fault.of(outcome.error), self._out)

    def _write(self) -> None:
        """Write what is done."""
        if self._most is not None:
            return
        self._stream.failures.flush()
        if self._out:
            data, self._out = b"".join(self._out), []
            self._stream.console.write(data)

    def _records(self) -> Iterator[Given | Outcome | Pause]:
        """Give the records, and the pauses of a stream."""
        for name in self._names:
            read = self._items(name)
            if name == "-" and not _is_file(self._stream.console.input):
                read = _read_aside(read)
            for items in read:
                if isinstance(items, Pause):
                    yield items
                    continue
                for item in items:
                    if self.records == self._most:
                        return
                    self.records += 1
                    self.bytes += len(item.raw) + 1
                    self._under_way.append((item, name))
                    yield self._given(item)
                self._progress.records += len(items)

    def _items(self, name: str) -> Iterator[list[Item] | Pause]:
        stream = self._stream
        source = self._progress.counted(blocks(name, stream.console.input))
        yield from stream.reader(source, stream.line_limit)

    def _given(self, item: Item) -> Given | Outcome:
        record = item.record
        if type(record) is not dict:
            return self._stream.refused(record)
        return Given(record.copy(), record, self._stream.metadata.copy(), len(item.raw))


def _is_file(input: Any) -> bool:
    """Tell whether a stream is a file, which always has a next block until it ends."""
    try:
        return stat.S_ISREG(os.fstat(input.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return True  # a test's own stream


def _read_aside(read: Iterator[list[Item] | Pause]) -> Iterator[list[Item] | Pause]:
    """Read in a thread, so that answers are minded while there is nothing to be read."""
    queue: Queue[list[Item] | Pause | BaseException | None] = Queue(_AHEAD)

    def work() -> None:
        try:
            for items in read:
                queue.put(items)
            queue.put(None)
        except BaseException as reason:  # it is the run's to treat
            queue.put(reason)

    threading.Thread(target=work, name="dtl-input", daemon=True).start()
    looked_at = monotonic()
    while True:
        if monotonic() - looked_at >= _LOOK:  # a stream that brings a record now and then is looked at too
            yield Pause.LOOK
            looked_at = monotonic()
        try:
            found = queue.get(timeout=_LOOK)
        except Empty:
            yield Pause.SILENCE
            looked_at = monotonic()
            continue
        if found is None:
            return
        if isinstance(found, BaseException):
            raise found
        yield found
