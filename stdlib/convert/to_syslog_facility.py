"""The `to_syslog_facility` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, String

from ._syslog import FACILITIES


@function
def to_syslog_facility(value: Integer) -> Fallible[String]:
    """Return the keyword of a syslog facility code.

    Args:
        value: The code, from 0 to 23.

    Raises:
        `value` is no facility code.

    Examples:
        Mail:
            >>> to_syslog_facility!(2)
            "mail"

        No such code:
            >>> to_syslog_facility!(24)
            error: facility code 24 not valid
    """
    if 0 <= value < len(FACILITIES):
        return FACILITIES[value]
    raise FunctionError(f"facility code {value} not valid")
