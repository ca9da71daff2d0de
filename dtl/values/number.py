"""Numbers as text: how floats are written, how integers and floats are read, and casts that saturate."""

from __future__ import annotations

import math
import re
from functools import cache
from importlib import import_module
from typing import Any

from dtl.pattern import pattern

_I64_MIN = -(2**63)
_I64_MAX = 2**63 - 1


_INTEGER = pattern(r"[+-]?([0-9]*)")
_FLOAT = pattern(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf|infinity|nan)", re.ASCII | re.IGNORECASE)


# Sixteen digits and a point: with fewer digits, no two decimals read back as one float, so none are equally near to it.
_FEWEST_IN_TIES = 17


class InvalidNumber(ValueError):
    """A text is not a number; `str()` gives the reason in the words of VRL's messages."""


@cache
def _decimal() -> Any:
    # Few floats need it, and the module takes a while to import.
    return import_module("decimal").Decimal


def display_float(number: float) -> str:
    """Write a float with the fewest digits that give it back, without an exponent and without `.0`."""
    text = repr(number)
    if len(text) >= _FEWEST_IN_TIES:
        return _round_tie_up(number, text)
    if text.endswith(".0"):
        return text[:-2]
    if "e" in text:
        return format(_decimal()(text), "f")
    return text


def _round_tie_up(number: float, text: str) -> str:
    """Write a float of many digits: of two shortest forms equally near, the one farther from zero, unlike JSON."""
    if text.endswith("inf"):
        return text
    decimal = _decimal()
    shortest = decimal(text)
    unit = decimal((shortest.is_signed(), (1,), shortest.as_tuple().exponent))
    # Sums of so few digits are exact, as comparisons are; a difference would be rounded to the context's precision.
    if decimal(number) == shortest + unit / 2 and float(shortest + unit) == number:
        shortest += unit
    return format(shortest, "f").removesuffix(".0")


def json_float(number: float) -> str:
    """Write a float as JSON: `.0` for whole numbers, an exponent below 1e-5 and from 1e16; infinity becomes null."""
    text = repr(number)
    if "e" not in text:
        return "null" if text.endswith("inf") else text
    digits, _, exponent = text.partition("e")
    power = int(exponent)
    if power == -5:  # Python changes to an exponent one power of ten earlier
        sign = "-" if digits[0] == "-" else ""
        return f"{sign}0.0000{digits.lstrip('-').replace('.', '')}"
    return f"{digits}e{power:+d}"


def parse_integer(text: str, base: int = 10) -> int:
    """Read a 64-bit integer: an optional sign and digits of the base, nothing else.

    Raises:
        InvalidNumber: It is empty, has another character, or does not fit.
    """
    digits = _INTEGER.match(text)[1] if base == 10 else _leading_digits(text, base)  # type: ignore[index]
    # Leading zeros do not count, and int() would refuse thousands of digits, of which 64 are too many in any base.
    number = int(digits.lstrip("0")[:65] or "0", base)
    if text[:1] == "-":
        number = -number
    # What does not fit is noticed while the digits are read, before a character that is none.
    if number > _I64_MAX:
        raise InvalidNumber("number too large to fit in target type")
    if number < _I64_MIN:
        raise InvalidNumber("number too small to fit in target type")
    if not digits or len(digits) + (text[0] in "+-") < len(text):
        raise InvalidNumber("invalid digit found in string" if text else "cannot parse integer from empty string")
    return number


def _leading_digits(text: str, base: int) -> str:
    """Return the digits of a base that a text has after its sign, up to what is no digit."""
    start = text[:1] in ("+", "-") and bool(text)
    end = int(start)
    while end < len(text) and text[end].isascii() and text[end].isalnum() and int(text[end], 36) < base:
        end += 1
    return text[start:end]


def parse_float(text: str) -> float:
    """Read a float, correctly rounded; `inf`, `infinity` and `nan` count, in any case.

    Raises:
        InvalidNumber: It is empty or not a number's text.
    """
    if not _FLOAT.fullmatch(text):
        raise InvalidNumber("invalid float literal" if text else "cannot parse float from empty string")
    return float(text)


def float_to_integer(number: float) -> int:
    """Cut off a float's fraction; beyond 64 bits the nearest limit is taken, and NaN gives zero."""
    if number != number:
        return 0
    if math.isinf(number) or not -9.3e18 < number < 9.3e18:
        return _I64_MAX if number > 0 else _I64_MIN
    whole = int(number)
    return _I64_MIN if whole < _I64_MIN else _I64_MAX if whole > _I64_MAX else whole
