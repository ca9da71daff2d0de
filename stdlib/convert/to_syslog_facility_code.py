"""The `to_syslog_facility_code` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, String
from dtl.values.text import replaced

from ._syslog import FACILITY_CODES


@function
def to_syslog_facility_code(value: String) -> Fallible[Integer]:
    """Return the code of a syslog facility keyword.

    Args:
        value: The keyword, in small letters.

    Raises:
        `value` is no facility keyword.

    Examples:
        Mail:
            >>> to_syslog_facility_code!("mail")
            2

        No such keyword:
            >>> to_syslog_facility_code!("post")
            error: syslog facility 'post' not valid
    """
    code = FACILITY_CODES.get(value)
    if code is None:
        raise FunctionError(f"syslog facility '{replaced(value)}' not valid")
    return code
