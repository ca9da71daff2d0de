"""Processes that run a program over blocks of lines side by side, so that every core has something to do.

The results come in the order of the blocks. A block in which a line fails, or whose process dies, is run once more in
this process: so nothing but bytes has to travel, and a failure is what it is without workers.
"""

from __future__ import annotations

import os
import signal
import struct
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from dtl.backends import Runnable
from dtl.functions.function import Effect
from dtl.vm.lines import Block, LineRunner

#: The number of the first line, the lines, and whether they are to be run.
Task: TypeAlias = "tuple[int, list[Any], bool]"
#: The same with what became of them; None where they were not to be run.
Result: TypeAlias = "tuple[int, list[Any], Block | None]"

# Of a task: its length in bytes. Of a result: whether nothing failed, how many were kept, how many dropped, its length.
_TASK = struct.Struct("<Q")
_RESULT = struct.Struct("<?QQQ")
# More would wait for this process, which reads and writes.
_MOST = 16
#: Effects that may be had in any process.
_ANYWHERE = frozenset({Effect.PURE, Effect.TIME})


def workers_for(code: Runnable) -> int:
    """Return how many workers are of use for a program here; none where one process must do it all."""
    functions = getattr(code, "functions", None)
    if functions is None or not hasattr(os, "fork"):
        return 0
    if any(function.effect not in _ANYWHERE for function in functions.values()):
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST) if cores > 1 else 0


class _Worker:
    """A process, and the pipes to and from it."""

    def __init__(self, runner: LineRunner, others: list[_Worker]) -> None:
        tasks, self._tasks = os.pipe()
        self._results, results = os.pipe()
        self._process = os.fork()
        if not self._process:
            try:
                for other in others:
                    other.leave()  # an open end would keep the other from seeing that all is over
                self.leave()
                _work(runner, tasks, results)
            finally:
                os._exit(1)
        os.close(tasks)
        os.close(results)

    def send(self, text: bytes) -> None:
        """Hand a block over.

        Raises:
            OSError: The process is gone.
        """
        _write(self._tasks, _TASK.pack(len(text)) + text)

    def receive(self) -> Block | None:
        """Return what became of the block handed over; None where it must be run once more.

        Raises:
            EOFError: The process is gone.
        """
        is_well, kept, dropped, length = _RESULT.unpack(_read(self._results, _RESULT.size))
        return Block(bytearray(_read(self._results, length)), kept, [], dropped) if is_well else None

    def leave(self) -> None:
        """Close this side of the pipes."""
        os.close(self._tasks)
        os.close(self._results)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.leave()
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


class Workers:
    """Some processes that run the same program."""

    def __init__(self, runner: LineRunner, count: int) -> None:
        self._runner = runner
        self._workers: list[_Worker] = []
        for _ in range(count):
            self._workers.append(_Worker(runner, self._workers))

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Give what becomes of blocks, in their order."""
        free = deque(self._workers)
        under_way: deque[tuple[_Worker | None, int, list[Any], bool]] = deque()
        for first, lines, is_meant in tasks:
            if not is_meant:
                under_way.append((None, first, lines, False))
                continue
            while not free and any(worker is not None for worker, *_ in under_way):
                yield self._ended(under_way, free)
            worker = free.popleft() if free else None
            if worker is not None:
                try:
                    worker.send(b"\n".join(lines))
                except OSError:
                    worker = None
            under_way.append((worker, first, lines, True))
        while under_way:
            yield self._ended(under_way, free)

    def _ended(self, under_way: deque[tuple[_Worker | None, int, list[Any], bool]], free: deque[_Worker]) -> Result:
        """Take the oldest block."""
        worker, first, lines, is_meant = under_way.popleft()
        if not is_meant:
            return first, lines, None
        block = None
        if worker is not None:
            try:
                block = worker.receive()
                free.append(worker)
            except EOFError:
                pass  # it is gone: there are fewer workers from now on
        return first, lines, self._runner(lines) if block is None else block

    def end(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()


def _work(runner: LineRunner, tasks: int, results: int) -> None:
    """Run blocks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the run minds it
    while True:
        try:
            (length,) = _TASK.unpack(_read(tasks, _TASK.size))
        except EOFError:
            os._exit(0)
        block = runner(_read(tasks, length).split(b"\n"))
        written = b"" if block.troubles else block.written
        _write(results, _RESULT.pack(not block.troubles, block.kept, block.dropped, len(written)) + written)


def _write(pipe: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(pipe, left) :]


def _read(pipe: int, length: int) -> bytes:
    """Read so many bytes.

    Raises:
        EOFError: There are not so many.
    """
    parts = []
    while length:
        part = os.read(pipe, min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
