"""Answers written to a file and played again: tests of programs without a network.

A file has a line of JSON for each question: its key, what was asked, and the answer. The key is made of what the
program asks and not of the configuration, so that a replay needs neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from dtl.ai.cache.key import begun, key_of, shape_of, to_json
from dtl.ai.request import Request
from dtl.values.errors import FunctionError

_SHOWN = 60


class UnreadableReplay(Exception):
    """The file cannot be played; the text says why."""


def replay_key(request: Request) -> str:
    """Return the name of a question in a file."""
    name: str = key_of(begun(shape_of(request)), request.input).hex()
    return name


class Recording:
    """The questions and answers of a run, on their way to a file.

    Args:
        path: The file; it is written when the run ends, sorted, so that equal runs write equal files.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._lines: dict[str, bytes] = {}

    def note(self, request: Request, answer: Any) -> None:
        """Take in an answer."""
        key = replay_key(request)
        if key not in self._lines:
            said = request.input if isinstance(request.input, str) else None
            row = {"key": key, "function": request.task, "model": request.model, "input": said, "answer": answer}
            self._lines[key] = to_json(row)

    def close(self) -> None:
        """Write the file.

        Raises:
            OSError: It cannot be written.
        """
        with open(self._path, "wb") as file:
            for _, line in sorted(self._lines.items()):
                file.write(line + b"\n")


class Replay:
    """Answers from a file, in the place of models.

    Args:
        path: The file.

    Raises:
        UnreadableReplay: It cannot be read, or a line is none of a recording.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._answers: dict[str, Any] = {}
        try:
            with open(path, "rb") as file:
                for number, line in enumerate(file, 1):
                    row = orjson.loads(line)
                    if not isinstance(row, dict) or "key" not in row or "answer" not in row:
                        raise UnreadableReplay(f"{path}, line {number}: not a line of a recording")
                    self._answers[row["key"]] = row["answer"]
        except OSError as reason:
            raise UnreadableReplay(f"cannot read {path}: {reason.strerror or reason}") from reason
        except ValueError as reason:
            raise UnreadableReplay(f"{path}: {reason}") from reason

    def ask(self, request: Request) -> Any:
        """Return the answer to a question.

        Raises:
            FunctionError: The file has none.
        """
        key = replay_key(request)
        if key not in self._answers:
            shown = request.input if isinstance(request.input, str) else to_json(request.input).decode()
            shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 3] + "..."
            raise FunctionError(f"{self._path} has no answer of {request.task} to {shown!r} (record it first)")
        return self._answers[key]

    def ask_all(self, requests: Iterable[Request]) -> list[Any]:
        """Return the answers to several questions; a FunctionError where there is none."""
        answers: list[Any] = []
        for request in requests:
            try:
                answers.append(self.ask(request))
            except FunctionError as reason:
                answers.append(reason)
        return answers

    def session(self) -> ReplaySession:
        """Return what a window asks by."""
        return ReplaySession(self)

    def close(self) -> None:
        """There is nothing to be closed."""


class ReplaySession:
    """A window's questions to a replay, answered at once."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._results: list[tuple[Any, Any]] = []

    def submit(self, batch: list[tuple[Any, Request]]) -> None:
        """Ask."""
        answers = self._replay.ask_all(request for _, request in batch)
        self._results += zip((token for token, _ in batch), answers, strict=True)

    def flush(self, is_over: bool) -> None:
        """There is nothing to be waited for."""

    def pause(self) -> None:
        """There is nothing to be waited for."""

    def take(self, wait: bool) -> list[tuple[Any, Any]]:
        """Return the results that are there."""
        results, self._results = self._results, []
        return results
