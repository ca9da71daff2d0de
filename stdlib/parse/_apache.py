"""The log lines of the Apache web server."""

from __future__ import annotations

import re

from dtl.values.value import Value

from ._log_format import ANY, GAP, log_format, or_dash, read_time

TIME_FORMAT = "%d/%b/%Y:%T %z"

_TIME = r"(?:-|\[" + or_dash("timestamp", r"[^\[]*") + r"\])"
_REQUEST = rf'(?:-|"(?:-|\s*(?P<message>(?P<method>\w+){GAP}(?P<path>{ANY}){GAP}(?P<protocol>{ANY})\s*|{ANY})\s*)")'
_COMMON = (
    r"^\s*",
    *(or_dash(name, ".*?") + GAP for name in ("host", "identity", "user")),
    _TIME + GAP,
    _REQUEST + GAP,
    or_dash("status", r"\d+") + GAP,
    or_dash("size", r"\d+"),
)


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
    """Read a line in the Common Log Format; see `log_format`."""
    match = _USUAL_COMMON(line)
    return _read_any_common(line, time_format, zone) if match is None else _read_usual(match, time_format, zone)


def read_combined(line: str, time_format: str, zone: str) -> dict[str, Value] | None:
    """Read a line in the Combined Log Format; see `log_format`."""
    match = _USUAL_COMBINED(line)
    if match is None:
        return _read_any_combined(line, time_format, zone)
    fields = _read_usual(match, time_format, zone)
    fields["referrer"], fields["agent"] = match[10], match[11]
    return fields


def _quoted(name: str) -> str:
    """Return the pattern of a quoted text, a lone dash, or a dash with an opening quote only."""
    return rf'(?:-|"(?:-|\s*(?P<{name}>{ANY})"))'


_read_any_common = log_format(*_COMMON, r"\s*$")
_read_any_combined = log_format(*_COMMON, GAP, _quoted("referrer"), GAP, _quoted("agent"))
# The form without threads is the older one, and is tried first.
read_error = log_format(
    r"^\s*",
    _TIME + GAP,
    r"(?:-|\[(?:-|(?P<module>[^:]*):(?P<severity>[^\[]*))\])\s+",
    r"(?:-|\[\s*pid\s*(?:-|(?P<pid>[^:]*)(?::\s*tid\s*(?P<thread>[^\[]*))?)\])\s",
    r"(?:-|\[\s*client\s*(?:-|(?P<client>.*:?):(?P<port>[^\[]*))\])\s",
    or_dash("message", ".*"),
    r"\s*$",
)
read_threaded_error = log_format(
    r"^\s*",
    r"\[(?P<timestamp>[^\]]+)\]\s+",
    r"\[(?:-|(?P<module>[^:]+)):(?P<severity>[^\]]+)\]\s+",
    r"\[pid\s+(?P<pid>\d+)(?::tid\s+(?P<thread>\d+))?\]\s+",
    r"(?P<message1>[^\[]*?:\s+(?:[^\[]*?:\s+)?)?",
    r"(?:\[client\s+(?P<client>.+?):(?P<port>\d+)\]\s+)?",
    r"(?P<message2>.*)(?:, referer .*)?\s*$",
)
