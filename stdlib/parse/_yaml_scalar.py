"""The scalars of YAML's core schema, as the reference's reader takes them."""

from __future__ import annotations

import re

from dtl.values.text import replaced
from dtl.values.value import I64_MAX, I64_MIN, U64_MAX, Value

_PREFIX = "tag:yaml.org,2002:"
_NULL = {"null", "Null", "NULL", "~"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"([+-]?)(?:0x([0-9A-Fa-f]+)|0o([0-7]+)|0b([01]+)|(0|[1-9][0-9]*))")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ONLY_DIGITS = re.compile(r"[+-]?0[0-9]+")
_INFINITE = {".inf", ".Inf", ".INF"}
_NO_NUMBER = {".nan", ".NaN", ".NAN"}
_JSON = "any valid JSON value"


class Unfit(ValueError):
    """A scalar is not what its tag says, or has no place in JSON; `str()` tells why."""


def read_scalar(text: str, tag: str | None, plain: bool) -> Value:
    """Return a scalar's value.

    Args:
        text: Its text.
        tag: Its tag, written out, if it has one.
        plain: It stands without quotes, so that its text says what it is.

    Raises:
        Unfit: The value does not fit the tag, or JSON.
    """
    text = replaced(text)
    if tag is None:
        return _plain(text) if plain else text
    if tag.startswith("!"):
        raise Unfit(f"invalid type: enum, expected {_JSON}")
    shown = f'invalid value: string "{text}", expected'
    match tag.removeprefix(_PREFIX):
        case "null":
            if text not in _NULL:
                raise Unfit(f"{shown} null")
            return None
        case "bool":
            if text not in _BOOLEANS:
                raise Unfit(f"{shown} a boolean")
            return _BOOLEANS[text]
        case "int":
            integer = _integer(text)
            if integer is None:
                raise Unfit(f"{shown} an integer")
            return integer
        case "float":
            number = _float(text)
            if number is None:
                raise Unfit(f"{shown} a float")
            return _fit(number)
    return text


def _plain(text: str) -> Value:
    if not text or text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    integer = _integer(text)
    if integer is not None:
        return integer
    number = None if _ONLY_DIGITS.fullmatch(text) else _float(text)
    return text if number is None else _fit(number)


def _integer(text: str) -> int | float | None:
    """Return an integer of at most 128 bits; one above 64 signed bits is a float."""
    match = _INTEGER.fullmatch(text)
    if match is None or len(text) > 140:
        return None
    sign, *digits = match.groups()
    base, magnitude = next((base, text) for base, text in zip((16, 8, 2, 10), digits, strict=True) if text is not None)
    number = -int(magnitude, base) if sign == "-" else int(magnitude, base)
    if I64_MIN <= number <= I64_MAX:
        return number
    if 0 <= number <= U64_MAX:
        return float(number)
    if -(2**127) <= number < 2**128:
        raise Unfit(f"invalid type: integer `{number}` as {'i' if number < 0 else 'u'}128, expected {_JSON}")
    return None


def _float(text: str) -> float | None:
    unsigned = text.removeprefix("+")
    if unsigned in _INFINITE:
        return float("inf")
    if text[:1] == "-" and text[1:] in _INFINITE:
        return float("-inf")
    if text in _NO_NUMBER:
        return float("nan")
    number = float(text) if _FLOAT.fullmatch(text) else float("inf")
    return None if number in (float("inf"), float("-inf")) else number


def _fit(number: float) -> float:
    if number != number:
        raise Unfit(f"invalid value: floating point `NaN`, expected {_JSON}")
    return number
