"""Processes that run a program over blocks of lines side by side, so that every core has something to do.

Blocks and what becomes of them lie in memory that both sides share; only a few numbers go through pipes. Each worker
has a second block at hand when it is done with one, so that it never waits for this process, which reads and writes.

The results come in the order of the blocks. Of a line that fails only the place travels: it is run once more in this
process, as is a block whose worker dies; so a failure is what it is without workers.
"""

from __future__ import annotations

import os
import signal
import struct
from collections import deque
from collections.abc import Iterable, Iterator
from mmap import mmap
from typing import Any, NamedTuple, TypeAlias

from dtl.backends import Runnable
from dtl.functions.function import Effect
from dtl.vm.lines import Block, LineRunner, Trouble

#: The number of the first line, the lines, and whether they are to be run.
Task: TypeAlias = "tuple[int, list[Any], bool]"
#: The same with what became of them; None where they were not to be run.
Result: TypeAlias = "tuple[int, list[Any], Block | None]"

# Of a task: its room, its length in bytes. Of a result: the bytes written, how many records were kept, how many
# dropped, how many failed. Of a failure: its line, the bytes written before it.
_TASK = struct.Struct("<BQ")
_RESULT = struct.Struct("<QQQQ")
_FAILURE = struct.Struct("<QQ")
# Bytes that a block of lines may have, and what becomes of it; more goes another way. Only what is used takes memory.
_ROOM = 4 << 20
# Blocks that a worker has at hand: the one it runs, and the next.
_ROOMS = 2
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
    """A process, the memory shared with it, and the pipes to and from it."""

    def __init__(self, runner: LineRunner, others: list[_Worker]) -> None:
        tasks, self._tasks = os.pipe()
        self._results, results = os.pipe()
        self._rooms = [mmap(-1, _ROOM) for _ in range(_ROOMS)]
        self.process = os.fork()
        if not self.process:
            try:
                for other in others:
                    other.leave()  # an open end would keep the other from seeing that all is over
                self.leave()
                _work(runner, tasks, results, self._rooms)
            finally:
                os._exit(1)
        os.close(tasks)
        os.close(results)

    def send(self, room: int, text: bytes) -> None:
        """Hand a block over.

        Raises:
            OSError: The process is gone.
        """
        self._rooms[room][: len(text)] = text
        _write(self._tasks, _TASK.pack(room, len(text)))

    def receive(self, room: int) -> tuple[Block, list[tuple[int, int]]]:
        """Return what became of the block handed over, and where lines failed.

        Raises:
            EOFError: The process is gone.
        """
        length, kept, dropped, failed = _RESULT.unpack(_read(self._results, _RESULT.size))
        failures = list(_FAILURE.iter_unpack(_read(self._results, failed * _FAILURE.size)))
        written = memoryview(self._rooms[room])[:length] if length <= _ROOM else _read(self._results, length)
        return Block(bytearray(written), kept, [], dropped), failures

    def leave(self) -> None:
        """Close this side of the pipes."""
        os.close(self._tasks)
        os.close(self._results)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.leave()
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


class _UnderWay(NamedTuple):
    """A block that a worker runs; without one, it is run here, or not at all if it is not meant to be."""

    first: int
    lines: list[Any]
    is_meant: bool
    worker: _Worker | None = None
    room: int = 0


class Workers:
    """Some processes that run the same program."""

    def __init__(self, runner: LineRunner, count: int) -> None:
        self._runner = runner
        self._workers: list[_Worker] = []
        for _ in range(count):
            self._workers.append(_Worker(runner, self._workers))

    @property
    def processes(self) -> list[int]:
        """Return the numbers by which the system knows the processes."""
        return [worker.process for worker in self._workers]

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Give what becomes of blocks, in their order."""
        free = deque((worker, room) for room in range(_ROOMS) for worker in self._workers)
        most = len(free)
        under_way: deque[_UnderWay] = deque()
        for first, lines, is_meant in tasks:
            while under_way and (not free or len(under_way) > most):
                yield self._ended(under_way, free)
            under_way.append(_handed_over(first, lines, free) if is_meant else _UnderWay(first, lines, False))
        while under_way:
            yield self._ended(under_way, free)

    def _ended(self, under_way: deque[_UnderWay], free: deque[tuple[_Worker, int]]) -> Result:
        """Take the oldest block."""
        first, lines, is_meant, worker, room = under_way.popleft()
        if not is_meant:
            return first, lines, None
        block = None
        if worker is not None:
            try:
                block = self._completed(lines, *worker.receive(room))
                free.append((worker, room))
            except EOFError:  # it is gone: there are fewer workers from now on
                self._forget(worker, free)
        return first, lines, self._runner(lines) if block is None else block

    def _completed(self, lines: list[Any], block: Block, failures: list[tuple[int, int]]) -> Block | None:
        """Find out why lines failed; None if one does not fail again, for then the block is not what it would be."""
        for line, place in failures:
            troubles = self._runner([lines[line]]).troubles
            if not troubles:
                return None
            block.troubles.append(Trouble(line, place, troubles[0].reason))
        return block

    def _forget(self, worker: _Worker, free: deque[tuple[_Worker, int]]) -> None:
        """Give a process that is gone nothing more to do."""
        kept = [pair for pair in free if pair[0] is not worker]
        free.clear()
        free.extend(kept)

    def end(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()


def _handed_over(first: int, lines: list[Any], free: deque[tuple[_Worker, int]]) -> _UnderWay:
    """Hand a block to a worker, if one is free and it fits; this process runs it when its turn comes otherwise."""
    text = b"\n".join(lines)
    if free and len(text) <= _ROOM:
        worker, room = free.popleft()
        try:
            worker.send(room, text)
        except OSError:
            pass  # it is gone
        else:
            return _UnderWay(first, lines, True, worker, room)
    return _UnderWay(first, lines, True)


def _work(runner: LineRunner, tasks: int, results: int, rooms: list[mmap]) -> None:
    """Run blocks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the run minds it
    while True:
        try:
            room, length = _TASK.unpack(_read(tasks, _TASK.size))
        except EOFError:
            os._exit(0)
        text = rooms[room][:length]
        block = runner(text.split(b"\n"), text)
        written, troubles = block.written, block.troubles
        message = [_RESULT.pack(len(written), block.kept, block.dropped, len(troubles))]
        message += [_FAILURE.pack(trouble.line, trouble.place) for trouble in troubles]
        if len(written) <= _ROOM:
            rooms[room][: len(written)] = written
        else:
            message.append(bytes(written))
        _write(results, b"".join(message))


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
