"""Coercions between kinds: what `to_string`, `to_int`, `to_float` and `to_bool` mean."""

from __future__ import annotations

from dtl.values.debug import debug_text
from dtl.values.errors import FunctionError
from dtl.values.instant import Timestamp
from dtl.values.number import InvalidNumber, display_float, float_to_integer, parse_float, parse_integer
from dtl.values.text import replaced
from dtl.values.value import I64_MAX, I64_MIN, Value, describe

_TRUE = {"true", "t", "yes", "y"}
_FALSE = {"false", "f", "no", "n", "0"}


def to_string(value: Value) -> str:
    """Return a value as a string; null is empty.

    Raises:
        FunctionError: The value is an array, an object or a regex.
    """
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return display_float(value)
        case Timestamp():
            return value.to_rfc3339()
    raise FunctionError(f"unable to coerce {describe(value)} into string")


def to_int(value: Value) -> int:
    """Return a value as an integer: a float is cut off, a timestamp gives Unix seconds.

    Raises:
        FunctionError: The value is an array, an object, a regex, or a string that is not an integer's text.
    """
    if type(value) is str and len(value) < 19 and value.isascii() and value.isdigit():
        return int(value)  # the usual case, and quick
    match value:
        case bool():
            return int(value)
        case int():
            return value
        case str():
            text = replaced(value)
            try:
                return parse_integer(text)
            except InvalidNumber as reason:
                raise FunctionError(f"Invalid integer {debug_text(text)}: {reason}") from None
        case float():
            return float_to_integer(value)
        case None:
            return 0
        case Timestamp():
            return value.seconds
    raise FunctionError(f"unable to coerce {describe(value)} into integer")


def to_float(value: Value) -> float:
    """Return a value as a float: a timestamp gives Unix seconds with their fraction.

    Raises:
        FunctionError: The value is an array, an object, a regex, a string that is not a number's text,
            or a timestamp whose nanoseconds do not fit 64 bits.
    """
    match value:
        case float():
            return value
        case bool() | int():
            return float(value)
        case str():
            text = replaced(value)
            try:
                number = parse_float(text)
            except InvalidNumber as reason:
                raise FunctionError(f"Invalid floating point number {debug_text(text)}: {reason}") from None
            if number != number:
                raise FunctionError(f"NaN number not supported {debug_text(text)}")
            return number
        case None:
            return 0.0
        case Timestamp():
            nanos = value.total_nanos
            if not I64_MIN <= nanos <= I64_MAX:
                raise FunctionError("can't convert out of range timestamp")
            return nanos / 1e9
    raise FunctionError(f"unable to coerce {describe(value)} into float")


def to_bool(value: Value) -> bool:
    """Return a value as a boolean: a number is true unless it is zero.

    Raises:
        FunctionError: The value is an array, an object, a regex, a timestamp, or a string that says neither.
    """
    match value:
        case bool():
            return value
        case int() | float():
            return value != 0
        case str():
            return _text_to_bool(replaced(value))
        case None:
            return False
    raise FunctionError(f"unable to coerce {describe(value)} into boolean")


def _text_to_bool(text: str) -> bool:
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    try:
        return parse_integer(text) != 0
    except InvalidNumber:
        raise FunctionError(f"Invalid boolean value {debug_text(text)}") from None
