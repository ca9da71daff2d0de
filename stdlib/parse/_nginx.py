"""The log lines of the nginx web server."""

from __future__ import annotations

from ._log_format import GAP, log_format, or_dash

TIME_FORMATS = {
    "combined": "%d/%b/%Y:%T %z",
    "error": "%Y/%m/%d %H:%M:%S",
    "ingress_upstreaminfo": "%d/%b/%Y:%T %z",
    "main": "%d/%b/%Y:%T %z",
}


def _number(name: str) -> str:
    return rf"(?P<{name}>\d+)"


def _quoted(name: str) -> str:
    return f'"(?P<{name}>[^"]*)"'


def _quoted_or_dash(name: str, times: str) -> str:
    text = or_dash(name, f'[^"]{times}')
    return f'"{text}"'


def _labeled(label: str, pattern: str) -> str:
    """Return the pattern of a field that may follow the message of an error."""
    return rf"(?:,\s+{label}:\s+{pattern})?"


_START = r"^\s*"
_END = r"\s*$"
_REQUEST = GAP.join(
    (
        or_dash("remote_addr", r"\S+"),
        "-",
        or_dash("remote_user", r"\S+"),
        r"\[(?P<timestamp>[^\]]+)\]",
        _quoted("request"),
        _number("status"),
        _number("body_bytes_size"),
        _quoted_or_dash("http_referer", "*"),
        _quoted_or_dash("http_user_agent", "+"),
    )
)

READERS = {
    "combined": log_format(
        _START,
        GAP.join(
            (
                or_dash("client", r"\S+"),
                "-",
                or_dash("user", r"\S+"),
                r"\[(?P<timestamp>.+)\]",
                _quoted("request"),
                _number("status"),
                _number("size"),
                _quoted("referer"),
                _quoted("agent"),
            )
        ),
        f"(?:{GAP}{_quoted_or_dash('compression', '+')})?",
        _END,
    ),
    "main": log_format(_START, _REQUEST, GAP, _quoted_or_dash("http_x_forwarded_for", "+"), _END),
    "ingress_upstreaminfo": log_format(
        _START,
        GAP.join(
            (
                _REQUEST,
                _number("request_length"),
                r"(?P<request_time>\d+\.\d+)",
                r"\[(?P<proxy_upstream_name>[^\]]+)\]",
                r"\[(?P<proxy_alternative_upstream_name>[^\]]+)?\]",
                r"(?P<upstream_addr>\S+)",
                or_dash("upstream_response_length", r"\d+"),
                or_dash("upstream_response_time", r"\d+\.\d+"),
                or_dash("upstream_status", r"\d+"),
                r"(?P<req_id>\S+)",
            )
        ),
        _END,
    ),
    "error": log_format(
        _START,
        GAP.join((r"(?P<timestamp>.+)", r"\[(?P<severity>\w+)\]", rf"{_number('pid')}#{_number('tid')}:")),
        rf"(?:{GAP}\*{_number('cid')})?",
        GAP,
        "(?P<message>.+?)",
        r'(?:,\s+excess:\s+(?P<excess>[^\s,]+),?\sby\szone\s"(?P<zone>[^,]+)")?',
        _labeled("client", "(?P<client>[^,]+)"),
        _labeled("server", "(?P<server>[^,]*)"),
        _labeled("request", _quoted("request")),
        _labeled("upstream", _quoted("upstream")),
        _labeled("host", _quoted("host")),
        _labeled("refer?rer", _quoted("referer")),
        _END,
    ),
}
