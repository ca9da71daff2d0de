"""The ranges that random numbers are taken from."""

from typing import Any

from dtl.functions import ABSENT, Arguments, FunctionError, InvalidArgument

EMPTY = "max must be greater than min"


def check_range(low: Any, high: Any) -> None:
    """Refuse a range with nothing in it, when the program runs.

    Raises:
        FunctionError: The upper limit is not above the lower.
    """
    if high <= low:
        raise FunctionError(EMPTY)


def check_constant_range(arguments: Arguments) -> None:
    """Refuse a constant range with nothing in it, at compile time.

    Raises:
        InvalidArgument: The upper limit is not above the lower; it is reported on `max`.
    """
    low, high = arguments.constant("min"), arguments.constant("max")
    if low is not ABSENT and high is not ABSENT and high <= low:
        raise InvalidArgument(EMPTY, parameter="max")


def may_be_empty(arguments: Arguments) -> bool:
    """Tell whether a limit is not known before the program runs."""
    return "min" not in arguments.constants or "max" not in arguments.constants
