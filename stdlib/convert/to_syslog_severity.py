"""The `to_syslog_severity` function."""

from dtl.functions import FunctionError, function
from dtl.types.annotations import Fallible, Integer, String
from dtl.values.text import replaced

from ._syslog import SEVERITIES


@function
def to_syslog_severity(value: String) -> Fallible[Integer]:
    """Return the syslog severity of a level's keyword, from 0 (the worst) to 7.

    The old keywords `panic`, `error` and `warn` are taken too.

    Args:
        value: The keyword, in small letters.

    Raises:
        `value` is no level's keyword.

    Examples:
        A warning:
            >>> to_syslog_severity!("warning")
            4

        No such keyword:
            >>> to_syslog_severity!("fatal")
            error: syslog level fatal not valid
    """
    severity = SEVERITIES.get(value)
    if severity is None:
        raise FunctionError(f"syslog level {replaced(value)} not valid")
    return severity
