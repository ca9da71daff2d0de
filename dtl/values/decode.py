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
_UNSURE_NUMBER = rf"(?:-0(?:$|[^0-9.])|-?(?:[0-9]{{19}}|[0-9]{{16}}[0-9]*\.|{_LONG_DECIMALS}|[0-9]+(?:\.[0-9]+)?[eE]))"
_UNSURE = paula.BytesRegex(rf"(?-u)(?:^|[:,\[ \t\r\n]){_UNSURE_NUMBER}").is_match
# The same, and more, where something must follow the number because it lies in an object or array: quickest of all.
_MAY_BE_UNSURE_WITHIN = paula.BytesRegex(r"(?-u)(?:[0-9.]{17}|[0-9][eE][-+]?[0-9]+|-0)[ \t\r\n]*[,}\]]").is_match

_SMALL_DECIMAL = paula.BytesRegex(r"(?-u)0\.0000").is_match

_OPENING = (b"{", b"[")

# A text of this length in bytes, or shorter, has not the brackets to be too deep.
_NEVER_DEEP = 2 * DEEPEST + 1

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
        if (_MAY_BE_UNSURE_WITHIN(data) or data[:1] not in _OPENING) and _UNSURE(data):
            value = _scan(data, lenient_numbers)
        else:
            value = _loads(data)
    except (ValueError, RecursionError):
        return json_reader.read(data, lenient_numbers)
    if len(data) > _NEVER_DEEP and data.count(b"[") + data.count(b"{") > DEEPEST and is_deeper(value, DEEPEST):
        return json_reader.read(data, lenient_numbers)
    return value


def reads_plainly(lines: bytes) -> bool:
    """Tell whether orjson reads each of some lines as `from_json` does, provided that it is an object or an array.

    Only depth is left to be looked at. One look at a block is much quicker than one at every line.
    """
    return not (_MAY_BE_UNSURE_WITHIN(lines) and _UNSURE(lines))


def has_small_decimals(lines: bytes) -> bool:
    """Tell whether there may be a decimal that is written with an exponent when it is written again."""
    return bool(_SMALL_DECIMAL(lines))


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
    value: Value = (_LENIENT if lenient_numbers else _STRICT).decode(data.decode("utf-8"))
    return value
