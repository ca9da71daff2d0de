"""Decimal numbers of 96 bits and at most 28 decimal places, in which units are converted.

A number keeps the decimal places it came to be with: 1.50 is not 1.5, and makes another double.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

_MAX_MANTISSA = 2**96 - 1
_MAX_SCALE = 28


def _power(exponent: int) -> float:
    """Return a power of ten by repeated squaring of doubles; the larger ones are not the nearest doubles."""
    result, base = 1.0, 10.0
    while exponent:
        if exponent & 1:
            result *= base
        exponent >>= 1
        base *= base
    return result


_POWERS = [_power(scale) for scale in range(_MAX_SCALE + 1)]


class Decimal(NamedTuple):
    """`mantissa / 10**scale`, not negative."""

    mantissa: int
    scale: int = 0

    def times(self, other: Decimal) -> Decimal | None:
        """Return the product, or None if it is too large."""
        return _limited(self.mantissa * other.mantissa, self.scale + other.scale)

    def divided_by(self, other: Decimal) -> Decimal | None:
        """Return the quotient, or None if it is too large."""
        quotient, rest = divmod(self.mantissa, other.mantissa)
        scale = self.scale - other.scale
        if rest == 0 and quotient <= _MAX_MANTISSA and scale >= 0:
            return Decimal(quotient, scale)
        exact = Fraction(self.mantissa, other.mantissa) * Fraction(10) ** -scale
        for places in range(_MAX_SCALE, -1, -1):
            mantissa = round(exact * 10**places)
            if mantissa <= _MAX_MANTISSA:
                while places and mantissa % 10 == 0:
                    mantissa, places = mantissa // 10, places - 1
                return Decimal(mantissa, places)
        return None

    def to_float(self) -> float:
        """Return the double that the reference makes of a decimal, which is not always the nearest."""
        if self.scale == 0:
            return float(self.mantissa)
        power = 10**self.scale
        whole, part = divmod(self.mantissa, power)
        fraction = float(part) / float(power)
        if fraction == 0.0:
            return float(whole)
        raised = (float(whole) + fraction) * _POWERS[self.scale]
        # Halves go away from zero; a double of 2**52 or more has none.
        return (math.floor(raised + 0.5) if raised < 2**52 else raised) / _POWERS[self.scale]


def read_decimal(text: str) -> Decimal | None:
    """Return the decimal that digits with at most one point stand for, or None if it is too large."""
    whole, _, places = text.partition(".")
    digits = (whole + places[: _MAX_SCALE + 1]).lstrip("0")[: 2 * _MAX_SCALE + 2]
    if len(whole.lstrip("0")) > _MAX_SCALE + 1:
        return None
    return _limited(int(digits or "0"), min(len(places), _MAX_SCALE + 1))


def _limited(mantissa: int, scale: int) -> Decimal | None:
    """Return the nearest decimal that fits."""
    while scale > _MAX_SCALE or mantissa > _MAX_MANTISSA:
        excess = max(scale - _MAX_SCALE, len(str(mantissa)) - _MAX_SCALE - 1, 1)
        excess = min(excess, scale)
        if excess == 0:
            return None
        mantissa, scale = round(Fraction(mantissa, 10**excess)), scale - excess
    return Decimal(mantissa, scale)
