"""The tokens of what stands between `%{` and `}` in a Datadog grok rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dtl.values.number import InvalidNumber, parse_float, parse_integer

#: The kind and value of a token; an empty kind at the end.
Token = tuple[str, Any]
_WORD = re.compile(r"[$@_a-zA-Z][$@_a-zA-Z0-9-]*", re.ASCII)
_NUMBER = re.compile(r"(?:[0-9]|\.[0-9])[0-9eE.+-]*", re.ASCII)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_CONSTANTS = {"true": True, "false": False, "null": None}
_DOUBLED = {"n": "\n", "r": "\r", "t": "\t"}


class InvalidReference(ValueError):
    """A reference cannot be read; `str()` gives the reason in the words of VRL's messages."""


def tokens(text: str) -> Iterator[Token]:
    """Give the tokens of a reference behind its `%{`, and without end the kind "" behind the last.

    Raises:
        InvalidReference: A number or a string cannot be read.
    """
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
