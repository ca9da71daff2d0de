"""The log lines of the nginx web server, after the `log_format` of its documentation and of its ingress controller."""

from __future__ import annotations

from ._line_format import integer, line_format, number, text, time

_ACCESS_TIME = "%d/%b/%Y:%T %z"
TIME_FORMATS = {
    "combined": _ACCESS_TIME,
    "error": "%Y/%m/%d %H:%M:%S",
    "ingress_upstreaminfo": _ACCESS_TIME,
    "main": _ACCESS_TIME,
}

_WORD = text(r"\S+")
_QUOTED = text(r'[^"]*')
_QUOTED_SOME = text(r'[^"]+')

_COMBINED = '<{client}> - <{user}> [{timestamp}] "{request}" {status} {size} "{referer}" "{agent}"( "<{compression}>")'
_COMBINED_FIELDS = {
    "client": _WORD,
    "user": _WORD,
    "timestamp": time(".+"),
    "request": _QUOTED,
    "status": integer(),
    "size": integer(),
    "referer": _QUOTED,
    "agent": _QUOTED,
    "compression": _QUOTED_SOME,
}

_REQUEST = (
    '<{remote_addr}> - <{remote_user}> [{timestamp}] "{request}" {status} {body_bytes_size} '
    '"<{http_referer}>" "<{http_user_agent}>"'
)
_MAIN = _REQUEST + ' "<{http_x_forwarded_for}>"'
_INGRESS = (
    _REQUEST + " {request_length} {request_time} [{proxy_upstream_name}] [({proxy_alternative_upstream_name})]"
    " {upstream_addr} <{upstream_response_length}> <{upstream_response_time}> <{upstream_status}> {req_id}"
)
_REQUEST_FIELDS = {
    "remote_addr": _WORD,
    "remote_user": _WORD,
    "timestamp": time(r"[^\]]+"),
    "request": _QUOTED,
    "status": integer(),
    "body_bytes_size": integer(),
    "http_referer": _QUOTED,
    "http_user_agent": _QUOTED_SOME,
    "http_x_forwarded_for": _QUOTED_SOME,
    "request_length": integer(),
    "request_time": number(r"\d+\.\d+"),
    "proxy_upstream_name": text(r"[^\]]+"),
    "proxy_alternative_upstream_name": text(r"[^\]]+"),
    "upstream_addr": _WORD,
    "upstream_response_length": integer(),
    "upstream_response_time": number(r"\d+\.\d+"),
    "upstream_status": integer(),
    "req_id": _WORD,
}

_ERROR = (
    "{timestamp} [{severity}] {pid}#{tid}:( *{cid}) {message}"
    '(, excess: {excess}(,)·by·zone·"{zone}")'
    '(, client: {client})(, server: {server})(, request: "{request}")(, upstream: "{upstream}")(, host: "{host}")'
    '(, refer(r)er: "{referer}")'
)
_ERROR_FIELDS = {
    "timestamp": time(".+"),
    "severity": text(r"\w+"),
    "pid": integer(),
    "tid": integer(),
    "cid": integer(),
    "message": text(".+?"),
    "excess": number(r"[^\s,]+"),
    "zone": text("[^,]+"),
    "client": text("[^,]+"),
    "server": text("[^,]*"),
    "request": _QUOTED,
    "upstream": _QUOTED,
    "host": _QUOTED,
    "referer": _QUOTED,
}

READERS = {
    "combined": line_format(_COMBINED, _COMBINED_FIELDS),
    "error": line_format(_ERROR, _ERROR_FIELDS),
    "ingress_upstreaminfo": line_format(_INGRESS, _REQUEST_FIELDS),
    "main": line_format(_MAIN, _REQUEST_FIELDS),
}
