"""Ruby hashes as text, the way `inspect` writes them."""

from __future__ import annotations

import re
from typing import Any

from dtl.functions import FunctionError
from dtl.values.text import WHITE_SPACE
from dtl.values.value import Value

from ._trace import Step, show_trace

_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:([eE])(?:[+-]?[0-9]+)?)?|inf(?:inity)?", re.I | re.ASCII)
_WORDS = (("nil", None), ("true", True), ("false", False))
# A backslash before any character may follow plain text; elsewhere only a quote or another backslash may follow it.
_BODIES = {quote: re.compile(rf"(?:[^\\{quote}]+(?:\\.)?|\\[\\{quote}])*", re.DOTALL) for quote in "\"'"}


class _NotHere(Exception):
    """The rule does not apply; another may."""


class _Stopped(Exception):
    """The text cannot be read; carries the trace."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__()
        self.steps = steps


def parse_hash(text: str) -> dict[str, Value]:
    """Read a hash.

    Raises:
        FunctionError: The text is not one.
    """
    try:
        value, at = _Reader(text).hash(0)
    except _Stopped as stopped:
        raise FunctionError(show_trace(text, stopped.steps)) from None
    except RecursionError:
        raise FunctionError("the hash is nested too deeply") from None
    if text[at:].strip(WHITE_SPACE):
        raise FunctionError("could not parse whole line successfully")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text

    def _space(self, at: int) -> int:
        found = _SPACE.match(self._text, at)
        assert found is not None
        return found.end()

    def hash(self, start: int) -> tuple[dict[str, Value], int]:
        pairs: list[tuple[str, Value]] = []
        end = self._sequence(start, "{}", "map", self._pair, pairs)
        return dict(pairs), end

    def _sequence(self, start: int, brackets: str, rule: str, read: Any, parts: list[Any]) -> int:
        """Read elements between brackets into `parts`; return where they end."""
        text = self._text
        try:
            if not text.startswith(brackets[0], start):
                raise _Stopped([Step(start, wanted=brackets[0])])
            at = here = self._space(start + 1)
            while True:
                try:
                    part, at = read(here)
                except _NotHere:
                    break
                parts.append(part)
                at = self._space(at)
                if not text.startswith(",", at):
                    break
                here = self._space(at + 1)
            if not text.startswith(brackets[1], at):
                raise _Stopped([Step(at, wanted=brackets[1])])
            return at + 1
        except _Stopped as stopped:
            raise _Stopped([*stopped.steps, Step(start, rule)]) from None

    def _pair(self, at: int) -> tuple[tuple[str, Value], int]:
        key, at = self._key(at)
        at = self._space(at)
        if self._text.startswith("=>", at):
            at += 2
        elif self._text.startswith(":", at):
            at += 1
        else:
            raise _Stopped([Step(at, "Tag"), Step(at, "Alt")])
        value, at = self._value(self._space(at))
        return (key, value), at

    def _key(self, at: int) -> tuple[str, int]:
        if self._text.startswith(":", at):
            return self._symbol(at)
        if self._text.startswith(('"', "'"), at):
            return self._string(at)
        return self._word(at)

    def _symbol(self, at: int) -> tuple[str, int]:
        if self._text.startswith(('"', "'"), at + 1):
            return self._string(at + 1)
        return self._word(at + 1)

    def _word(self, at: int) -> tuple[str, int]:
        found = _WORD.match(self._text, at)
        if found is None:
            raise _NotHere
        return found[0], found.end()

    def _string(self, at: int) -> tuple[str, int]:
        text, quote = self._text, self._text[at]
        found = _BODIES[quote].match(text, at + 1)
        assert found is not None
        end = found.end() if not text.startswith("\\", found.end()) else at + 1
        if not text.startswith(quote, end):
            raise _Stopped([Step(end, wanted=quote), Step(at, "string")])
        return text[at + 1 : end], end + 1

    def _value(self, at: int) -> tuple[Value, int]:
        text = self._text
        for word, value in _WORDS:
            if text.startswith(word, at):
                return value, at + len(word)
        if found := _NUMBER.match(text, at):
            if found[1] and not found[0][-1].isdigit():
                raise _Stopped([Step(at, "Float")])
            return float(found[0]), found.end()
        match text[at : at + 1]:
            case "{":
                return self.hash(at)
            case "[":
                elements: list[Value] = []
                return elements, self._sequence(at, "[]", "array", self._value, elements)
            case '"' | "'":
                try:
                    return self._string(at)
                except _Stopped as stopped:
                    raise _Stopped([*stopped.steps, Step(at, "bytes")]) from None
            case ":":
                return self._symbol(at)
        raise _NotHere
