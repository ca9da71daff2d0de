"""The `parse_duration` function."""

from __future__ import annotations

import re
from typing import Annotated

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Float, Offered, String
from dtl.values.text import replaced

from ._decimal import Decimal, read_decimal

# The number of seconds in each unit.
_UNITS = {
    "ns": Decimal(1, 9),
    "us": Decimal(1, 6),
    "µs": Decimal(1, 6),
    "ms": Decimal(1, 3),
    "cs": Decimal(1, 2),
    "ds": Decimal(1, 1),
    "s": Decimal(1),
    "m": Decimal(60),
    "h": Decimal(3_600),
    "d": Decimal(86_400),
    "w": Decimal(604_800),
}
# A number that begins within another would only be looked at twice.
_PART = re.compile(r"(?<![0-9])([0-9]++(?:\.[0-9]++)?|\.[0-9]++)\s?([µa-zA-Z]{1,2})")


@function
def parse_duration(value: String, unit: Annotated[String, Offered(tuple(_UNITS))]) -> Fallible[Float]:
    """Read a duration and return it in a unit.

    The parts of a duration are added up.

    Args:
        value: Numbers, each with a unit behind it.
        unit: `ns`, `us` or `µs`, `ms`, `cs`, `ds`, `s`, `m`, `h`, `d` or `w`.

    Raises:
        `value` has no number with a unit, or text behind the last one.
        `value` has a unit that is not known.
        `unit` is not known.

    Examples:
        Minutes as seconds:
            >>> parse_duration!("2m 5s", unit: "s")
            125.0

        No duration:
            >>> parse_duration!("soon", unit: "s")
            error: unable to parse duration: 'soon'

        An unknown unit in the text:
            >>> parse_duration!("3y", unit: "d")
            error: unknown duration unit: 'y'

        An unknown unit to convert to:
            >>> parse_duration!("3d", unit: "years")
            error: unknown unit format: 'years'
    """
    text, wanted = replaced(value), replaced(unit)
    divisor = _UNITS.get(wanted)
    if divisor is None:
        raise FunctionError(f"unknown unit format: '{wanted}'")
    total, at = 0.0, 0
    while at < len(text):
        part = _PART.search(text, at)
        if part is None:
            raise FunctionError(f"unable to parse duration: '{text[at:]}'")
        amount = read_decimal(part[1])
        if amount is None:
            raise FunctionError("unable to parse number: Invalid decimal: overflow from too many digits")
        factor = _UNITS.get(part[2])
        if factor is None:
            raise FunctionError(f"unknown duration unit: '{part[2]}'")
        product = amount.times(factor)
        result = product and product.divided_by(divisor)
        if result is None:
            raise FunctionError(f"unable to convert duration: '{text[at:]}'")
        total += result.to_float()
        at = part.end()
    return total
