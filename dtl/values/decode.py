"""JSON text as values, as VRL reads it: its own rounding of decimals, its own limits, its own error texts.

Three readers agree on every text that they share. orjson reads the texts in which no number can come out differently;
the standard library's scanner reads the others, with number readers of ours; and `json_reader`, slow and exact, reads
what one of them refused, so as to word the error.
"""

from __future__ import annotations

import json
from typing import Any

import orjson
import paula

from dtl.values import json_reader
from dtl.values.json_reader import DEEPEST, InvalidJson, NumberOutOfRange, read_number
from dtl.values.measure import is_deeper
from dtl.values.value import Value

__all__ = ["DEEPEST", "InvalidJson", "from_json"]

# A number on which the correctly rounding reader of orjson might differ: -0, an integer of 19 digits or more, an
# exponent, a decimal of more than 15 digits. Fewer digits make an integer below 2**53, and one division by an exact
# power of ten (10**15 at most) is then correctly rounded, which is VRL's way too. Text inside strings may look like
# such a number; that costs time only.
_LONG_DECIMALS = "|".join(rf"[0-9]{{{before}}}\.[0-9]{{{16 - before}}}" for before in range(1, 16))
_UNSURE = paula.BytesRegex(
    r"(?-u)(?:^|[:,\[ \t\r\n])"
    rf"(?:-0(?:$|[^0-9.])|-?(?:[0-9]{{19}}|[0-9]{{16}}[0-9]*\.|{_LONG_DECIMALS}|[0-9]+(?:\.[0-9]+)?[eE]))"
).is_match
_loads = orjson.loads


def from_json(text: str | bytes, *, lenient_numbers: bool = False) -> Value:
    """Read a value from JSON text.

    Args:
        text: The text; bytes must be UTF-8.
        lenient_numbers: Read a number beyond the range of floats as null, as the fields of events are.

    Raises:
        InvalidJson: The text is not JSON, or is deeper than `DEEPEST`.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    try:
        value = _scan(data, lenient_numbers) if _UNSURE(data) else _loads(data)
    except (ValueError, RecursionError):
        return json_reader.read(data, lenient_numbers)
    if data.count(b"[") + data.count(b"{") > DEEPEST and is_deeper(value, DEEPEST):
        return json_reader.read(data, lenient_numbers)
    return value


def _refuse(_: str) -> Any:
    """Refuse NaN and the infinities."""
    raise ValueError


def _lenient_number(text: str) -> int | float | None:
    try:
        return read_number(text)
    except NumberOutOfRange:
        return None


_STRICT = json.JSONDecoder(parse_float=read_number, parse_int=read_number, parse_constant=_refuse)
_LENIENT = json.JSONDecoder(parse_float=_lenient_number, parse_int=_lenient_number, parse_constant=_refuse)


def _scan(data: bytes, lenient_numbers: bool) -> Value:
    if b"\\ud" in data or b"\\uD" in data:
        raise ValueError("a surrogate, which may be alone: the scanner would let it pass")
    return (_LENIENT if lenient_numbers else _STRICT).decode(data.decode("utf-8"))
