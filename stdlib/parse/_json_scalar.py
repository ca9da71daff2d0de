"""Scalars of JSON read where a certain type is expected."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from dtl.values.debug import debug_text
from dtl.values.decode import InvalidJson, from_json
from dtl.values.number import json_float

from ._json_outline import fail, skip_value

_OPENING = {0x5B: "sequence", 0x7B: "map"}
_CUT_NUMBER = re.compile(rb"-?(?:(?:0|[1-9][0-9]*)(?:\.|(?:\.[0-9]+)?[eE][+-]?))?")
_TO_CONTROL = re.compile(rb'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+[\x00-\x1f]')


def refuse(data: bytes, at: int, expected: str) -> NoReturn:
    """Raise the error of a value of another type."""
    kind = _OPENING.get(data[at])
    if kind is None:
        end = end_of_scalar(data, at)
        value = scalar(data, at, end)
        at = end
        match value:
            case None:
                kind = "null"
            case bool():
                kind = f"boolean `{str(value).lower()}`"
            case int():
                kind = f"integer `{value}`"
            case float():
                kind = f"floating point `{json_float(value)}`"
            case _:
                kind = f"string {debug_text(value)}"
    fail(data, at, f"invalid type: {kind}, expected {expected}")


def end_of_scalar(data: bytes, at: int) -> int:
    """Return the offset behind a scalar.

    The places of errors are those of a reader that evaluates it: behind a control character, and at the end of a text
    that ends within a number.
    """
    if found := _TO_CONTROL.match(data, at):
        fail(data, found.end(), "control character (\\u0000-\\u001F) found while parsing a string")
    if at < len(data) and _CUT_NUMBER.fullmatch(data, at):
        fail(data, len(data), "EOF while parsing a value")
    return skip_value(data, at)


def scalar(data: bytes, at: int, end: int) -> Any:
    """Return the value of a text that lies between two offsets."""
    try:
        return from_json(data[at:end])
    except InvalidJson as reason:
        fail(data, end, str(reason).partition(" at line ")[0])


def read_string(data: bytes, at: int) -> tuple[str, int]:
    """Read a string."""
    if data[at] != 0x22:
        refuse(data, at, "a string")
    end = end_of_scalar(data, at)
    return scalar(data, at, end), end
