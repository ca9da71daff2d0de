"""Regular expressions: the Rust regex crate's syntax, semantics and linear time, behind one class.

This is the only module that knows which package provides the engine.
The engine wants valid Unicode, and so do VRL's functions: bytes of a text that are not UTF-8 are matched as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Protocol

import paula

from dtl.pattern import pattern
from dtl.values.text import replaced

# The lines of an engine's report that only point at the pattern.
_POINTER = "^"
_HEADING = "regex parse error:"
# `(?x)` and its like: white space and comments in the pattern mean nothing.
_VERBOSE = pattern(r"\(\?[a-zA-Z]*x")


class InvalidRegex(ValueError):
    """A pattern does not compile; `str()` gives the engine's own report, which may have several lines."""

    @property
    def reason(self) -> str:
        """Return the report on one line, the reason first and the pattern last."""
        lines = [line.strip() for line in str(self).splitlines()]
        kept = [line.removeprefix("error: ") for line in lines if line not in (_POINTER, _HEADING)]
        return ": ".join(reversed(kept))


class _Place(Protocol):
    """Where the engine found a match, in bytes."""

    start: int
    end: int


class _Engine(Protocol):
    """What is used of the engine's compiled pattern."""

    def is_match(self, text: str) -> bool: ...
    def find(self, text: str) -> _Place | None: ...
    def find_iter(self, text: str) -> list[_Place]: ...
    def captures(self, text: str) -> list[str | None] | None: ...
    def captures_iter(self, text: str) -> list[list[str | None]]: ...
    def replace(self, text: str, replacement: str) -> str: ...
    def replace_all(self, text: str, replacement: str) -> str: ...
    def split(self, text: str) -> list[str]: ...


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> _Engine:
    """Compile a pattern, or find it among the ones compiled before."""
    try:
        engine: _Engine = paula.Regex(pattern)
        return engine
    except ValueError as problem:
        raise InvalidRegex(str(problem)) from None


class Regex:
    """A compiled regular expression; equal to another with the same pattern text.

    Offsets count characters of the text, after `replaced` if its bytes are not all UTF-8.

    Raises:
        InvalidRegex: The pattern does not compile.
    """

    __slots__ = ("_engine", "_names", "_resumed", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._engine = _compiled(replaced(pattern))
        self._names: tuple[str | None, ...] | None = None
        self._resumed: _Engine | None = None

    def __eq__(self, other: object) -> bool:
        return self.pattern == other.pattern if isinstance(other, Regex) else NotImplemented

    def __hash__(self) -> int:
        return hash((Regex, self.pattern))

    def __repr__(self) -> str:
        return f"Regex({self.pattern!r})"

    def __reduce__(self) -> tuple[type[Regex], tuple[str]]:
        return Regex, (self.pattern,)

    @property
    def group_names(self) -> tuple[str | None, ...]:
        """Return the names of the groups in order, None for one without a name; group 0 is the whole match."""
        if self._names is None:
            self._names = tuple(_group_names(self.pattern))
        return self._names

    @property
    def engine_captures(self) -> Callable[[str], list[str | None] | None]:
        """Return the engine's own form of `captures`; it raises UnicodeEncodeError where bytes are not UTF-8."""
        return self._engine.captures

    def is_match(self, text: str) -> bool:
        """Tell whether the pattern matches anywhere in a text."""
        try:
            return self._engine.is_match(text)
        except UnicodeEncodeError:
            return self._engine.is_match(replaced(text))

    def find(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Return where the leftmost match that begins at `start` or later begins and ends."""
        text = replaced(text)
        if start > 0:
            return self._find_from(text, start)
        match = self._engine.find(text)
        return None if match is None else _characters(text, match.start, match.end)

    def find_iter(self, text: str) -> list[tuple[int, int]]:
        """Return where the matches that do not overlap begin and end."""
        text = replaced(text)
        found = self._engine.find_iter(text)
        if text.isascii():
            return [(match.start, match.end) for match in found]
        data = text.encode("utf-8")
        places: list[tuple[int, int]] = []
        at = characters = 0
        for match in found:
            start = characters + len(data[at : match.start].decode("utf-8"))
            end = start + len(data[match.start : match.end].decode("utf-8"))
            places.append((start, end))
            at, characters = match.end, end
        return places

    def captures(self, text: str) -> list[str | None] | None:
        """Return the text of each group of the leftmost match, group 0 (the match) first, or None."""
        try:
            return self._engine.captures(text)
        except UnicodeEncodeError:
            return self._engine.captures(replaced(text))

    def captures_iter(self, text: str) -> list[list[str | None]]:
        """Return the groups of every match; matches do not overlap."""
        try:
            return self._engine.captures_iter(text)
        except UnicodeEncodeError:
            return self._engine.captures_iter(replaced(text))

    def replace(self, text: str, replacement: str, limit: int = -1) -> str:
        """Replace the first `limit` matches (all, if negative).

        `$1`, `$name`, `${name}` stand for groups and `$$` for `$`; a group that does not exist is empty.
        """
        text, replacement = replaced(text), replaced(replacement)
        if limit < 0:
            return self._engine.replace_all(text, replacement)
        if limit == 1:
            return self._engine.replace(text, replacement)
        if limit == 0:
            return text
        places = self.find_iter(text)[:limit]
        if len(places) < limit:
            return self._engine.replace_all(text, replacement)
        parts, at = [], 0
        expand = _expansion(replacement, self.group_names)
        for (start, end), groups in zip(places, self._engine.captures_iter(text), strict=False):
            parts.append(text[at:start])
            parts.append(expand(groups))
            at = end
        parts.append(text[at:])
        return "".join(parts)

    def split(self, text: str, limit: int = -1) -> list[str]:
        """Split a text at each match into at most `limit` parts (any number, if negative)."""
        text = replaced(text)
        if limit < 0:
            return self._engine.split(text)
        if limit <= 1:
            return [text] if limit else []
        parts, at = [], 0
        for start, end in self.find_iter(text)[: limit - 1]:
            parts.append(text[at:start])
            at = end
        parts.append(text[at:])
        return parts

    def _find_from(self, text: str, start: int) -> tuple[int, int] | None:
        """Find the leftmost match from an offset on, with what precedes it still in sight of `^` and `\\b`.

        No assertion looks further back than one character, so one is kept before the offset and skipped by the pattern.
        """
        if start > len(text):
            return None
        if self._resumed is None:
            end = "\n)" if _VERBOSE.search(self.pattern) else ")"
            self._resumed = _compiled(rf"\A((?s:.)(?s:.)*?)(?:{self.pattern}{end}")
        groups = self._resumed.captures(text[start - 1 :])
        if groups is None:
            return None
        skipped, whole = groups[1], groups[0]
        assert skipped is not None and whole is not None
        return start - 1 + len(skipped), start - 1 + len(whole)


def _characters(text: str, start: int, end: int) -> tuple[int, int]:
    """Turn byte offsets into character offsets."""
    if text.isascii():
        return start, end
    data = text.encode("utf-8")
    first = len(data[:start].decode("utf-8"))
    return first, first + len(data[start:end].decode("utf-8"))


_EXPANSION = pattern(r"\$(?:\$|\{([^}]*)\}|([0-9A-Za-z_]+))")


def _expansion(replacement: str, names: tuple[str | None, ...]) -> Callable[[list[str | None]], str]:
    """Return the function that fills a replacement's groups in."""
    numbers = {name: index for index, name in enumerate(names) if name is not None}

    def expand(groups: list[str | None]) -> str:
        def fill(match: re.Match[str]) -> str:
            name = match[1] if match[1] is not None else match[2]
            if name is None:
                return "$"
            index = int(name) if name.isascii() and name.isdigit() else numbers.get(name, -1)
            return (groups[index] or "") if 0 <= index < len(groups) else ""

        return _EXPANSION.sub(fill, replacement)

    return expand


_OPENING = pattern(r"\?P?<(\w[\w.\[\]]*)>")
_FLAGS = pattern(r"\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])")


def _group_names(pattern: str) -> Iterator[str | None]:
    """Find the capture groups of a pattern that is known to compile."""
    yield None
    at, end, classes = 0, len(pattern), 0
    # Whether white space and comments are ignored: outside, and in each group that is open.
    verbose = [False]
    while at < end:
        character = pattern[at]
        at += 1
        if character == "\\":
            # The name in `\p{..}` and the digits in `\x{..}` hold nothing that could be taken for a group.
            at += 1
        elif character == "[":
            # A class may hold classes; `[]` and `[^]` begin with a literal bracket.
            classes += 1
            at += pattern[at : at + 1] == "^"
            at += pattern[at : at + 1] == "]"
        elif character == "]":
            classes = max(classes - 1, 0)
        elif classes:
            if character == "#" and verbose[-1]:
                at = _line_end(pattern, at)
        elif character == "(":
            inner = verbose[-1]
            if named := _OPENING.match(pattern, at):
                yield named[1]
                at = named.end()
            elif flags := _FLAGS.match(pattern, at):
                inner = (inner or "x" in flags[1]) and "x" not in (flags[2] or "")
                at = flags.end()
                if flags[3] == ")":  # flags for the rest of the group that is open
                    verbose[-1] = inner
                    continue
            else:
                yield None
            verbose.append(inner)
        elif character == ")":
            verbose.pop()
        elif character == "#" and verbose[-1]:
            at = _line_end(pattern, at)


def _line_end(pattern: str, at: int) -> int:
    """Return where the line of an offset ends."""
    end = pattern.find("\n", at)
    return len(pattern) if end < 0 else end
