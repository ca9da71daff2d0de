"""Answers kept in memory, the ones used last, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

# What an entry takes besides its answer.
_ENTRY = 200
# A float in a list: the object and the pointer to it.
_FLOAT = 32


class Memory:
    """Answers by key, the least recently used forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._answers: OrderedDict[bytes, tuple[Any, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: bytes, default: Any) -> Any:
        """Return an answer, or the default."""
        found = self._answers.get(key)
        if found is None:
            return default
        self._answers.move_to_end(key)
        return found[0]

    def put(self, key: bytes, answer: Any) -> None:
        """Keep an answer."""
        size = _ENTRY + _size_of(answer)
        before = self._answers.pop(key, None)
        if before is not None:
            self._size -= before[1]
        self._answers[key] = (answer, size)
        self._size += size
        while self._size > self._most and self._answers:
            _, (_, gone) = self._answers.popitem(last=False)
            self._size -= gone


def _size_of(answer: Any) -> int:
    if type(answer) is list:
        if answer and type(answer[0]) is not float:
            return sum(map(_size_of, answer)) + 8 * len(answer)
        return _FLOAT * len(answer)
    if type(answer) is str:
        return len(answer)
    if type(answer) is dict:
        return sum(len(name) + 100 + _size_of(item) for name, item in answer.items())
    return 32
