"""The `parse_bytes` function."""

from __future__ import annotations

from typing import Annotated, Literal

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Float, Offered, String
from dtl.values.text import replaced

from ._decimal import Decimal
from ._size import InvalidSize, parse_size

_BINARY = {"B": 0, "KiB": 1, "KB": 1, "MiB": 2, "MB": 2, "GiB": 3, "GB": 3, "TiB": 4, "TB": 4}
_BINARY |= {"PiB": 5, "PB": 5, "EiB": 6, "EB": 6}
_UNITS = {
    "2": {unit: Decimal(1024**power) for unit, power in _BINARY.items()},
    "10": {unit: Decimal(1000**power) for power, unit in enumerate(("B", "kB", "MB", "GB", "TB", "PB", "EB"))},
}


@function
def parse_bytes(
    value: String,
    unit: Annotated[String, Offered(tuple({**_UNITS["2"], **_UNITS["10"]}))],
    base: Literal["2", "10"] = "2",
) -> Fallible[Float]:
    """Read a number of bytes and return it in a unit.

    In the text, a prefix with `i` (`KiB`) counts in 1024s; without it (`KB`, `k`) it counts as `base` says. The number
    is rounded to whole bytes.

    Args:
        value: A number and a unit; without a unit it counts bytes.
        unit: For base 2 `B`, `KiB` or `KB`, and so on up to `EiB` or `EB`; for base 10 `B`, `kB`, `MB` up to `EB`.
        base: Whether prefixes count in 1024s or in 1000s.

    Raises:
        `value` is no number of bytes, or too large.
        `unit` is not known.

    Examples:
        Mebibytes as kibibytes:
            >>> parse_bytes!("1.5MiB", unit: "KiB")
            1536.0

        Powers of 1000:
            >>> parse_bytes!("250 MB", unit: "GB", base: "10")
            0.25

        No number:
            >>> parse_bytes!("plenty", unit: "B")
            error: unable to parse bytes: 'invalid digit found in string'

        An unknown unit:
            >>> parse_bytes!("1KiB", unit: "blocks")
            error: unknown unit format: 'blocks'
    """
    divisor = _UNITS[base].get(unit)
    if divisor is None:
        raise FunctionError(f"unknown unit format: '{replaced(unit)}'")
    try:
        size = parse_size(replaced(value), 1024 if base == "2" else 1000)
    except InvalidSize as reason:
        raise FunctionError(f"unable to parse bytes: '{reason}'") from None
    result = Decimal(size).divided_by(divisor)
    assert result is not None  # a quotient of a 64-bit number fits
    return result.to_float()
