"""The `keyvalue` filter of Datadog's grok rules: every `key=value` that stands somewhere in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from dtl.values.number import float_to_integer
from dtl.values.text import WHITE_SPACE
from dtl.values.value import Value

from ._oniguruma import InvalidPattern, Pattern, TooManySteps

_CHARACTERS = r"\w.\-_@"
_BEFORE, _AFTER = r"\s,;(\[{", r"\s,;)\]}"
_QUOTES = (('"', '"'), ("'", "'"), ("<", ">"))
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:inf(?:inity)?)", re.ASCII)
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&\-~]")

_Quotes = tuple[tuple[str, str], ...]


def key_value_filter(arguments: tuple[Any, ...]) -> Callable[[str], dict[str, Value]] | None:
    """Return what reads a text, or None where the arguments are of no use.

    Args:
        arguments: The separator of key and value (a regular expression), more characters that a value may have,
            the two quotes, and the characters before and after a pair; each may be left out from the end.
    """
    if not all(isinstance(argument, str) for argument in arguments[:4]):
        return None
    given: list[Any] = [*arguments[:4], *["=", "", "", None][len(arguments[:4]) :]]
    separator, more, marks, ends = given
    if len(marks.encode()) not in (0, 2) or ends == "":
        return None
    if marks and not marks.isascii():
        return None
    quotes: _Quotes = ((marks[0], marks[1]),) if marks else _QUOTES
    before, after = (_BEFORE, _AFTER) if ends is None else (ends[0], ends[1:] or ends[0])
    word = "".join(f"{_escaped(left)}[^{_escaped(left)}]+{_escaped(right)}|" for left, right in quotes)
    word = f"({word}[{_CHARACTERS}{more}]+)"
    try:
        # The word is captured twice; names keep groups of the separator from being counted.
        source = rf"(?<=[{before}]|\A)(?<key>{word[1:-1]}){separator}(?<value>{word[1:-1]})(?:[{after}]|\z)"
        # It is searched from many starting places, each with its own bound.
        pattern = Pattern(source, anchored=True)
    except InvalidPattern:
        return None
    return lambda text: _read(text, pattern, quotes)


def _escaped(character: str) -> str:
    return "\\" + character if _SPECIAL.match(character) else character


def _read(text: str, pattern: Pattern, quotes: _Quotes) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, written in _pairs(text.encode(), pattern):
        inner = _unquoted(key, quotes)
        key = key if inner is None else inner
        value = _value(written.rstrip(","), quotes)
        if not key or " " in key or value is None or value == "":
            continue
        old = found.get(key)
        if isinstance(old, list):
            found[key] = [*old, value]
        else:
            found[key] = [old, value] if key in found else value
    return found


def _pairs(data: bytes, pattern: Pattern) -> Iterator[tuple[str, str]]:
    at = 0
    key, value = pattern.groups["key"], pattern.groups["value"]
    while at <= len(data):
        try:
            spans = pattern.search(data, at)
        except TooManySteps:
            return
        if spans is None:
            return
        yield (
            data[slice(*spans[key])].decode().strip(WHITE_SPACE),
            data[slice(*spans[value])].decode().strip(WHITE_SPACE),
        )
        at = spans[0][1]


def _unquoted(text: str, quotes: _Quotes) -> str | None:
    for left, right in quotes:
        if text.startswith(left) and (end := text.find(right, 1)) > 0:
            return text[1:end]
    return None


def _value(text: str, quotes: _Quotes) -> Value:
    if text.startswith("null"):
        return None
    if text.startswith("true"):
        return True
    if text.startswith("false"):
        return False
    if _FLOAT.fullmatch(text):
        number = float(text)
        whole = float_to_integer(number)
        if float(whole) != number:
            return number
        if not (text.startswith("0") and set(text) & {"8", "9"}):
            return whole
    inner = _unquoted(text, quotes)
    return (text if inner is None else inner).strip(WHITE_SPACE)
