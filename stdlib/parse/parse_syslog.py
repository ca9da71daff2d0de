"""The `parse_syslog` function."""

from __future__ import annotations

from typing import TypedDict

from dtl.functions import Context, FunctionError, function
from dtl.types.annotations import Fallible, Integer, Null, String, Timestamp
from dtl.values.text import replaced
from dtl.values.zone import find_zone

from ._syslog import read_syslog


class SyslogMessage(TypedDict):
    """The fields of a message; structured data adds an object for each element."""

    message: String
    hostname: String | Null
    severity: String | Null
    facility: String | Null
    appname: String | Null
    msgid: String | Null
    timestamp: Timestamp | Null
    procid: String | Integer | Null
    version: Integer | Null


@function
def parse_syslog(value: String, *, context: Context) -> Fallible[SyslogMessage]:
    """Read a syslog message of RFC 5424 or, with leniency, of RFC 3164.

    What the message does not have is left out. Each element of its structured data becomes an object by the element's
    id. A date without a year is taken to be of this year, or of the last one if it is in December and now is January;
    a time without an offset is in the host's zone.

    Args:
        value: The message.

    Raises:
        `value` is no syslog message.

    Examples:
        RFC 5424:
            >>> parse_syslog!(s'<30>1 2021-05-08T06:07:08Z attic lampd 71 ON [lamp@1 id="7"] lamp is on')
            {"appname": "lampd", "facility": "daemon", "hostname": "attic", "lamp@1": {"id": "7"},
            "message": "lamp is on", "msgid": "ON", "procid": 71, "severity": "info",
            "timestamp": t'2021-05-08T06:07:08Z', "version": 1}

        RFC 3164:
            >>> parse_syslog!("<30>May 8 2021 06:07:08 attic lampd[71]: lamp is on")
            {"appname": "lampd", "facility": "daemon", "hostname": "attic", "message": "lamp is on", "procid": 71,
            "severity": "info", "timestamp": t'2021-05-08T06:07:08Z'}

        Neither:
            >>> parse_syslog!("lamp is on")
            error: unable to parse input as valid syslog message
    """
    fields = read_syslog(replaced(value), context.now, find_zone(context.timezone))
    if fields is None:
        raise FunctionError("unable to parse input as valid syslog message")
    return fields  # type: ignore[return-value]
