"""Floats as decimal numbers of 96 bits, by the steps of the decimal library that VRL uses."""

import math

from dtl.functions import FunctionError

_LIMIT = 1 << 96
_LARGEST_SCALE = 28
# More bits than this are beyond what a float can tell.
_CERTAIN = 1 << 52


def decimal_text(number: float) -> str:
    """Write a float without an exponent, with the decimal places that its bits give for certain.

    Raises:
        FunctionError: The number is infinite.
    """
    if math.isinf(number):
        raise FunctionError("can't format an infinite number")
    sign = "-" if math.copysign(1.0, number) < 0 else ""
    if abs(number) >= _LIMIT:
        return str(int(number))
    digits, scale = _digits_and_scale(abs(number))
    text = str(digits).rjust(scale + 1, "0")
    return sign + (f"{text[:-scale]}.{text[-scale:]}" if scale else text)


def _digits_and_scale(number: float) -> tuple[int, int]:
    """Return the digits of a number and how many of them are decimal places."""
    if number == 0.0:
        return 0, 0
    fraction, exponent = math.frexp(number)
    bits, exponent = int(fraction * (1 << 53)), exponent - 53
    # bits * 2^e is bits * 5^-e * 10^e: the powers of five go into the bits as far as 96 of them hold.
    fives, tens = -exponent, exponent
    while fives > 0:
        fives -= 1
        if bits % 2 == 0:
            bits, tens = bits // 2, tens + 1
        elif bits * 5 < _LIMIT:
            bits *= 5
        else:
            bits, tens = bits // 2, tens + 1
    while fives < 0:
        fives += 1
        if bits < _LIMIT // 2:
            bits, tens = bits * 2, tens - 1
        else:
            bits //= 5
    bits, tens = bits * 10 ** max(tens, 0), min(tens, 0)
    while tens < -_LARGEST_SCALE:
        bits, rest = divmod(bits, 10)
        tens += 1
        if not bits:
            tens = 0
        elif rest >= 5:
            bits += 1
    while tens < 0 and bits >= _CERTAIN:
        bits, rest = divmod(bits, 10)
        bits, tens = bits + (rest >= 5), tens + 1
    while tens < 0 and bits % 10 == 0:
        bits, tens = bits // 10, tens + 1
    return bits, -tens
