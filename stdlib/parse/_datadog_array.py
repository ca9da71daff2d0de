"""The `array` filter of Datadog's grok rules: a bracketed text split at a delimiter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtl.values.text import WHITE_SPACE


def array_filter(arguments: tuple[Any, ...]) -> Callable[[str], list[str]] | None:
    """Return what splits a text, or None where the arguments are of no use.

    Args:
        arguments: Nothing, the delimiter, or the brackets (none, one or two characters) and the delimiter.
    """
    if len(arguments) > 2 or not all(isinstance(argument, str) for argument in arguments):
        return None
    brackets = arguments[0] if len(arguments) == 2 else "[]"
    delimiter = arguments[-1] if arguments else ","
    if len(brackets.encode()) > 2 or not brackets.isascii():
        return None
    opening, closing = brackets[:1], brackets[-1:]
    return lambda text: _split(text, opening, closing, delimiter)


def _split(text: str, opening: str, closing: str, delimiter: str) -> list[str]:
    """Split a text.

    Raises:
        ValueError: The brackets are not around it.
    """
    if not text.startswith(opening) or not delimiter:
        raise ValueError("not an array")
    parts: list[str] = []
    at = element = len(opening)
    while (end := _end(text, element, delimiter, closing)) is not None:
        parts.append(text[element:end])
        at = end
        if not text.startswith(delimiter, at):
            break
        element = at + len(delimiter)
    if not text.startswith(closing, at) or text[at + len(closing) :].strip(WHITE_SPACE):
        raise ValueError("not an array")
    return parts


def _end(text: str, start: int, delimiter: str, closing: str) -> int | None:
    """Return where an element ends: at the next delimiter, else at the bracket, else (without brackets) at the end.

    Like the reference engine, an array without brackets takes no last element that is not ASCII.
    """
    end = text.find(delimiter, start)
    if end < 0 and closing:
        end = text.find(closing, start)
    elif end < 0 and text[start:].isascii():
        end = len(text)
    return end if end >= 0 else None
