"""Syslog messages of RFC 5424 and RFC 3164, read with much leniency."""

from __future__ import annotations

import re
from collections.abc import Callable

from dtl.pattern import total
from dtl.values.instant import Timestamp
from dtl.values.text import WHITE_SPACE
from dtl.values.value import Value
from dtl.values.zone import Zone

from ._syslog_data import read_optional_data, read_structured_data
from ._syslog_host import WORD, put_host_and_tag, read_process
from ._syslog_time import read_rfc3164, read_rfc3339

FACILITIES = (
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
    "ntp", "audit", "alert", "clockd", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
)  # fmt: skip
SEVERITIES = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")

_PRIORITY = r"(?:<(?P<priority>[0-9]{1,40})>)?"
_RFC5424 = re.compile(
    rf"{_PRIORITY}(?P<version>[0-9]{{1,40}}+)[ \t]++(?P<time>[^ ]++)[ \t]++"
    rf"(?P<host>{WORD})[ \t]++(?P<app>{WORD})[ \t]++(?P<process>{WORD})[ \t]++(?P<id>{WORD})[ \t]*+"
)
_DATE = (
    r"(?P<month>...)[ \t]++(?P<day>[0-9]{1,40}+)[ \t]++(?:(?P<year>[0-9]{1,40}+)[ \t]++)?"
    r"(?P<hour>[0-9]{1,40}+):(?P<minute>[0-9]{1,40}+):(?P<second>[0-9]{1,40}+):?"
)
_RFC3164 = re.compile(rf"{_PRIORITY}[ \t]*+(?:{_DATE}|(?P<time>[^ ]++)(?= ))", re.DOTALL)
# The usual form of a message, with everything in it: nothing of it can be read otherwise.
_USUAL_RFC3164 = re.compile(
    r"(?:<(?P<priority>[0-9]{1,3})>)?(?P<month>[A-Za-z]{3})  ?(?P<day>[0-9]{1,2}) (?P<year>(?!))?"
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}) (?P<host>[A-Za-z0-9][A-Za-z0-9._-]*+) "
    r"(?P<app>[A-Za-z_][A-Za-z0-9._/-]*+)(?:\[(?P<process>[0-9]{1,9})\])?: (?=[A-Za-z0-9(\"'/])"
)
_SEPARATOR = total(r"[ \t]*+:?[ \t]*+")
_BLANKS = total(r"[ \t]*+")


def read_syslog(text: str, now: Callable[[], Timestamp], zone: Zone) -> dict[str, Value] | None:
    """Return the fields of a syslog message, or None if it is none.

    Args:
        text: The message.
        now: The clock: it tells the year of a date without one.
        zone: Where a time without an offset belongs.
    """
    text = text.strip(WHITE_SPACE)
    match = _USUAL_RFC3164.match(text)
    if match is not None:
        return _read_usual(text, match, now, zone)
    match = _RFC5424.match(text)
    if match is not None:
        fields = _read_rfc5424(text, match)
        if fields is not None:
            return fields
    return _read_rfc3164(text, now, zone)


def _read_rfc5424(text: str, match: re.Match[str]) -> dict[str, Value] | None:
    priority, version, time, host, app, process, message_id = match.groups()
    timestamp = read_rfc3339(time)
    data = read_structured_data(text, match.end()) if timestamp is not None else None
    if data is None or host[-1] == ":" or ":" in (app, process, message_id) or int(version) >= 2**32:
        return None
    fields: dict[str, Value] = {"timestamp": timestamp, "version": int(version)}
    if priority is not None and not _put_priority(fields, priority):
        return None
    elements, at = data
    fields["message"] = text[_BLANKS.match(text, at).end() :]
    if host != "-":
        fields["hostname"] = host
    if app != "-":
        fields["appname"] = app
    if process != "-":
        fields["procid"] = read_process(process)
    if message_id != "-":
        fields["msgid"] = message_id
    for name, parameters in elements:
        fields[name] = parameters
    return fields


def _read_usual(text: str, match: re.Match[str], now: Callable[[], Timestamp], zone: Zone) -> dict[str, Value] | None:
    timestamp = read_rfc3164(match, now(), zone)
    if timestamp is None:
        return None
    priority, host, app, process = match.group("priority", "host", "app", "process")
    fields: dict[str, Value] = {
        "timestamp": timestamp, "hostname": host, "appname": app, "message": text[match.end() :]
    }  # fmt: skip
    if process is not None:
        fields["procid"] = int(process)
    return fields if priority is None or _put_priority(fields, priority) else None


def _read_rfc3164(text: str, now: Callable[[], Timestamp], zone: Zone) -> dict[str, Value] | None:
    match = _RFC3164.match(text)
    if match is None:
        return None
    timestamp = read_rfc3164(match, now(), zone) if match["month"] is not None else read_rfc3339(match["time"])
    if timestamp is None:
        return None
    fields: dict[str, Value] = {"timestamp": timestamp}
    priority = match["priority"]
    if priority is not None and not _put_priority(fields, priority):
        return None
    at = put_host_and_tag(fields, text, match.end())
    at = _SEPARATOR.match(text, at).end()
    elements, at = read_optional_data(text, at)
    fields["message"] = text[_BLANKS.match(text, at).end() :]
    for name, parameters in elements:
        fields[name] = parameters
    return fields


def _put_priority(fields: dict[str, Value], priority: str) -> bool:
    """Put the facility and the severity among the fields; tell whether there can be such a priority."""
    number = int(priority)
    if number > 255:
        return False
    fields["severity"] = SEVERITIES[number & 7]
    if number < 192:
        fields["facility"] = FACILITIES[number >> 3]
    return True
