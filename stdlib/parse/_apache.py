"""The log lines of the Apache web server."""

from __future__ import annotations

from ._log_format import ANY, GAP, log_format, or_dash

TIME_FORMAT = "%d/%b/%Y:%T %z"

_TIME = r"(?:-|\[" + or_dash("timestamp", r"[^\[]*") + r"\])"
_REQUEST = (
    rf'(?:-|"(?:-|\s*(?P<message>(?P<method>\w+){GAP}(?P<path>{ANY}){GAP}(?P<protocol>{ANY})\s*|{ANY})\s*)")'
)
_COMMON = (
    r"^\s*",
    *(or_dash(name, ".*?") + GAP for name in ("host", "identity", "user")),
    _TIME + GAP,
    _REQUEST + GAP,
    or_dash("status", r"\d+") + GAP,
    or_dash("size", r"\d+"),
)


def _quoted(name: str) -> str:
    """Return the pattern of a quoted text, a lone dash, or a dash with an opening quote only."""
    return rf'(?:-|"(?:-|\s*(?P<{name}>{ANY})"))'


read_common = log_format(*_COMMON, r"\s*$")
read_combined = log_format(*_COMMON, GAP, _quoted("referrer"), GAP, _quoted("agent"))
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
