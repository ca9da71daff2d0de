"""What stands between `%{` and `}` in a Datadog grok rule: a matcher, where its text goes, and a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dtl.values.number import InvalidNumber, parse_float, parse_integer


class InvalidReference(ValueError):
    """A reference cannot be read; `str()` gives the reason in the words of VRL's messages."""


@dataclass(frozen=True, slots=True)
class Call:
    """A matcher or filter with its arguments; None where it has no parentheses."""

    name: str
    arguments: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A whole reference.

    Attributes:
        matcher: What is matched.
        path: Where the text goes: () for the root, None for nowhere.
        filter: What is done to the text before.
    """

    matcher: Call
    path: tuple[str, ...] | None = None
    filter: Call | None = None


# The kind and value of a token; an empty kind at the end.
_Token = tuple[str, Any]
_WORD = re.compile(r"[$@_a-zA-Z][$@_a-zA-Z0-9-]*", re.ASCII)
_NUMBER = re.compile(r"(?:[0-9]|\.[0-9])[0-9eE.+-]*", re.ASCII)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_CONSTANTS = {"true": True, "false": False, "null": None}
_DOUBLED = {"n": "\n", "r": "\r", "t": "\t"}


def read_reference(text: str) -> Reference:
    """Read `%{matcher:path:filter}`.

    Raises:
        InvalidReference: It has another form.
    """
    return _Reader(text).reference()


def _tokens(text: str) -> Iterator[_Token]:
    at = 2
    while at < len(text):
        character = text[at]
        if character.isspace():
            at += 1
        elif found := _WORD.match(text, at):
            at = found.end()
            word = found[0]
            if word in _CONSTANTS:
                yield "constant", _CONSTANTS[word]
            else:
                yield ("extended" if "@" in word or "-" in word else "name"), word
        elif found := _NUMBER.match(text, at):
            at = found.end()
            yield "constant", _number(found[0])
        elif character == '"':
            found = _STRING.match(text, at)
            if found is None:
                raise InvalidReference("invalid literal")
            at = found.end()
            yield "string", _unescaped(found[1])
        else:
            at += 1
            yield character, character
    while True:
        yield "", None


def _number(text: str) -> int | float:
    try:
        if set(text) & set("eE.+-"):
            return parse_float(text)
        return parse_integer(text)
    except InvalidNumber:
        raise InvalidReference(f"invalid numeric literal '{text}'") from None


def _unescaped(text: str) -> str:
    parts = []
    while (at := text.find("\\")) >= 0:
        if text.startswith("\\\\", at) and text[at + 2 : at + 3] in _DOUBLED:
            character, after = _DOUBLED[text[at + 2]], at + 3
        elif (character := text[at + 1]) in "'\"\\":
            after = at + 2
        else:
            raise InvalidReference(f"invalid escape literal '{text}'")
        parts += [text[:at], character]
        text = text[after:]
    return "".join([*parts, text])


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._kind, self._value = next(self._tokens)

    def _next(self) -> Any:
        value = self._value
        self._kind, self._value = next(self._tokens)
        return value

    def _expect(self, kind: str) -> Any:
        if self._kind != kind:
            raise InvalidReference(f"invalid grok pattern: {self._text}")
        return self._next()

    def reference(self) -> Reference:
        matcher = self._call()
        path: tuple[str, ...] | None = None
        action = None
        if self._kind == ":":
            self._next()
            if self._kind != "}":
                path = self._path()
                if self._kind == ":" or not path:
                    self._expect(":")
                    action = self._call()
        self._expect("}")
        self._expect("")
        return Reference(matcher, path, action)

    def _path(self) -> tuple[str, ...]:
        steps = []
        while self._kind in ("name", "extended", ".", "["):
            if self._kind == "[":
                self._next()
                steps.append(self._expect("string"))
                self._expect("]")
                continue
            if self._kind == ".":
                self._next()
            steps.append(self._expect(self._kind if self._kind == "extended" else "name"))
        return tuple(steps)

    def _call(self) -> Call:
        name = self._expect("name")
        while self._kind == ".":
            self._next()
            name += "." + self._expect("name")
        return Call(name, self._arguments() if self._kind == "(" else None)

    def _arguments(self) -> tuple[Any, ...]:
        self._next()
        found: list[Any] = []
        while self._kind != ")":
            found.append(self._next() if self._kind in ("constant", "string") else self._call())
            if self._kind == ",":
                self._next()
            elif self._kind != ")":
                self._expect(")")
        self._next()
        return tuple(found)
