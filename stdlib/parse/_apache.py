"""The log lines of the Apache web server, after the `LogFormat` and `ErrorLogFormat` of its documentation."""

from __future__ import annotations

import re

from dtl.values.value import Value

from ._line_format import ANY, expression, integer, line_format, read_time, text, time

TIME_FORMAT = "%d/%b/%Y:%T %z"

# `%h %l %u %t "%r" %>s %b`
_COMMON = '<{host}> <{identity}> <{user}> <[<{timestamp}>]> <"<_{message}_>"> <{status}> <{size}>'
# The same and `"%{Referer}i" "%{User-agent}i"`. A lone dash ends such a text, and its quote is not looked for.
_COMBINED = _COMMON + ' <"<_{referrer}">> <"<_{agent}">>'

_PARTS_OF_REQUEST = {"method": text(r"\w+"), "path": text(ANY), "protocol": text(ANY)}
_ACCESS_FIELDS = {
    "host": text(".*?"),
    "identity": text(".*?"),
    "user": text(".*?"),
    "timestamp": time(r"[^\[]*"),
    "message": text(expression("{method} {path} {protocol}_", _PARTS_OF_REQUEST) + "|" + ANY),
    **_PARTS_OF_REQUEST,
    "status": integer(),
    "size": integer(),
    "referrer": text(ANY),
    "agent": text(ANY),
}

# The form without threads is the older one, and is tried first: its client must be there.
_ERROR = (
    "<[<{timestamp}>]> <[<{module}:{severity}>]> "
    "<[_pid_<{pid}(:_tid_{thread})>]>·<[_client_<{client}:{port}>]>·<{message}>"
)
_ERROR_FIELDS = {
    "timestamp": time(r"[^\[]*"),
    "module": text("[^:]*"),
    "severity": text(r"[^\[]*"),
    "pid": integer("[^:]*"),
    "thread": text(r"[^\[]*"),
    "client": text(".*"),
    "port": integer(r"[^\[]*"),
    "message": text(".*"),
}
_THREADED_ERROR = (
    "[{timestamp}] [<{module}>:{severity}] [pid {pid}(:tid {thread})] ({message1})([client {client}:{port}] ){message2}"
)
_THREADED_ERROR_FIELDS = {
    "timestamp": time(r"[^\]]+"),
    "module": text("[^:]+"),
    "severity": text(r"[^\]]+"),
    "pid": integer(),
    "thread": text(r"\d+"),
    # Up to two texts that end with a colon: a code and what the system says.
    "message1": text(r"[^\[]*?:\s+(?:[^\[]*?:\s+)?"),
    "client": text(".+?"),
    "port": integer(),
    "message2": text(".*"),
}

# The usual request, of which nothing can be read otherwise: a field is `-` or has letters that stand for themselves.
_USUAL = (
    r'([^\s"\[\]]++) ([^\s"\[\]]++) ([^\s"\[\]]++) \[([0-9A-Za-z][0-9A-Za-z/:+ .-]*+)\] '
    r'"([A-Za-z]++) ([^\s"]++) ([^\s"]++)" ([0-9]{1,9}) ([0-9]{1,18}|-)'
)
_USUAL_COMMON = re.compile(_USUAL).fullmatch
_USUAL_COMBINED = re.compile(_USUAL + r' "([^\s"-][^"]*+|-|)" "([^\s"-][^"]*+|)"').match


def _read_usual(match: re.Match[str], time_format: str, zone: str) -> dict[str, Value]:
    host, identity, user, time, method, path, protocol, status, size = match.groups()[:9]
    fields: dict[str, Value] = {
        "timestamp": read_time(time, time_format, zone),
        "message": f"{method} {path} {protocol}",
        "method": method,
        "path": path,
        "protocol": protocol,
        "status": int(status),
    }
    if host != "-":
        fields["host"] = host
    if identity != "-":
        fields["identity"] = identity
    if user != "-":
        fields["user"] = user
    if size != "-":
        fields["size"] = int(size)
    return fields


def read_common(line: str, time_format: str, zone: str) -> dict[str, Value] | None:
    """Read a line in the Common Log Format; see `line_format`."""
    match = _USUAL_COMMON(line)
    return _read_any_common(line, time_format, zone) if match is None else _read_usual(match, time_format, zone)


def read_combined(line: str, time_format: str, zone: str) -> dict[str, Value] | None:
    """Read a line in the Combined Log Format; see `line_format`."""
    match = _USUAL_COMBINED(line)
    if match is None:
        return _read_any_combined(line, time_format, zone)
    fields = _read_usual(match, time_format, zone)
    fields["referrer"], fields["agent"] = match[10], match[11]
    return fields


_read_any_common = line_format(_COMMON, _ACCESS_FIELDS)
_read_any_combined = line_format(_COMBINED, _ACCESS_FIELDS, more=True)
read_error = line_format(_ERROR, _ERROR_FIELDS)
read_threaded_error = line_format(_THREADED_ERROR, _THREADED_ERROR_FIELDS)
