"""Rounding to a number of decimal places, and the types that follow from it."""

import math
from collections.abc import Callable

from dtl.functions import Arguments
from dtl.types.type import FLOAT, FLOAT_TYPE, INTEGER, INTEGER_TYPE, Type

NUMBER_TYPE = INTEGER_TYPE | FLOAT_TYPE


def power_of_ten(exponent: int) -> float:
    """Return ten to a power, infinity where a float cannot hold it."""
    try:
        return math.pow(10.0, exponent)
    except OverflowError:
        return math.inf


def to_places(number: float, places: int, step: Callable[[float], float]) -> float:
    """Apply a rounding step at a decimal place; a result that is no number is zero, as in VRL."""
    if places == 0:
        return step(number)
    scale = power_of_ten(places)
    rounded = step(number * scale)
    # A scale of zero or infinity leaves nothing of the number.
    if rounded != rounded or scale == 0.0 or (math.isinf(scale) and math.isinf(rounded)):
        return 0.0
    return rounded / scale


def half_away(number: float) -> float:
    """Round to the nearest whole number, halves away from zero."""
    if number != number or math.isinf(number):
        return number
    whole, rest = math.floor(abs(number)), abs(number) % 1.0
    return math.copysign(whole + (rest >= 0.5), number)


def upward(number: float) -> float:
    """Round to the next whole number above."""
    return number if number != number or math.isinf(number) else math.copysign(math.ceil(number), number)


def downward(number: float) -> float:
    """Round to the next whole number below."""
    return number if number != number or math.isinf(number) else math.copysign(math.floor(number), number)


def number_type(arguments: Arguments) -> Type:
    """Return integer or float where the argument's type is certain, else both."""
    given = arguments.type("value")
    if given.within(FLOAT):
        return FLOAT_TYPE
    return INTEGER_TYPE if given.within(INTEGER) else NUMBER_TYPE
