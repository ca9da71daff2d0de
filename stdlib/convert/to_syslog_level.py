"""The `to_syslog_level` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, String

from ._syslog import LEVELS


@function
def to_syslog_level(value: Integer) -> Fallible[String]:
    """Return the keyword of a syslog severity.

    Args:
        value: The severity, from 0 (the worst) to 7.

    Raises:
        `value` is no severity.

    Examples:
        Three:
            >>> to_syslog_level!(3)
            "err"

        No such severity:
            >>> to_syslog_level!(8)
            error: severity level 8 not valid
    """
    if 0 <= value < len(LEVELS):
        return LEVELS[value]
    raise FunctionError(f"severity level {value} not valid")
