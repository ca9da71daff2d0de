"""Responses as they came, on disk before they are read: what was paid for outlives a killed process.

A response is appended to a file of the process beside the cache, in one write, as soon as its last byte is there;
reading it, checking it and putting its answers into the cache take longer, and come afterwards. The file is emptied
when the answers of all its responses are in the cache. What a killed process left is read by the next run that asks
one of its questions.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from glob import escape, glob
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import orjson

from dtl.ai.cache.description import describe, restored
from dtl.ai.provider import Ask

# Without locks (on Windows) nobody can tell whether a file's owner lives: nothing is appended.
_fcntl: Any = import_module("fcntl") if find_spec("fcntl") else None

_MARK = b"dtl1"
_HEAD = len(_MARK) + 4 + 8
# A file that has grown so large is followed by another, and goes when it is settled.
_LARGE = 64 << 20
# Seconds for which what was left is kept though nobody asks for it; and an empty file that may be about to be filled.
_KEPT = 30 * 86_400
_YOUNG = 60


class _File:
    """A file that is appended to, and how many of its responses are not settled yet."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self.open = 0
        self.size = 0
        # Whoever looks for what was left takes only files that it can lock.
        _lock(self.number)

    def end(self) -> None:
        """Remove the file if all is settled; otherwise the next run finds it."""
        if not self.open:
            with suppress(OSError):
                os.unlink(self.path)
        os.close(self.number)


class Arrivals:
    """The responses of this process that are not in the cache yet. Belongs to one thread.

    Args:
        path: The cache's.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: _File | None = None

    def append(self, keys: Sequence[bytes], asks: Sequence[Ask], body: bytes) -> _File | None:
        """Write a response down; it outlives the process when this returns.

        Returns:
            What to give to `settle` when its answers are in the cache; None where it could not be written.
        """
        head = orjson.dumps(describe(keys, asks), option=orjson.OPT_NON_STR_KEYS)
        mark = _MARK + len(head).to_bytes(4, "big") + len(body).to_bytes(8, "big")
        size = _HEAD + len(head) + len(body)
        try:
            file = self._opened()
            if _written(file.number, [mark, head, body]) < size:
                os.ftruncate(file.number, file.size)
                return None
        except OSError:
            return None
        file.size += size
        file.open += 1
        return file

    def settle(self, file: _File) -> None:
        """Note that the answers of a response are in the cache."""
        file.open -= 1
        if file.open:
            return
        if file is not self._file:
            file.end()
            return
        with suppress(OSError):
            os.ftruncate(file.number, 0)
            file.size = 0

    def close(self) -> None:
        """Remove the file if all is settled."""
        if self._file is not None:
            self._file.end()
            self._file = None

    def _opened(self) -> _File:
        if _fcntl is None:
            raise OSError
        if self._file is not None and self._file.size > _LARGE:
            before, self._file = self._file, None
            if not before.open:
                before.end()
        if self._file is None:
            self._file = _File(f"{self._path}.arrived-{os.urandom(8).hex()}")
        return self._file


def _lock(file: int) -> None:
    """Lock a file for as long as the process has it open.

    Raises:
        OSError: Another process has it.
    """
    _fcntl.flock(file, _fcntl.LOCK_EX | _fcntl.LOCK_NB)


def _written(file: int, parts: list[bytes]) -> int:
    return os.writev(file, parts) if sum(map(len, parts)) < (1 << 30) else 0


class _Response(NamedTuple):
    """Where a response lies that was left."""

    path: str
    at: int
    size: int
    asked: list[tuple[bytes, Ask]]


#: Reads a body as the response to asks: the answers by their ids.
Reader = Callable[[bytes, list[Ask]], dict[int, Any]]


class Leftovers:
    """What killed processes left beside a cache.

    Args:
        path: The cache's.
    """

    def __init__(self, path: str) -> None:
        self._by_key: dict[bytes, _Response] = {}
        self._answers: dict[bytes, Any] = {}
        self._files: dict[str, int] = {}
        self._unused: dict[str, set[bytes]] = {}
        if _fcntl is None:
            return
        for name in glob(f"{escape(path)}.arrived-*"):
            with suppress(OSError):
                self._take(name)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def find(self, key: bytes, read: Reader) -> Any:
        """Return the answer to a key; None when there is none.

        Args:
            key: The question's.
            read: Reads a response, as the provider does.
        """
        response = self._by_key.get(key)
        if response is None:
            return None
        if key not in self._answers:
            answers = read(self._body(response), [ask for _, ask in response.asked])
            for each, ask in response.asked:
                self._answers[each] = answers.get(ask.id)
        return self._answers[key]

    def used(self, keys: Sequence[bytes]) -> None:
        """Note that the answers of keys are in the cache, or of no use; files of which nothing is left are removed."""
        for key in keys:
            self._answers.pop(key, None)
            response = self._by_key.pop(key, None)
            if response is not None:
                unused = self._unused[response.path]
                unused.discard(key)
                if not unused:
                    self._remove(response.path)

    def clear(self) -> None:
        """Remove all."""
        for path in list(self._files):
            self._remove(path)
        self._by_key.clear()

    def close(self) -> None:
        """Leave what is left to others."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()

    def _take(self, path: str) -> None:
        """Take a file that nobody writes to."""
        file = os.open(path, os.O_RDONLY)
        try:
            _lock(file)
        except OSError:
            os.close(file)
            return
        self._files[path] = file
        self._unused[path] = set()
        for response in _responses(path, file):
            for key, _ in response.asked:
                self._by_key[key] = response
                self._unused[path].add(key)
        age = time.time() - os.fstat(file).st_mtime
        if age > _KEPT or (not self._unused[path] and age > _YOUNG):
            for key in self._unused[path]:
                self._by_key.pop(key, None)
            self._remove(path)

    def _body(self, response: _Response) -> bytes:
        try:
            return os.pread(self._files[response.path], response.size, response.at)
        except (OSError, KeyError):
            return b""

    def _remove(self, path: str) -> None:
        with suppress(OSError):
            os.unlink(path)
        os.close(self._files.pop(path))


def _responses(path: str, file: int) -> Iterator[_Response]:
    """Yield the responses of a file, up to one that was not written as a whole."""
    at, size = 0, os.fstat(file).st_size
    while at + _HEAD <= size:
        mark = os.pread(file, _HEAD, at)
        head, body = int.from_bytes(mark[4:8], "big"), int.from_bytes(mark[8:16], "big")
        at += _HEAD
        if mark[:4] != _MARK or at + head + body > size:
            return
        with suppress(ValueError, LookupError, TypeError):
            yield _Response(path, at + head, body, restored(orjson.loads(os.pread(file, head, at))))
        at += head + body
