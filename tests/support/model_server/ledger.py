"""The ledger: what was asked and answered, a line each; and the claims that are computed from it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

#: Seconds that an answer may take to be read: what arrives sooner was under way already. On a machine that is busy
#: with other things it takes longer.
UNDER_WAY = 0.02


class Ledger:
    """Writes lines.

    Args:
        path: Where to; a file that exists is emptied.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)

    def write(self, entry: Mapping[str, Any]) -> None:
        """Write a line; it is there for others to read when this returns."""
        os.write(self._file, json.dumps(entry).encode() + b"\n")


def read(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """Return the lines of a ledger by time of arrival. All times are seconds on the machine's monotonic clock."""
    whole, _, _ = Path(path).read_text().rpartition("\n")  # a line that is being written is not there yet
    lines = [json.loads(line) for line in whole.splitlines()]
    return sorted(lines, key=lambda line: line["at"])


def accepted(lines: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the requests that were answered."""
    return [line for line in lines if line["status"] == 200]


def refused(lines: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the requests that were refused for the key's budget."""
    return [line for line in lines if line["status"] == 429]


def after_refusal(lines: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], float]]:
    """Return each request that came between a 429 to its key and the end of its Retry-After, with how long after it.

    The time is from when the server began to send the refusal to when it had read the request, in seconds: it includes
    the ways of both, and what either process was kept waiting. Of several refusals the first one counts.
    """
    found = []
    waits: dict[str, list[tuple[float, float]]] = {}
    for line in lines:
        if line["status"] == 429 and line.get("retry_after"):
            waits.setdefault(line["key"], []).append((line["done"], line["done"] + line["retry_after"]))
    for line in lines:
        late = [line["at"] - begin for begin, end in waits.get(line["key"], ()) if begin < line["at"] < end]
        if late:
            found.append((line, max(late)))
    return found


def too_early(lines: Sequence[Mapping[str, Any]], under_way: float = UNDER_WAY) -> list[Mapping[str, Any]]:
    """Return those of `after_refusal` that cannot have crossed the refusal on the wire."""
    return [line for line, late in after_refusal(lines) if late > under_way]


def refused_when_told(lines: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the 429s to requests that came after the first answer that told the budgets."""
    told_at = min((line["done"] for line in lines if line.get("told") and line["status"] == 200), default=None)
    if told_at is None:
        return []
    return [line for line in lines if line["status"] == 429 and line["at"] > told_at + UNDER_WAY]


def inputs_of(lines: Iterable[Mapping[str, Any]]) -> int:
    """Return how many inputs were sent in all."""
    return sum(line["inputs"] for line in lines)


def bought_again(lines: Sequence[Mapping[str, Any]], kills: Sequence[float], grace: float = 0.02) -> list[str]:
    """Return the inputs whose answer was there so long before a kill and that were asked again after it.

    Args:
        lines: The ledger, with marks.
        kills: When the client was killed.
        grace: Seconds before a kill within which an answer may be lost.
    """
    first_answer: dict[str, float] = {}
    again: list[str] = []
    for line in sorted(lines, key=lambda line: line["at"]):
        for mark in line.get("marks", ()):
            done = first_answer.get(mark)
            if done is not None and any(done + grace < kill < line["at"] for kill in kills):
                again.append(mark)
        # An answer to a client that was killed in the meantime came to nobody.
        is_received = not any(line["at"] < kill < line["done"] for kill in kills)
        if is_received and line["status"] == 200 and not line.get("fault"):
            for mark in line.get("marks", ()):
                first_answer.setdefault(mark, line["done"])
    return again
