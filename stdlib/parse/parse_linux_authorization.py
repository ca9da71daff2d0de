"""The `parse_linux_authorization` function."""

from __future__ import annotations

from dtl.functions import Context, FunctionError, function
from dtl.types.annotations import Fallible, String
from dtl.values.text import replaced
from dtl.values.zone import find_zone

from ._syslog import read_syslog
from .parse_syslog import SyslogMessage


@function
def parse_linux_authorization(value: String, *, context: Context) -> Fallible[SyslogMessage]:
    """Read a line of Linux's log of authorizations, `/var/log/auth.log` or `/var/log/secure`.

    Such lines are syslog messages, and are read as `parse_syslog` does.

    Args:
        value: The line.

    Raises:
        `value` is no syslog message.

    Examples:
        A line:
            >>> parse_linux_authorization!("May 8 2021 06:07:08 attic sshd[71]: Accepted publickey for eve")
            {"appname": "sshd", "hostname": "attic", "message": "Accepted publickey for eve", "procid": 71,
            "timestamp": t'2021-05-08T06:07:08Z'}

        Something else:
            >>> parse_linux_authorization!("welcome")
            error: unable to parse input as valid syslog message
    """
    fields = read_syslog(replaced(value), context.now, find_zone(context.timezone))
    if fields is None:
        raise FunctionError("unable to parse input as valid syslog message")
    return fields  # type: ignore[return-value]
