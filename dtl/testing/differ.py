"""Where what came out differs from what was expected, path by path."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from dtl.syntax.show import show_name
from dtl.values.encode import to_json

# More places than these are not listed, and longer values are cut.
_MOST = 5
_SHOWN = 60


def differences(expected: list[Any], came_out: list[Any]) -> list[str]:
    """Return the places that differ, a line each; nothing where they are no help, as for another number of events."""
    if len(expected) != len(came_out):
        return [f"{len(expected)} events were expected, {len(came_out)} came out"]
    found: list[str] = []
    for index, (one, other) in enumerate(zip(expected, came_out, strict=True)):
        event = f"event {index + 1}: " if len(expected) > 1 else ""
        found += [f"{event}{line}" for line in _of(one, other, "")]
    rest = len(found) - _MOST
    return [*islice(found, _MOST), *([f"and {rest} more places"] if rest > 0 else [])]


def _of(expected: Any, actual: Any, path: str) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted({*expected, *actual}):
            inner = f"{path}.{show_name(key)}"
            if key not in actual:
                yield f"{inner} is missing"
            elif key not in expected:
                yield f"{inner} was not expected: {_cut(actual[key])}"
            else:
                yield from _of(expected[key], actual[key], inner)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from _of(one, other, f"{path}[{index}]")
    elif to_json(expected) != to_json(actual):
        yield f"{path or '.'} is {_cut(actual)} instead of {_cut(expected)}"


def _cut(value: Any) -> str:
    text = to_json(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
