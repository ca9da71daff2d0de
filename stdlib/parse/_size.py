"""Numbers of bytes with a unit, such as `1.5 MiB`."""

from __future__ import annotations

import re
from enum import Enum, auto

_MAX = 2**64 - 1
_UNIT = re.compile(r"(?:([KMGTPEkmgtpe])?([iI])|([KMGTPEkmgtpe]))?[bB]?\Z")
_PREFIXES = "KMGTPE"
_NO_DIGIT = "invalid digit found in string"
_TOO_LARGE = "number too large to fit in target type"


class InvalidSize(ValueError):
    """A text is no number of bytes; `str()` tells why."""


class _State(Enum):
    EMPTY = auto()
    WHOLE = auto()
    WHOLE_FULL = auto()
    PART = auto()
    PART_FULL = auto()
    EXPONENT = auto()
    NEGATIVE_EXPONENT = auto()


def parse_size(text: str, base: int) -> int:
    """Return a number of bytes, rounded; blanks and `_` between its digits mean nothing.

    Args:
        text: The number and its unit.
        base: 1024 or 1000: what a prefix without `i` multiplies by.

    Raises:
        InvalidSize: It is no such number, or does not fit into 64 bits.
    """
    unit = _UNIT.search(text)
    assert unit is not None
    prefix = (unit[1] or unit[3] or "").upper()
    factor = int((1024 if unit[2] else base) ** (_PREFIXES.index(prefix) + 1)) if prefix else 1
    mantissa, exponent = _read_number(text[: unit.start()])
    if exponent > 19:
        raise InvalidSize(_TOO_LARGE)
    if exponent < -38:
        return 0
    if exponent >= 0:
        size = mantissa * factor * 10**exponent
        if size > _MAX or factor * 10**exponent > _MAX:
            raise InvalidSize(_TOO_LARGE)
        return int(size)
    power = 10**-exponent
    size = (mantissa * factor + power // 2) // power
    if size > _MAX:
        raise InvalidSize(_TOO_LARGE)
    return int(size)


def _read_number(text: str) -> tuple[int, int]:
    """Return the 64-bit mantissa and the power of ten of a number."""
    state, mantissa, places, exponent = _State.EMPTY, 0, 0, 0
    for character in text:
        if character in "_ ":
            continue
        digit = "0123456789".find(character)
        if digit >= 0:
            if state in (_State.EMPTY, _State.WHOLE, _State.PART):
                grown = mantissa * 10 + digit
                whole = state is not _State.PART
                if grown <= _MAX:
                    mantissa = grown
                    state = _State.WHOLE if whole else state
                    places -= not whole
                else:
                    # The digit that no longer fits rounds the ones before; the reference lets that run over.
                    mantissa = (mantissa + (digit >= 5)) & _MAX
                    state = _State.WHOLE_FULL if whole else _State.PART_FULL
                    places += whole
            elif state is _State.WHOLE_FULL:
                places += 1
            elif state is not _State.PART_FULL:
                sign = 1 if state is _State.EXPONENT else -1
                exponent = max(min(exponent * 10 + sign * digit, 10**20), -(10**20))
        elif character in "eE" and state in (_State.WHOLE, _State.WHOLE_FULL, _State.PART, _State.PART_FULL):
            state = _State.EXPONENT
        elif character == "." and state in (_State.WHOLE, _State.WHOLE_FULL):
            state = _State.PART if state is _State.WHOLE else _State.PART_FULL
        elif character == "-" and state is _State.EXPONENT:
            state = _State.NEGATIVE_EXPONENT
        elif character != "+" or state is not _State.EXPONENT:
            raise InvalidSize(_NO_DIGIT)
    if state is _State.EMPTY:
        raise InvalidSize("cannot parse integer from empty string")
    return mantissa, places + exponent
