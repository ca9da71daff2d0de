"""Answers as text: plain for pipes, rich trees for terminals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dtl.diagnostics.render import render
from dtl.repl.answer import Answer, Failure, Problems, Quit, Text, Value
from dtl.values.value import display

#: A container with more parts than this on one line is shown as a tree.
WIDTH = 100


def plain(answer: Answer, colour: bool = False) -> str:
    """Return an answer as text for any output."""
    if isinstance(answer, Value):
        return "\n".join(_tree(answer.value))
    if isinstance(answer, Problems):
        return render(list(answer.diagnostics), answer.source, colour=colour)
    if isinstance(answer, Failure):
        return "error: " + answer.message + _pointer(answer)
    if isinstance(answer, Text):
        return answer.text
    assert isinstance(answer, Quit)
    return ""


def _pointer(answer: Failure) -> str:
    if answer.start is None or answer.end is None:
        return ""
    place = answer.source.position(answer.start)
    line = answer.source.line(place.line)
    marks = max(1, min(answer.end - answer.start, len(line) - place.column + 1))
    return f"\n  {line}\n  {' ' * (place.column - 1)}{'^' * marks}"


def _tree(value: Any, indent: str = "") -> Iterator[str]:
    """Give the lines of a value; what fits on one line stays on it."""
    text = display(value)
    if len(indent) + len(text) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        yield indent + text
        return
    items = (
        [(f'"{key}": ', value[key]) for key in sorted(value)] if isinstance(value, dict) else [("", v) for v in value]
    )
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    yield indent + opening
    for label, part in items:
        lines = list(_tree(part, indent + "  "))
        lines[0] = indent + "  " + label + lines[0][len(indent) + 2 :]
        lines[-1] += ","
        yield from lines
    yield indent + closing
