"""The types of nginx's log lines, as the reference declares them."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from dtl.types.annotations import Float, Integer, Null, String, Timestamp, type_of


class CombinedLine(TypedDict):
    """A request in the format that nginx has by default."""

    client: String
    user: String | Null
    timestamp: Timestamp
    request: String
    status: Integer
    size: Integer
    referer: String | Null
    agent: String | Null
    compression: String | Null


class MainLine(TypedDict):
    """A request in the format of nginx's packages."""

    remote_addr: NotRequired[String]
    remote_user: NotRequired[String]
    timestamp: Timestamp
    request: String
    status: Integer
    body_bytes_size: Integer
    http_referer: NotRequired[String]
    http_user_agent: NotRequired[String]
    http_x_forwarded_for: NotRequired[String]


class IngressLine(TypedDict):
    """A request in the format of the ingress controller."""

    remote_addr: NotRequired[String]
    remote_user: NotRequired[String]
    timestamp: Timestamp
    request: String
    status: Integer
    body_bytes_size: Integer
    http_referer: NotRequired[String]
    http_user_agent: NotRequired[String]
    request_length: Integer
    request_time: Float
    proxy_upstream_name: String
    proxy_alternative_upstream_name: NotRequired[String]
    upstream_addr: String
    upstream_response_length: Integer
    upstream_response_time: Float
    upstream_status: Integer
    req_id: String


class ErrorLine(TypedDict):
    """An error."""

    timestamp: Timestamp
    severity: String
    pid: Integer
    tid: Integer
    cid: Integer
    message: String
    excess: Float | Null
    zone: String | Null
    client: String | Null
    server: String | Null
    request: String | Null
    upstream: String | Null
    host: String | Null
    port: String | Null


TYPES = {
    "combined": type_of(CombinedLine),
    "main": type_of(MainLine),
    "ingress_upstreaminfo": type_of(IngressLine),
    "error": type_of(ErrorLine),
}
