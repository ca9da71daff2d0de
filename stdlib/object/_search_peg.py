"""A parsing-expression machine that notes which rules it tried where it got furthest, for the error message."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dtl.functions import FunctionError

_SPACE = re.compile(r"[ \r\n\t]*")
#: Stands for a rule that did not match.
FAILED = object()


class Machine:
    """Matches a text from its beginning.

    Attributes:
        at: How far it has come, in characters.
        compact: Whether white space between parts is not skipped.
    """

    def __init__(self, text: str, order: tuple[str, ...]) -> None:
        """Begin with a text.

        Args:
            text: What to match.
            order: The names of all rules, in the order in which the message lists them.
        """
        self.text = text
        self.at = 0
        self.compact = False
        self._order = order
        self._furthest = 0
        self._tried: list[str] = []

    def rule(self, name: str, body: Callable[[], Any]) -> Any:
        """Match a rule; note where it began if it does not match."""
        begin = self.at
        index = len(self._tried) if begin == self._furthest else 0
        before = self._attempts(begin)
        result = body()
        if result is FAILED:
            self.at = begin
            self._note(name, begin, index, before)
        return result

    def token(self, name: str, pattern: re.Pattern[str]) -> Any:
        """Match a rule that is a regular expression; the result is the text."""
        return self.rule(name, lambda: self.take(pattern))

    def take(self, pattern: re.Pattern[str]) -> Any:
        """Match a regular expression without noting anything."""
        found = pattern.match(self.text, self.at)
        if found is None:
            return FAILED
        self.at = found.end()
        return found[0]

    def skip(self) -> None:
        """Skip white space, where it may stand."""
        if not self.compact:
            found = _SPACE.match(self.text, self.at)
            assert found is not None
            self.at = found.end()

    def attempt(self, body: Callable[[], Any]) -> Any:
        """Match a part that may be absent; go back if it is."""
        begin = self.at
        result = body()
        if result is FAILED:
            self.at = begin
        return result

    def _attempts(self, place: int) -> int:
        return len(self._tried) if place == self._furthest else 0

    def _note(self, name: str, place: int, index: int, before: int) -> None:
        # A rule of which exactly one inner rule was tried says no more than that one.
        if self._attempts(place) - before == 1:
            return
        if place == self._furthest:
            del self._tried[index:]
        elif place > self._furthest:
            self._tried.clear()
            self._furthest = place
        else:
            return
        self._tried.append(name)

    def failure(self) -> FunctionError:
        """Return the error of a text that does not match: its line, a mark, and what was expected."""
        text, place = self.text, self._furthest
        begin = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place) + 1 or len(text)
        line = text[begin:end]
        number = str(text.count("\n", 0, place) + 1)
        margin = " " * len(number)
        mark = "".join("\t" if character == "\t" else " " for character in text[begin:place]) + "^---"
        # Line ends are shown where one of them is the place.
        marks = "\u240d\u240a" if text[place : place + 1] in ("\r", "\n") else (None, None)
        line = line.translate(dict(zip((13, 10), marks, strict=True)))
        return FunctionError(
            f"{margin}--> {number}:{place - begin + 1}\n{margin} |\n{number} | {line}\n{margin} | {mark}\n{margin} |\n"
            f"{margin} = expected {self._expected()}"
        )

    def _expected(self) -> str:
        names = [name for name in self._order if name in self._tried]
        if len(names) < 3:
            return " or ".join(names)
        return ", ".join(names[:-1]) + f", or {names[-1]}"
